package io.github.rocketmigrate.live;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import java.util.List;
import java.util.Optional;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;

/** Brings the topics of live traffic to a cluster, as its owners would. */
public final class LiveTopics {
    /** Of every topic on every master. */
    public static final int QUEUES = 4;

    private static final int READ_AND_WRITE = 6;

    private LiveTopics() {}

    /** Open for everything. */
    public static void create(OwnSandbox sandbox, Side side, List<LiveTopic> topics) throws Exception {
        create(sandbox, side, topics, READ_AND_WRITE);
    }

    /** Makes the topics, their groups and what these need to take a message again. */
    public static void create(OwnSandbox sandbox, Side side, List<LiveTopic> topics, int permission) throws Exception {
        Endpoints.Cluster cluster = sandbox.endpoints().cluster(side);
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            for (String broker : cluster.brokers().values()) {
                for (LiveTopic topic : topics) {
                    connection
                            .admin()
                            .createAndUpdateTopicConfig(
                                    broker, new TopicConfig(topic.name(), QUEUES, QUEUES, permission));
                    for (LiveGroup group : topic.groups()) {
                        SubscriptionGroupConfig config = new SubscriptionGroupConfig();
                        config.setGroupName(group.name());
                        connection.admin().createAndUpdateSubscriptionGroupConfig(broker, config);
                        connection
                                .admin()
                                .createAndUpdateTopicConfig(
                                        broker, new TopicConfig("%RETRY%" + group.name(), 1, 1, READ_AND_WRITE));
                    }
                }
            }
        }
    }
}
