package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.wire.Credentials;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.client.exception.MQClientException;

/**
 * The consuming half of the {@link Shop}'s applications: one member of each group.
 *
 * <p>It runs with clients of any RocketMQ version, so it keeps to what all of them have.
 */
final class ShopConsumers implements AutoCloseable {
    private final List<DefaultMQPushConsumer> members = new ArrayList<>();
    private final AtomicLong received = new AtomicLong();

    private ShopConsumers() {}

    static ShopConsumers open(String nameServers, Optional<Credentials> credentials)
            throws MQClientException, ReflectiveOperationException {
        ShopConsumers consumers = new ShopConsumers();
        for (Shop.Group group : Shop.GROUPS) {
            consumers.members.add(consumers.member(group, nameServers, credentials));
        }
        return consumers;
    }

    long received() {
        return received.get();
    }

    private DefaultMQPushConsumer member(Shop.Group group, String nameServers, Optional<Credentials> credentials)
            throws MQClientException, ReflectiveOperationException {
        DefaultMQPushConsumer member = new DefaultMQPushConsumer(
                group.name(), ShopProducers.signer(credentials), new AllocateMessageQueueAveragely());
        member.setNamesrvAddr(nameServers);
        member.setInstanceName(group.name() + "-1");
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
                received.addAndGet(messages.size());
                return ConsumeOrderlyStatus.SUCCESS;
            });
        } else {
            member.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                received.addAndGet(messages.size());
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
        }
        member.start();
        return member;
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
        members.forEach(DefaultMQPushConsumer::shutdown);
    }
}
