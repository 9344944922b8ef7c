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
 * The consuming half of the {@link Shop}'s applications: two members of each group.
 *
 * <p>It runs with clients of any RocketMQ version, so it keeps to what all of them have.
 */
final class ShopConsumers implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MILLIS = 50;

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
     * Waits until somebody reads every queue. A member of a broadcasting group begins with what comes after it has found
     * a queue, so what is sent earlier would be missed.
     */
    void awaitQueues() throws InterruptedException {
        for (Map.Entry<Shop.ShopGroup, List<DefaultMQPushConsumer>> group : members.entrySet()) {
            for (String topic : group.getKey().topics()) {
                while (!isRead(group.getKey(), topic, group.getValue())) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
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

    /** Those of which it knows where to begin; nothing else tells in all versions. */
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
        // A broker that is new to it hears of a member with the next one.
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
                take(reader, messages);
                return ConsumeOrderlyStatus.SUCCESS;
            });
        } else {
            member.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                take(reader, messages);
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
        }
        member.start();
        return member;
    }

    private void take(String reader, List<MessageExt> messages) {
        messages.forEach(message -> ledger.received(message.getTopic(), reader, ShopProducers.number(message)));
    }

    /** By name, because 5.x moved the class of the parameter to another package. */
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
