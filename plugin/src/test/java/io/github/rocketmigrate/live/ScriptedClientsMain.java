package io.github.rocketmigrate.live;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.exception.RemotingException;

/**
 * Clients that are started and stopped by orders, in a JVM of their own.
 *
 * <p>It runs with clients of any RocketMQ version, so it keeps to what all of them have.
 */
final class ScriptedClientsMain {
    /** {@code warm-up <name servers> <route poll> <heartbeat>}: load what clients need; the intervals hold from then on. */
    static final String WARM_UP = "warm-up";
    /** {@code consumer <name> <group> <orderly> <name servers> <topics> <millis per message>}. */
    static final String CONSUMER = "consumer";
    /** {@code producer <name> <name servers> <topic>}. */
    static final String PRODUCER = "producer";
    /** {@code avoiding-producer <name> <name servers> <topic>}: with {@code sendLatencyFaultEnable}. */
    static final String AVOIDING_PRODUCER = "avoiding-producer";
    /** {@code send <name servers> <topic> <broker> <queues> <count>}: send that many messages, to one queue after the other. */
    static final String SEND = "send";
    /** {@code stop <name>}. */
    static final String PULLER = "puller";

    static final String STOP = "stop";

    /** The first part of each client id. */
    static final String HOST = "scene";

    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int BETWEEN_MESSAGES_MILLIS = 100;

    private final Diary diary;
    private final Map<String, Stoppable> clients = new HashMap<>();
    private int routePoll;
    private int heartbeat;
    private int sends;

    private interface Stoppable {
        void end() throws InterruptedException;
    }

    private ScriptedClientsMain(Diary diary) {
        this.diary = diary;
    }

    public static void main(String[] args) throws Exception {
        new ScriptedClientsMain(Diary.open(Path.of(args[0]).resolve(Job.DIARY))).obey(new Orders());
        System.exit(0);
    }

    static String started(String name) {
        return name + " " + Diary.STARTED;
    }

    static String stopped(String name) {
        return name + " " + Diary.STOPPED;
    }

    private void obey(Orders orders) throws Exception {
        for (String[] order = orders.next(); !order[0].equals(Orders.END); order = orders.next()) {
            switch (order[0]) {
                case WARM_UP -> {
                    routePoll = Integer.parseInt(order[2]);
                    heartbeat = Integer.parseInt(order[3]);
                    warmUp(order[1]);
                    diary.notice(WARM_UP);
                }
                case CONSUMER -> {
                    DefaultMQPushConsumer consumer = consumer(
                            order[1], order[2], Boolean.parseBoolean(order[3]), order[4], Long.parseLong(order[6]));
                    for (String topic : order[5].split(",", -1)) {
                        consumer.subscribe(topic, "*");
                    }
                    consumer.start();
                    clients.put(order[1], consumer::shutdown);
                    diary.notice(started(order[1]));
                }
                case PRODUCER -> {
                    clients.put(order[1], producer(order[1], order[2], order[3], false));
                    diary.notice(started(order[1]));
                }
                case PULLER -> {
                    clients.put(order[1], puller(order[1], order[2], order[3]));
                    diary.notice(started(order[1]));
                }
                case AVOIDING_PRODUCER -> {
                    clients.put(order[1], producer(order[1], order[2], order[3], true));
                    diary.notice(started(order[1]));
                }
                case SEND -> {
                    send(order[1], order[2], order[3], Integer.parseInt(order[4]), Integer.parseInt(order[5]));
                    diary.notice(String.join(" ", order));
                }
                case STOP -> {
                    clients.remove(order[1]).end();
                    diary.notice(stopped(order[1]));
                }
                default -> throw new IllegalArgumentException("unknown order " + order[0]);
            }
        }
        for (Stoppable client : clients.values()) {
            client.end();
        }
    }

    private void warmUp(String nameServers) throws Exception {
        DefaultMQPushConsumer consumer = consumer("warm-up-consumer", "warm-up", false, nameServers, 0);
        consumer.subscribe("warm-up", "*");
        consumer.start();
        Sending sending = producer("warm-up-producer", nameServers, "warm-up", false);
        sending.end();
        consumer.shutdown();
    }

