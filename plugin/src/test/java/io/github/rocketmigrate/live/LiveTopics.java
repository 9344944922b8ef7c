package io.github.rocketmigrate.live;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import java.util.List;
import java.util.TreeMap;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;

/** Brings the topics of live traffic to a cluster, as its owners would. */
public final class LiveTopics {
    /** Of every topic on every master. */
    public static final int QUEUES = 4;

    private static final int READ_AND_WRITE = 6;

    private LiveTopics() {}

    /**
     * Open for everything, and at the source as uneven as it is after years: a FIFO topic has fewer queues on every master
     * but the first, and a topic for transactions is on the first alone.
     */
    public static void createUnevenly(OwnSandbox sandbox, List<LiveTopic> topics) throws Exception {
        create(sandbox, Side.SOURCE, topics, READ_AND_WRITE, (topic, master) -> switch (topic.kind()) {
            case FIFO -> master == 0 ? QUEUES : QUEUES / 2;
            case TRANSACTION -> master == 0 ? QUEUES : 0;
            case NORMAL, DELAY, MIXED -> QUEUES;
        });
    }

    /** How many queues a topic has on the master of this number, from 0. */
    private interface Layout {
        int queues(LiveTopic topic, int master);
    }

    /** Open for everything. */
    public static void create(OwnSandbox sandbox, Side side, List<LiveTopic> topics) throws Exception {
        create(sandbox, side, topics, READ_AND_WRITE);
    }

    /** Makes the topics, their groups and what these need to take a message again. */
    public static void create(OwnSandbox sandbox, Side side, List<LiveTopic> topics, int permission) throws Exception {
        create(sandbox, side, topics, permission, (topic, master) -> QUEUES);
    }

    private static void create(OwnSandbox sandbox, Side side, List<LiveTopic> topics, int permission, Layout layout)
            throws Exception {
        Endpoints.SandboxCluster cluster = sandbox.endpoints().cluster(side);
        try (AdminConnection connection =
                AdminConnection.open(cluster.nameServers(), sandbox.endpoints().admin())) {
            int master = 0;
            for (String broker : new TreeMap<>(cluster.brokers()).values()) {
                for (LiveTopic topic : topics) {
                    int queues = layout.queues(topic, master);
                    if (queues > 0) {
                        connection
                                .admin()
                                .createAndUpdateTopicConfig(
                                        broker, new TopicConfig(topic.name(), queues, queues, permission));
                    }
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
                master++;
            }
        }
    }
}
