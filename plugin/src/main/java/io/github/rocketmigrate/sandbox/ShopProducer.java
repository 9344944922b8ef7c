package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.wire.Credentials;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.client.producer.TransactionSendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.exception.RemotingException;

/**
 * Sends to one topic, as the application of the {@link Shop} does to which the topic belongs. Each application has a client
 * and a producer group of its own, so that one can be switched without the others.
 *
 * <p>The class runs with clients of any RocketMQ version and therefore uses only methods that all of them have.
 */
final class ShopProducer implements AutoCloseable {
    private static final int SEND_TIMEOUT_MILLIS = 10_000;
    private static final char KEY_GAP = '-';

    private final Shop.ShopTopic topic;
    private final DefaultMQProducer producer;

    private ShopProducer(Shop.ShopTopic topic, DefaultMQProducer producer) {
        this.topic = topic;
        this.producer = producer;
    }

    static ShopProducer open(
            Shop.ShopTopic topic, String nameServers, Duration routePoll, Optional<Credentials> credentials)
            throws MQClientException {
        return open(topic, nameServers, routePoll, credentials, new Transactions());
    }

    /** Opens a producer that answers for the transactions of earlier ones, too, as an application does after a restart. */
    static ShopProducer open(
            Shop.ShopTopic topic,
            String nameServers,
            Duration routePoll,
            Optional<Credentials> credentials,
            Transactions transactions)
            throws MQClientException {
        DefaultMQProducer producer = topic.type() == MessageType.TRANSACTION
                ? transactional(topic, credentials, transactions)
                : new DefaultMQProducer(topic.producerGroup(), signer(credentials));
        producer.setNamesrvAddr(nameServers);
        producer.setPollNameServerInterval(Math.toIntExact(routePoll.toMillis()));
        producer.setInstanceName(topic.name() + "-" + UUID.randomUUID());
        producer.setVipChannelEnabled(false);
        producer.setSendMsgTimeout(SEND_TIMEOUT_MILLIS);
        producer.start();
        return new ShopProducer(topic, producer);
    }

    private static DefaultMQProducer transactional(
            Shop.ShopTopic topic, Optional<Credentials> credentials, Transactions transactions) {
        TransactionMQProducer producer = new TransactionMQProducer(topic.producerGroup(), signer(credentials));
        producer.setTransactionListener(transactions);
        return producer;
    }

    static RPCHook signer(Optional<Credentials> credentials) {
        return credentials
                .map(pair -> new AclClientRPCHook(new SessionCredentials(pair.accessKey(), pair.secretKey())))
                .orElse(null);
    }

    /**
     * Sends one message in the way of its topic's type.
     *
     * @param number of the message in its topic
     * @param delayLevel for topics of type DELAY
     * @param commit for topics of type TRANSACTION; without it, the message remains a half message
     * @throws IllegalStateException if a broker did not store a transactional message safely, which rolls it back
     */
    void send(long number, int delayLevel, boolean commit)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        String key = topic.name() + KEY_GAP + number;
        long subject = Shop.subject(number);
        String body = "{\"number\":%d,\"subject\":%d}".formatted(number, subject);
        Message message = new Message(topic.name(), "shop", key, body.getBytes(UTF_8));
        switch (topic.type()) {
            case NORMAL, MIXED -> producer.send(message);
            case FIFO ->
                producer.send(
                        message, (queues, sent, by) -> queues.get(Math.floorMod((Long) by, queues.size())), subject);
            case DELAY -> {
                message.setDelayTimeLevel(delayLevel);
                producer.send(message);
            }
            case TRANSACTION -> {
                TransactionSendResult result = producer.sendMessageInTransaction(message, commit);
                if (result.getLocalTransactionState() == LocalTransactionState.ROLLBACK_MESSAGE) {
                    throw new IllegalStateException(key + " was rolled back: " + result.getSendStatus());
                }
            }
        }
    }

    /** Reads the number from the key of a message. */
    static int number(Message message) {
        String key = message.getKeys();
        return Integer.parseInt(key.substring(key.lastIndexOf(KEY_GAP) + 1));
    }

    @Override
    public void close() {
        producer.shutdown();
    }

    /** The transactions that were committed; a real application keeps them in its database. */
    static final class Transactions implements TransactionListener {
        private final Set<String> committed = ConcurrentHashMap.newKeySet();

        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object commit) {
            if (Boolean.TRUE.equals(commit)) {
                committed.add(message.getKeys());
            }
            return state(message);
        }

        /** Called also for messages whose commit did not reach the broker, because commits have no response. */
        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            return state(message);
        }

        private LocalTransactionState state(Message message) {
            return committed.contains(message.getKeys())
                    ? LocalTransactionState.COMMIT_MESSAGE
                    : LocalTransactionState.UNKNOW;
        }
    }
}
