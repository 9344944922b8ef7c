package io.github.rocketmigrate.cluster.remoting;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.model.Access;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.body.KVTable;
import org.apache.rocketmq.remoting.protocol.body.TopicList;

/** Decodes the answers of name servers of all versions. */
final class NameServerDecoder {
    private NameServerDecoder() {}

    static NameServer nameServer(String address, byte[] brokers, byte[] topics) {
        ClusterInfo info = RemotingSerializable.decode(brokers, ClusterInfo.class);
        SortedMap<String, Set<String>> clusters = new TreeMap<>();
        SortedMap<String, Map<Long, String>> addresses = new TreeMap<>();
        Map<String, String> zones = new HashMap<>();
        if (info.getClusterAddrTable() != null) {
            clusters.putAll(info.getClusterAddrTable());
        }
        if (info.getBrokerAddrTable() != null) {
            info.getBrokerAddrTable().forEach((name, broker) -> {
                addresses.put(name, broker.getBrokerAddrs());
                if (broker.getZoneName() != null && !broker.getZoneName().isBlank()) {
                    zones.put(name, broker.getZoneName());
                }
            });
        }
        Set<String> names = RemotingSerializable.decode(topics, TopicList.class).getTopicList();
        return new NameServer(address, clusters, addresses, names == null ? Set.of() : names, zones);
    }

    /** The route of a topic, by broker. */
    static Map<String, RouteEntry> route(byte[] body) {
        Map<String, RouteEntry> route = new HashMap<>();
        JSONArray queues = JSON.parseObject(body).getJSONArray("queueDatas");
        for (int i = 0; i < queues.size(); i++) {
            JSONObject queue = queues.getJSONObject(i);
            route.put(
                    queue.getString("brokerName"),
                    new RouteEntry(
                            queue.getIntValue("readQueueNums"),
                            queue.getIntValue("writeQueueNums"),
                            Access.ofPermission(queue.getIntValue("perm"))));
        }
        return route;
    }

    /** The notes of a namespace, by key. */
    static Map<String, String> notes(byte[] body) {
        return RemotingSerializable.decode(body, KVTable.class).getTable();
    }
}
