package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterOverview;
import io.github.rocketmigrate.cluster.ClusterOverview.Broker;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.wire.AdminConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;

/** Reads a cluster over RocketMQ's admin protocol, broker by broker. */
public final class RemotingClusterReader implements ClusterReader {
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final String VERSION = "brokerVersionDesc";

    private final String cluster;
    private final AdminConnection connection;

    public RemotingClusterReader(String cluster, AdminConnection connection) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    @Override
    public ClusterOverview overview() throws InterruptedException {
        try {
            ClusterInfo info = connection.admin().examineBrokerClusterInfo();
            Set<String> names = new TreeSet<>(info.getClusterAddrTable().getOrDefault(cluster, Set.of()));
            if (names.isEmpty()) {
                throw new Fault(
                        "The name server lists no broker of cluster " + cluster + ".",
                        "Check the cluster's name; a broker registers within 30 s after its name server's start.");
            }
            List<Broker> masters = new ArrayList<>();
            Set<String> topics = new HashSet<>();
            Set<String> groups = new HashSet<>();
            for (String name : names) {
                String address = master(info, name);
                masters.add(new Broker(name, address, version(address)));
                topics.addAll(connection
                        .admin()
                        .getAllTopicConfig(address, TIMEOUT_MILLIS)
                        .getTopicConfigTable()
                        .keySet());
                groups.addAll(connection
                        .admin()
                        .getAllSubscriptionGroup(address, TIMEOUT_MILLIS)
                        .getSubscriptionGroupTable()
                        .keySet());
            }
            topics.removeIf(topic -> isSystemTopic(topic, names));
            groups.removeIf(group -> MixAll.isPredefinedGroup(group) || MixAll.isSysConsumerGroup(group));
            return new ClusterOverview(cluster, masters, topics.size(), groups.size());
        } catch (RemotingException | MQBrokerException e) {
            throw new Fault(
                    "Cluster " + cluster + " cannot be read: " + e.getMessage(),
                    "Check that its brokers are alive.",
                    e);
        }
    }

    private static String master(ClusterInfo info, String name) {
        BrokerData broker = info.getBrokerAddrTable().get(name);
        String address = broker == null ? null : broker.getBrokerAddrs().get(MixAll.MASTER_ID);
        if (address == null) {
            throw new Fault(
                    "Broker " + name + " has no master at its name server.", "Start the master, then run again.");
        }
        return address;
    }

    private String version(String address) throws RemotingException, MQBrokerException, InterruptedException {
        Map<String, String> runtime =
                connection.admin().fetchBrokerRuntimeStats(address).getTable();
        String version = runtime.getOrDefault(VERSION, "unknown");
        return version.startsWith("V") ? version.substring(1).replace('_', '.') : version;
    }

    private boolean isSystemTopic(String topic, Set<String> brokers) {
        return TopicValidator.isSystemTopic(topic)
                || topic.startsWith(TopicValidator.SYSTEM_TOPIC_PREFIX)
                || topic.startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX)
                || topic.startsWith(MixAll.DLQ_GROUP_TOPIC_PREFIX)
                || topic.startsWith(cluster)
                || brokers.contains(topic);
    }

    @Override
    public void close() {
        connection.close();
    }
}