    private void configure(ClientConfig client, String name, String nameServers) {
        client.setNamesrvAddr(nameServers);
        client.setClientIP(HOST);
        client.setInstanceName(name);
        client.setVipChannelEnabled(false);
        client.setPollNameServerInterval(routePoll);
        client.setHeartbeatBrokerInterval(heartbeat);
    }

    private DefaultMQPushConsumer consumer(String name, String group, boolean orderly, String nameServers, long takes) {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        configure(consumer, name, nameServers);
        consumer.setConsumeThreadMin(1);
        consumer.setConsumeThreadMax(1);
        if (orderly) {
            consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
                received(group, name, messages, takes);
                return ConsumeOrderlyStatus.SUCCESS;
            });
        } else {
            consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                received(group, name, messages, takes);
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
        }
        return consumer;
    }

    /** Old applications pull so; the newest client still can. */
    @SuppressWarnings("deprecation")
    private Stoppable puller(String group, String nameServers, String topic) throws MQClientException {
        DefaultMQPullConsumer puller = new DefaultMQPullConsumer(group);
        configure(puller, group, nameServers);
        puller.registerMessageQueueListener(topic, null);
        puller.start();
        puller.fetchSubscribeMessageQueues(topic);
        return puller::shutdown;
    }

    private void received(String group, String member, List<MessageExt> messages, long takes) {
        for (MessageExt message : messages) {
            pause(takes);
            diary.received(new Received(
                    Moment.now(),
                    group,
                    member,
                    LiveMessage.of(message.getTopic(), message.getKeys()),
                    new Place(message.getBrokerName(), message.getQueueId(), message.getQueueOffset()),
                    message.getReconsumeTimes()));
        }
    }

    private void send(String nameServers, String topic, String broker, int queues, int count) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("scene-sender");
        configure(producer, "sender-" + sends++, nameServers);
        producer.setSendMsgTimeout(TIMEOUT_MILLIS);
        producer.start();
        for (int i = 0; i < count; i++) {
            LiveMessage message = new LiveMessage(topic, "sender", "k", sends * 1_000L + i);
            producer.send(
                    new Message(topic, "scene", message.name(), new byte[] {1}),
                    new MessageQueue(topic, broker, i % queues));
        }
        producer.shutdown();
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Sending producer(String name, String nameServers, String topic, boolean avoidsSlowBrokers)
            throws MQClientException {
        DefaultMQProducer producer = new DefaultMQProducer(name);
        configure(producer, name, nameServers);
        producer.setSendLatencyFaultEnable(avoidsSlowBrokers);
        producer.setSendMsgTimeout(TIMEOUT_MILLIS);
        producer.start();
        Sending sending = new Sending(producer, name, topic);
        sending.start();
        return sending;
    }

    /** Sends a message after the other. One that was refused is sent again before the next one. */
    private final class Sending extends Thread implements Stoppable {
        private final DefaultMQProducer producer;
        private final String name;
        private final String topic;
        private volatile boolean stopped;

        Sending(DefaultMQProducer producer, String name, String topic) {
            this.producer = producer;
            this.name = name;
            this.topic = topic;
        }

        @Override
        public void run() {
            try {
                long number = 0;
                while (!stopped) {
                    if (send(new LiveMessage(topic, name, "k", number))) {
                        number++;
                        TimeUnit.MILLISECONDS.sleep(BETWEEN_MESSAGES_MILLIS);
                    } else {
                        TimeUnit.MILLISECONDS.sleep(ScriptedClients.BETWEEN_TRIES.toMillis());
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean send(LiveMessage message) throws InterruptedException {
            try {
                SendResult result = producer.send(new Message(topic, "scene", message.name(), new byte[] {1}));
                Place place = new Place(
                        result.getMessageQueue().getBrokerName(),
                        result.getMessageQueue().getQueueId(),
                        result.getQueueOffset());
                diary.sent(new Sent(Moment.now(), message, place));
                return true;
            } catch (RemotingException | MQBrokerException | MQClientException e) {
                diary.failed(new SendError(Moment.now(), message, e.toString().replaceAll("\\s+", " ")));
                return false;
            }
        }

        @Override
        public void end() throws InterruptedException {
            stopped = true;
            join();
            producer.shutdown();
        }
    }
}
