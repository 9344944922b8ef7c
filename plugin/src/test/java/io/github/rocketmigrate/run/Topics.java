package io.github.rocketmigrate.run;

import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.wire.AdminConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;

/** Topics that tests make in a sandbox without accounts. */
final class Topics {
    private static final int LIST = 500;

    private Topics() {}

    static void create(Endpoints.SandboxCluster cluster, TopicConfig topic) throws Exception {
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            for (String broker : cluster.brokers().values()) {
                connection.admin().createAndUpdateTopicConfig(broker, topic);
            }
        }
    }

    /** Makes many at once, which brokers from 5.3.0 on can. */
    static void create(Endpoints.SandboxCluster cluster, List<TopicConfig> topics) throws Exception {
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            for (String broker : cluster.brokers().values()) {
                for (int i = 0; i < topics.size(); i += LIST) {
                    connection
                            .admin()
                            .createAndUpdateTopicConfigList(
                                    broker, topics.subList(i, Math.min(topics.size(), i + LIST)));
                }
            }
        }
    }

    /** Makes topics and groups with settings that nobody has by default. */
    static void createBoth(Endpoints.SandboxCluster cluster, List<String> topics, List<String> groups)
            throws Exception {
        create(
                cluster,
                topics.stream().map(name -> new TopicConfig(name, 3, 3, 6)).toList());
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            for (String broker : cluster.brokers().values()) {
                for (String group : groups) {
                    SubscriptionGroupConfig config = new SubscriptionGroupConfig();
                    config.setGroupName(group);
                    config.setRetryMaxTimes(7);
                    config.setConsumeBroadcastEnable(false);
                    connection.admin().createAndUpdateSubscriptionGroupConfig(broker, config);
                }
            }
        }
    }

    /** Makes a group as brokers make it by themselves. */
    static void createGroup(Endpoints.SandboxCluster cluster, String group) throws Exception {
        SubscriptionGroupConfig config = new SubscriptionGroupConfig();
        config.setGroupName(group);
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            for (String broker : cluster.brokers().values()) {
                connection.admin().createAndUpdateSubscriptionGroupConfig(broker, config);
            }
        }
    }

    static void delete(Endpoints.SandboxCluster cluster, String... topics) throws Exception {
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            for (String topic : topics) {
                connection
                        .admin()
                        .deleteTopicInBroker(Set.copyOf(cluster.brokers().values()), topic);
                connection.admin().deleteTopicInNameServer(Set.of(cluster.nameServers()), topic);
            }
        }
    }

    /** Stores an offset, as a group that consumed once. */
    static void consumed(Endpoints.SandboxCluster cluster, String group, MessageQueue queue, long next)
            throws Exception {
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            connection.admin().updateConsumeOffset(cluster.brokers().get(queue.getBrokerName()), group, queue, next);
        }
    }

    static void send(Endpoints.SandboxCluster cluster, String topic, int queue) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("plan-it");
        producer.setNamesrvAddr(cluster.nameServers());
        producer.setInstanceName("plan-it-" + topic);
        producer.setSendMsgTimeout(30_000);
        producer.start();
        try {
            String broker = cluster.brokers().keySet().iterator().next();
            producer.send(new Message(topic, new byte[] {1}), new MessageQueue(topic, broker, queue));
        } finally {
            producer.shutdown();
        }
    }
}
