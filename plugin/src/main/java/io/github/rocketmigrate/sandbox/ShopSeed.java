package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.wire.AdminConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.protocol.admin.TopicOffset;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;

/** Creates the {@link Shop} in a cluster: topics, groups, messages and consumer offsets. */
final class ShopSeed {
    private static final int READ_AND_WRITE = 6;
    private static final long POLL_MILLIS = 100;

    private final AdminConnection connection;
    private final Endpoints.SandboxCluster cluster;
    private final List<String> brokerAddresses;
    private final Producers producers;
    private final Duration patience;

    /** Opens the producer of a topic. */
    interface Producers {
        ShopProducer of(Shop.ShopTopic topic) throws MQClientException;
    }

    ShopSeed(AdminConnection connection, Endpoints.SandboxCluster cluster, Producers producers, Duration patience) {
        this.connection = connection;
        this.cluster = cluster;
        this.brokerAddresses = cluster.brokerAddresses();
        this.producers = producers;
        this.patience = patience;
    }

    /** Returns the number of messages written. */
    int run() throws InterruptedException {
        try {
            for (String address : brokerAddresses) {
                createTopics(address);
                createGroups(address);
            }
            int messages = 0;
            for (Shop.ShopTopic topic : Shop.TOPICS) {
                messages += write(topic);
            }
            awaitDelivery();
            for (String address : brokerAddresses) {
                commitOffsets(address);
            }
            return messages;
        } catch (RemotingException | MQBrokerException | MQClientException e) {
            throw new Fault(
                    "The example shop could not be created in " + cluster.name() + ": " + e.getMessage(),
                    "Run again, with -Dmigrate.sandbox.seed=false if empty clusters are enough.",
                    e);
        }
    }

    private void createTopics(String address)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        for (Shop.ShopTopic topic : Shop.TOPICS) {
            TopicConfig config = new TopicConfig(topic.name(), topic.queues(), topic.queues(), READ_AND_WRITE);
            if (!cluster.version().isFour()) {
                config.setAttributes(Map.of("+message.type", topic.type().name()));
            }
            connection.admin().createAndUpdateTopicConfig(address, config);
        }
    }

    private void createGroups(String address)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        for (Shop.ShopGroup group : Shop.GROUPS) {
            SubscriptionGroupConfig config = new SubscriptionGroupConfig();
            config.setGroupName(group.name());
            config.setConsumeBroadcastEnable(group.broadcasting());
            config.setRetryMaxTimes(group.retries());
            config.setConsumeMessageOrderly(group.order() == ConsumeOrder.ORDERLY);
            connection.admin().createAndUpdateSubscriptionGroupConfig(address, config);
        }
    }

    private int write(Shop.ShopTopic topic)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        int all = topic.messages() + topic.half();
        try (ShopProducer producer = producers.of(topic)) {
            for (int i = 0; i < all; i++) {
                boolean delayed = i >= topic.messages() - topic.delayed();
                producer.send(i, delayed ? Shop.LONG_DELAY : 1, i < topic.messages());
            }
        }
        return all;
    }

    /** Waits for messages with a delay of one second and for those of transactions, which appear a little later. */
    private void awaitDelivery() throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Shop.ShopTopic topic : Shop.TOPICS) {
            while (held(topic) < topic.messages() - topic.delayed()) {
                if (System.nanoTime() > deadline) {
                    throw new Fault(
                            "The messages of " + topic.name() + " did not arrive in " + cluster.name() + " within "
                                    + Counts.seconds(patience) + ".",
                            "Run again, with -Dmigrate.sandbox.seed=false if empty clusters are enough.");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    private long held(Shop.ShopTopic topic)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        long held = 0;
        for (String address : brokerAddresses) {
            held += offsets(address, topic.name()).values().stream()
                    .mapToLong(TopicOffset::getMaxOffset)
                    .sum();
        }
        return held;
    }

    private Map<MessageQueue, TopicOffset> offsets(String address, String topic)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        return connection.admin().examineTopicStats(address, topic).getOffsetTable();
    }

    private void commitOffsets(String address)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        for (Shop.ShopGroup group : Shop.GROUPS) {
            if (group.broadcasting()) {
                continue;
            }
            for (String topic : group.topics()) {
                Map<MessageQueue, TopicOffset> queues = offsets(address, topic);
                Map<MessageQueue, Long> behind = spread(group.behind() / brokerAddresses.size(), queues);
                for (Map.Entry<MessageQueue, TopicOffset> queue : queues.entrySet()) {
                    long offset = queue.getValue().getMaxOffset() - behind.get(queue.getKey());
                    connection.admin().updateConsumeOffset(address, group.name(), queue.getKey(), offset);
                }
            }
        }
    }

    /** Divides a backlog among the queues that have messages. */
    private static Map<MessageQueue, Long> spread(int backlog, Map<MessageQueue, TopicOffset> queues) {
        Predicate<TopicOffset> hasMessages = offsets -> offsets.getMaxOffset() > offsets.getMinOffset();
        long used = Math.max(1, queues.values().stream().filter(hasMessages).count());
        return queues.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, queue -> {
            long held = queue.getValue().getMaxOffset() - queue.getValue().getMinOffset();
            return Math.min(held, backlog / used);
        }));
    }
}
