package io.github.rocketmigrate.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.model.MessageType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.client.producer.TransactionSendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.exception.RemotingException;

/**
 * A producer to all topics, in a JVM of its own, that never pauses until it is told to stop.
 *
 * <p>It runs with clients of any RocketMQ version, so it keeps to what all of them have.
 */
final class ProducerMain {
    private static final int DELAY_LEVELS = 2;
    private static final int TEXT_SHOWN = 300;
    private static final long BETWEEN_ENDPOINTS_MILLIS = 20;
    private static final long BETWEEN_TRIES_MILLIS = 200;

    private final Job job;
    private final Diary diary;
    private final List<Senders> endpoints = new ArrayList<>();
    private final List<Thread> senders = new ArrayList<>();
    private final Set<String> undecided = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    private ProducerMain(Job job, Diary diary) {
        this.job = job;
        this.diary = diary;
        for (int i = 0; i < job.endpoints().size(); i++) {
            // A broker asks any producer of the group about a transaction, so nobody else may be in it.
            Senders senders = new Senders(
                    new DefaultMQProducer("live-" + job.name(), job.signer()),
                    new TransactionMQProducer("live-transactions-" + job.name(), job.signer()));
            senders.transactional().setTransactionListener(new CommitsAtLast());
            endpoints.add(senders);
        }
    }

    /** What sends to one endpoint. */
    private record Senders(DefaultMQProducer plain, TransactionMQProducer transactional) {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        ProducerMain producer = new ProducerMain(Job.read(folder), Diary.open(folder.resolve(Job.DIARY)));
        for (int i = 0; i < producer.endpoints.size(); i++) {
            producer.start(producer.endpoints.get(i).plain(), i);
            producer.start(producer.endpoints.get(i).transactional(), i);
        }
        producer.learnRoutes();
        producer.diary.notice(Diary.STARTED);
        producer.obey(new Orders());
        System.exit(0);
    }

    private void start(DefaultMQProducer producer, int endpoint) throws MQClientException {
        producer.setNamesrvAddr(job.endpoints().get(endpoint));
        producer.setInstanceName(producer.getProducerGroup() + "-" + endpoint + "-"
                + ProcessHandle.current().pid());
        producer.setVipChannelEnabled(false);
        producer.setSendMsgTimeout(Math.toIntExact(job.settings().sendTimeout().toMillis()));
        producer.setPollNameServerInterval(
                Math.toIntExact(job.settings().routePoll().toMillis()));
        producer.setHeartbeatBrokerInterval(
                Math.toIntExact(job.settings().heartbeat().toMillis()));
        producer.start();
    }

