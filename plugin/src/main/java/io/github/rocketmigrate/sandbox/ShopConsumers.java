package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.wire.Credentials;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * Consumes as the {@link Shop}'s applications do, with two members of each group.
 *
 * <p>The class runs with clients of any RocketMQ version and therefore uses only methods that all of them have.
 */
final class ShopConsumers implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    /** A member that restarts completes its current message, so that FIFO messages keep their order. */
    private static final Duration CURRENT_MESSAGE = Duration.ofSeconds(5);

    private static final long POLL_MILLIS = 50;

    private final Duration routePoll;
    private final Optional<Credentials> credentials;
    private final ShopLedger ledger;
    private final Map<Shop.ShopGroup, List<DefaultMQPushConsumer>> members = new LinkedHashMap<>();
    private final Set<Shop.ShopGroup> offline = new HashSet<>();

    private ShopConsumers(Duration routePoll, Optional<Credentials> credentials, ShopLedger ledger) {
        this.routePoll = routePoll;
        this.credentials = credentials;
        this.ledger = ledger;
    }

    static ShopConsumers open(
            String nameServers, Duration routePoll, Optional<Credentials> credentials, ShopLedger ledger)
            throws MQClientException, ReflectiveOperationException {
        ShopConsumers consumers = new ShopConsumers(routePoll, credentials, ledger);
        for (Shop.ShopGroup group : Shop.GROUPS) {
            List<DefaultMQPushConsumer> members = new ArrayList<>();
            for (int member = 1; member <= Shop.MEMBERS; member++) {
                members.add(consumers.member(group, member, nameServers));
            }
            consumers.members.put(group, members);
        }
        return consumers;
    }

    /**
     * Restarts the members of the groups in {@code names} with other name servers, one member of a group after the other.
     *
     * @return the groups that used other name servers before
     */
    List<String> restart(Collection<String> names, String nameServers)
            throws MQClientException, ReflectiveOperationException {
        List<Shop.ShopGroup> elsewhere = members.keySet().stream()
                .filter(group -> names.contains(group.name()))
                .filter(group -> offline.contains(group) || !nameServers(group).equals(nameServers))
                .toList();
        for (int number = 1; number <= Shop.MEMBERS; number++) {
            for (Shop.ShopGroup group : elsewhere) {
                members.get(group).get(number - 1).shutdown();
                members.get(group).set(number - 1, member(group, number, nameServers));
            }
        }
        elsewhere.forEach(offline::remove);
        return elsewhere.stream().map(Shop.ShopGroup::name).toList();
    }

    private String nameServers(Shop.ShopGroup group) {
        return members.get(group).get(Shop.MEMBERS - 1).getNamesrvAddr();
    }

    /** Stops the members of the groups in {@code names}; returns the groups that were running. */
    List<String> goOffline(Collection<String> names) {
        List<Shop.ShopGroup> running = members.keySet().stream()
                .filter(group -> names.contains(group.name()) && !offline.contains(group))
                .toList();
        running.forEach(group -> members.get(group).forEach(DefaultMQPushConsumer::shutdown));
        offline.addAll(running);
        return running.stream().map(Shop.ShopGroup::name).toList();
    }

    /** Starts the stopped groups in {@code names} with the name servers that each of them had; returns these groups. */
    List<String> goOnline(Collection<String> names) throws MQClientException, ReflectiveOperationException {
        List<String> started = new ArrayList<>();
        for (Shop.ShopGroup group : List.copyOf(offline)) {
            if (names.contains(group.name())) {
                started.addAll(restart(List.of(group.name()), nameServers(group)));
            }
        }
        return started;
    }

    /** The messages of a topic that a reader has not consumed yet. */
    long unread(String topic, String reader) {
        Shop.ShopGroup group = Shop.groupOf(reader);
        List<DefaultMQPushConsumer> all = members.get(group);
        return ShopBacklog.unread(
                topic, group.broadcasting() ? List.of(all.get(group.readers().indexOf(reader))) : all);
    }

    /**
     * Waits until every queue has a reader. A member of a broadcasting group starts at the end of a queue, so it would miss
     * messages sent before it found the queue.
     */
    void awaitQueues() throws InterruptedException {
        while (withoutReader(members.keySet()).isPresent()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** The same for the groups in {@code names}, at most for {@code patience}; returns a problem that remains. */
    Optional<String> awaitQueues(Collection<String> names, Duration patience) throws InterruptedException {
        List<Shop.ShopGroup> groups = members.keySet().stream()
                .filter(group -> names.contains(group.name()))
                .toList();
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<String> problem = withoutReader(groups);
        while (problem.isPresent() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            problem = withoutReader(groups);
        }
        return problem;
    }

    private Optional<String> withoutReader(Collection<Shop.ShopGroup> groups) {
        for (Shop.ShopGroup group : groups) {
            for (String topic : group.topics()) {
                if (!isRead(group, topic, members.get(group))) {
                    return Optional.of(group.name() + " does not read every queue of " + topic);
                }
            }
        }
        return Optional.empty();
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

    private DefaultMQPushConsumer member(Shop.ShopGroup group, int number, String nameServers)
            throws MQClientException, ReflectiveOperationException {
        String reader = group.reader(number);
        DefaultMQPushConsumer member = new DefaultMQPushConsumer(
                group.name(), ShopProducer.signer(credentials), new AllocateMessageQueueAveragely());
        member.setNamesrvAddr(nameServers);
        member.setInstanceName(group.name() + "-" + number);
        member.setPollNameServerInterval(Math.toIntExact(routePoll.toMillis()));
        // A broker learns of a member by its next heartbeat.
        member.setHeartbeatBrokerInterval(Math.toIntExact(Math.min(routePoll.toMillis(), HEARTBEAT.toMillis())));
        member.setVipChannelEnabled(false);
        member.setConsumeThreadMin(1);
        member.setConsumeThreadMax(1);
        member.setMaxReconsumeTimes(group.retries());
        member.setAwaitTerminationMillisWhenShutdown(CURRENT_MESSAGE.toMillis());
        if (group.broadcasting()) {
            broadcast(member);
            // By default, a member that restarts begins at the end of queues from which it has consumed nothing yet.
            member.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
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
        messages.forEach(message -> ledger.received(message.getTopic(), reader, ShopProducer.number(message)));
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
