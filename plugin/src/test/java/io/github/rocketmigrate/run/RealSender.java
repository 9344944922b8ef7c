package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import java.util.Arrays;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** Sends plain messages, delayed ones and half ones. */
final class RealSender implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 1_000;
    /** More than one reading sees of the queues of a topic. */
    private static final int MANY = 64;

    private final DefaultMQProducer producer;
    private final TransactionMQProducer transactions;
    private volatile boolean commits;

    RealSender(Endpoints endpoints, String name) throws Exception {
        this(endpoints, name, Side.SOURCE);
    }

    RealSender(Endpoints endpoints, String name, Side side) throws Exception {
        producer = new DefaultMQProducer(name);
        transactions = new TransactionMQProducer(name + "-transactions");
        transactions.setTransactionListener(new Told());
        for (DefaultMQProducer one : Arrays.asList(producer, transactions)) {
            one.setNamesrvAddr(endpoints.cluster(side).nameServers());
            one.setInstanceName(name + "-" + System.nanoTime());
            one.setVipChannelEnabled(false);
            one.setSendMsgTimeout(30_000);
            one.setPollNameServerInterval(INTERVAL_MILLIS);
            one.setHeartbeatBrokerInterval(INTERVAL_MILLIS);
            one.start();
        }
    }

    DefaultMQProducer producer() {
        return producer;
    }

    /** Sends more messages than one reading sees of a queue, one after the other to all queues. */
    void sendTo(String topic) throws Exception {
        send(topic, MANY);
    }

    void send(String topic, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            producer.send(new Message(topic, new byte[] {1}));
        }
    }

    void delayed(String topic, int level) throws Exception {
        Message message = new Message(topic, new byte[] {1});
        message.setDelayTimeLevel(level);
        producer.send(message);
    }

    void half(String topic, boolean commit) throws Exception {
        transactions.sendMessageInTransaction(new Message(topic, topic.getBytes(UTF_8)), commit);
    }

    /** Commits half messages when the broker asks for them the next time; 4.x brokers ask once a minute. */
    void commitWhenAsked() {
        commits = true;
    }

    @Override
    public void close() {
        producer.shutdown();
        transactions.shutdown();
    }

    private final class Told implements TransactionListener {
        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object commit) {
            return Boolean.TRUE.equals(commit) ? LocalTransactionState.COMMIT_MESSAGE : LocalTransactionState.UNKNOW;
        }

        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            return commits ? LocalTransactionState.COMMIT_MESSAGE : LocalTransactionState.UNKNOW;
        }
    }
}