    /** So that no first message is lost on a busy machine whose name server answers late. */
    private void learnRoutes() throws InterruptedException {
        Senders first = endpoints.get(0);
        for (LiveTopic topic : job.topics()) {
            DefaultMQProducer sender = topic.kind() == MessageType.TRANSACTION ? first.transactional() : first.plain();
            while (!knowsRoute(sender, topic.name())) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
            }
        }
    }

    private static boolean knowsRoute(DefaultMQProducer sender, String topic) {
        try {
            return !sender.fetchPublishMessageQueues(topic).isEmpty();
        } catch (MQClientException | RuntimeException notYet) {
            return false;
        }
    }

    private void obey(Orders orders) throws Exception {
        for (String[] order = orders.next(); !order[0].equals(Orders.END); order = orders.next()) {
            switch (order[0]) {
                case Orders.GO -> go();
                case Orders.STOP -> stop();
                default -> {}
            }
        }
        stop();
        endpoints.forEach(senders -> {
            senders.plain().shutdown();
            senders.transactional().shutdown();
        });
    }

    private void go() {
        for (LiveTopic topic : job.topics()) {
            Thread sender = new Thread(() -> produce(topic), "live-" + topic.name());
            // A producer that falls silent must not be taken for one that has nothing to say.
            sender.setUncaughtExceptionHandler((thread, e) -> {
                // Tells of it in the output of this JVM, as if there were no handler.
                thread.getThreadGroup().uncaughtException(thread, e);
                Runtime.getRuntime().halt(1);
            });
            senders.add(sender);
            sender.start();
        }
    }

    private void stop() throws InterruptedException {
        stopped = true;
        for (Thread sender : senders) {
            sender.join();
        }
        diary.notice(Diary.STOPPED);
    }

    private void produce(LiveTopic topic) {
        long period = TimeUnit.SECONDS.toNanos(1) / job.settings().perSecond();
        long due = System.nanoTime();
        int keys = job.settings().keys();
        Route route = new Route();
        for (long number = 0; !stopped; number++) {
            send(route, topic, number, new LiveMessage(topic.name(), job.name(), "k" + number % keys, number / keys));
            // What a slow broker has held up is not made up for.
            due = Math.max(due + period, System.nanoTime());
            while (due > System.nanoTime() && !stopped) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private void send(Route route, LiveTopic topic, long number, LiveMessage name) {
        Instant at = Moment.now();
        try {
            Message message = new Message(
                    name.topic(), "live", name.name(), name.toString().getBytes(UTF_8));
            boolean decided = !isLeftUndecided(topic, number);
            if (!decided) {
                undecided.add(name.toString());
            }
            SendResult result = route.send(topic.kind(), message, number, decided);
            if (isRolledBack(result)) {
                diary.failed(new SendError(at, name, "rolled back, because the broker said " + result.getSendStatus()));
            } else if (decided) {
                diary.sent(new Sent(at, name, place(result)));
            }
        } catch (RemotingException | MQBrokerException | MQClientException | RuntimeException e) {
            diary.failed(new SendError(at, name, oneLine(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isLeftUndecided(LiveTopic topic, long number) {
        int every = job.settings().undecidedEvery();
        return topic.kind() == MessageType.TRANSACTION && every > 0 && number % every == every - 1;
    }

    /**
     * Where messages of one topic go: to the endpoint that took the last one, or else to another, as an application
     * does that is connected to several clusters.
     */
    private final class Route {
        private int endpoint;

        SendResult send(MessageType kind, Message message, long number, boolean decided)
                throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
            long deadline = System.nanoTime() + job.settings().sendTimeout().toNanos();
            while (true) {
                try {
                    return ProducerMain.send(endpoints.get(endpoint), kind, message, number, decided);
                } catch (RemotingException | MQBrokerException | MQClientException e) {
                    if (endpoints.size() == 1 || System.nanoTime() > deadline) {
                        throw e;
                    }
                    endpoint = (endpoint + 1) % endpoints.size();
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_ENDPOINTS_MILLIS);
                }
            }
        }
    }

    private static SendResult send(Senders senders, MessageType kind, Message message, long number, boolean decided)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        DefaultMQProducer plain = senders.plain();
        return switch (kind) {
            case NORMAL, MIXED -> plain.send(message);
            case FIFO ->
                plain.send(
                        message,
                        (queues, sent, key) -> queues.get(Math.floorMod(key.hashCode(), queues.size())),
                        LiveMessage.of(message.getTopic(), message.getKeys()).key());
            case DELAY -> {
                message.setDelayTimeLevel(1 + (int) (number % DELAY_LEVELS));
                yield plain.send(message);
            }
            case TRANSACTION -> senders.transactional().sendMessageInTransaction(message, decided);
        };
    }

    /** The client does so by itself where a broker has taken a message with a reserve. */
    private static boolean isRolledBack(SendResult result) {
        return result instanceof TransactionSendResult transaction
                && transaction.getLocalTransactionState() == LocalTransactionState.ROLLBACK_MESSAGE;
    }

    private static Place place(SendResult result) {
        return new Place(
                result.getMessageQueue().getBrokerName(),
                result.getMessageQueue().getQueueId(),
                result.getQueueOffset());
    }

    private static String oneLine(Exception e) {
        String text = e.toString().replaceAll("\\p{Cntrl}+", " ");
        return text.substring(0, Math.min(text.length(), TEXT_SHOWN));
    }

    /** Commits at once or, where a transaction is left undecided, as soon as a broker asks back. */
    private final class CommitsAtLast implements TransactionListener {
        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object decided) {
            return Boolean.TRUE.equals(decided) ? LocalTransactionState.COMMIT_MESSAGE : LocalTransactionState.UNKNOW;
        }

        /** A broker also asks about a commit that has not reached it, because commits are sent and not answered. */
        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            LiveMessage name = LiveMessage.of(message.getTopic(), message.getKeys());
            if (undecided.contains(name.toString())) {
                // What is sent only now might come too late to be counted as received.
                if (stopped) {
                    return LocalTransactionState.UNKNOW;
                }
                Place place = new Place("asked-back", message.getQueueId(), message.getQueueOffset());
                diary.sent(new Sent(Instant.ofEpochMilli(message.getBornTimestamp()), name, place));
                undecided.remove(name.toString());
            }
            return LocalTransactionState.COMMIT_MESSAGE;
        }
    }
}
