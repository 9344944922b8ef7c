package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Broker.Replica;
import io.github.rocketmigrate.cluster.ClusterMembers;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterReader.Target;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Answer;
import io.github.rocketmigrate.wire.ReadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads settings, topics and groups from every master of a cluster, and settings and topics from every slave. */
final class MetadataReading {
    private static final String VERSION = "brokerVersionDesc";

    private final Target target;
    private final Supplier<RequestGroup> requests;

    MetadataReading(Target target, Supplier<RequestGroup> requests) {
        this.target = requireNonNull(target, "target is null");
        this.requests = requireNonNull(requests, "requests is null");
    }

    Metadata read(List<NameServer> nameServers, Set<String> foreign) throws InterruptedException {
        ClusterMembers members =
                ClusterMembers.of(target.side(), target.cluster(), nameServers, foreign, target.positions());
        RequestGroup group = requests.get();
        List<MasterReading> masters = members.brokers().entrySet().stream()
                .map(broker -> new MasterReading(group, broker.getKey(), broker.getValue()))
                .toList();
        group.await();
        SortedMap<String, Broker> brokers = new TreeMap<>();
        for (MasterReading master : masters) {
            brokers.put(master.name, master.broker());
        }
        return new Metadata(members.cluster(), nameServers, brokers);
    }

    private record TopicsOfServer(Map<String, TopicSettings> all, Set<String> isStatic) {
        static TopicsOfServer of(Answer answer) {
            return new TopicsOfServer(BrokerDecoder.topics(answer.body()), BrokerDecoder.staticTopics(answer.body()));
        }
    }

    /** The requests that a master and a slave answer alike. */
    private final class ServerReading {
        private final Asked<Map<String, String>> runtime;
        private final Asked<Map<String, String>> settings;
        private final Asked<TopicsOfServer> topics;

        ServerReading(RequestGroup group, String address) {
            runtime = group.ask(address, ReadRequest.RUNTIME, answer -> BrokerDecoder.runtime(answer.body()));
            settings =
                    group.ask(address, ReadRequest.SETTINGS, answer -> BrokerSettingsDecoder.settings(answer.body()));
            topics = group.ask(address, ReadRequest.TOPICS, TopicsOfServer::of);
        }

        Replica replica(long id) {
            return new Replica(
                    id,
                    runtime.address(),
                    version(),
                    settings.value(),
                    topics.value().all());
        }

        ServerVersion version() {
            String described = runtime.value().getOrDefault(VERSION, "nothing");
            return ServerVersion.described(described)
                    .orElseThrow(() -> new Fault(
                            "The " + target.side() + "'s broker " + runtime.address() + " reports the version "
                                    + described + ", which is unknown.",
                            "Check that it is a RocketMQ broker: brokers report a version such as V4_9_7 or V5_5_0."));
        }
    }

    /** The requests to one master and to its slaves. */
    private final class MasterReading {
        private final String name;
        private final ServerReading master;
        private final Asked<Map<String, GroupSettings>> groups;
        private final SortedMap<Long, ServerReading> slaves = new TreeMap<>();

        MasterReading(RequestGroup group, String name, Map<Long, String> addresses) {
            this.name = name;
            String address = addresses.get(ClusterMembers.MASTER);
            master = new ServerReading(group, address);
            groups = group.ask(address, ReadRequest.GROUPS, answer -> BrokerDecoder.groups(answer.body()));
            addresses.forEach((id, slave) -> {
                if (id != ClusterMembers.MASTER) {
                    slaves.put(id, new ServerReading(group, slave));
                }
            });
        }

        Broker broker() {
            List<Replica> replicas = new ArrayList<>();
            slaves.forEach((id, slave) -> replicas.add(slave.replica(id)));
            return new Broker(
                    name,
                    master.runtime.address(),
                    master.version(),
                    master.settings.value(),
                    master.topics.value().all(),
                    groups.value(),
                    replicas,
                    master.topics.value().isStatic());
        }
    }
}
