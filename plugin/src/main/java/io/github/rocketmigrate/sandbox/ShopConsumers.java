package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.wire.Credentials;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * Consumes as the {@link Shop}'s applications do, with two members of each group.
 *
 * <p>The class runs with clients of any RocketMQ version and therefore uses only methods that all of them have.
 */
final class ShopConsumers implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 50;

    private final String nameServers;
    private final Duration routePoll;
    private final Optional<Credentials> credentials;
    private final ShopLedger ledger;
    private final Map<Shop.ShopGroup, List<DefaultMQPushConsumer>> members = new LinkedHashMap<>();

    private ShopConsumers(
            String nameServers, Duration routePoll, Optional<Credentials> credentials, ShopLedger ledger) {
        this.nameServers = nameServers;
        this.routePoll = routePoll;
        this.credentials = credentials;
        this.ledger = ledger;
    }

    static ShopConsumers open(
            String nameServers, Duration routePoll, Optional<Credentials> credentials, ShopLedger ledger)
            throws MQClientException, ReflectiveOperationException {
        ShopConsumers consumers = new ShopConsumers(nameServers, routePoll, credentials, ledger);
        for (Shop.ShopGroup group : Shop.GROUPS) {
            List<DefaultMQPushConsumer> members = new ArrayList<>();
            for (int member = 1; member <= Shop.MEMBERS; member++) {
                members.add(consumers.member(group, member));
            }
            consumers.members.put(group, members);
        }
        return consumers;
    }

    /**
     * Waits until every queue has a reader. A member of a broadcasting group starts at the end of a queue, so it would miss
     * messages sent before it found the queue.
     */
    void awaitQueues() throws InterruptedException {
        for (Map.Entry<Shop.ShopGroup, List<DefaultMQPushConsumer>> group : members.entrySet()) {
            for (String topic : group.getKey().topics()) {
                while (!isRead(group.getKey(), topic, group.getValue())) {
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                }
            }
        }
    }

    private static boolean isRead(Shop.ShopGroup group, String topic, List<DefaultMQPushConsumer> members) {
        try {
            Set<MessageQueue> queues = members.get(0).fetchSubscribeMessageQueues(topic);
            Set<MessageQueue> read = new HashSet<>();
            for (DefaultMQPushConsumer member : members) {
                Set<MessageQueue> its = queues(member);
                if (group.broadcasting() && !its.containsAll(queues)) {
                    return false;
                }
                read.addAll(its);
            }
            return read.containsAll(queues);
        } catch (MQClientException noRouteYet) {
            return false;
        }
    }

    /** Returns the queues for which the member has an offset; no public method returns them in all versions. */
    @SuppressWarnings("deprecation")
    private static Set<MessageQueue> queues(DefaultMQPushConsumer member) {
        return member.getDefaultMQPushConsumerImpl()
                .getRebalanceImpl()
                .getProcessQueueTable()
                .keySet();
    }

    private DefaultMQPushConsumer member(Shop.ShopGroup group, int number)
            throws MQClientException, ReflectiveOperationException {
        String reader = group.reader(number);
        DefaultMQPushConsumer member = new DefaultMQPushConsumer(
                group.name(), ShopProducers.signer(credentials), new AllocateMessageQueueAveragely());
        member.setNamesrvAddr(nameServers);
        member.setInstanceName(group.name() + "-" + number);
        member.setPollNameServerInterval(Math.toIntExact(routePoll.toMillis()));
        // A broker learns of a member by its next heartbeat.
        member.setHeartbeatBrokerInterval(Math.toIntExact(Math.min(routePoll.toMillis(), HEARTBEAT.toMillis())));
        member.setVipChannelEnabled(false);
        member.setConsumeThreadMin(1);
        member.setConsumeThreadMax(1);
        member.setMaxReconsumeTimes(group.retries());
        if (group.broadcasting()) {
            broadcast(member);
        }
        for (String topic : group.topics()) {
            member.subscribe(topic, "*");
        }
        if (group.order() == ConsumeOrder.ORDERLY) {
            member.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
                receive(reader, messages);
                return ConsumeOrderlyStatus.SUCCESS;
            });
        } else {
            member.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                receive(reader, messages);
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
        }
        member.start();
        return member;
    }

    private void receive(String reader, List<MessageExt> messages) {
        messages.forEach(message -> ledger.received(message.getTopic(), reader, ShopProducers.number(message)));
    }

    /** Uses reflection, because 5.x moved the class of the parameter to another package. */
    private static void broadcast(DefaultMQPushConsumer member) throws ReflectiveOperationException {
        Method getter = DefaultMQPushConsumer.class.getMethod("getMessageModel");
        Class<?> model = getter.getReturnType();
        Object broadcasting = model.getField("BROADCASTING").get(null);
        DefaultMQPushConsumer.class.getMethod("setMessageModel", model).invoke(member, broadcasting);
    }

    @Override
    public void close() {
        members.values().forEach(group -> group.forEach(DefaultMQPushConsumer::shutdown));
    }
}
