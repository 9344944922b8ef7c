package io.github.rocketmigrate.live;

import io.github.rocketmigrate.model.ConsumeOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * One member of each group at each endpoint, in a JVM of its own.
 *
 * <p>It runs with clients of any RocketMQ version, so it keeps to what all of them have.
 */
final class MemberMain {
    private static final int THREADS = 4;
    private static final int TRIES = 10;
    private static final long BETWEEN_TRIES_MILLIS = 500;

    private final Job job;
    private final Diary diary;
    private final Map<String, Pace> paces = new HashMap<>();
    private final List<DefaultMQPushConsumer> consumers = new ArrayList<>();

    private MemberMain(Job job, Diary diary) {
        this.job = job;
        this.diary = diary;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        MemberMain member = new MemberMain(Job.read(folder), Diary.open(folder.resolve(Job.DIARY)));
        member.start();
        member.obey(new Orders());
        System.exit(0);
    }

    private void start() throws MQClientException, InterruptedException {
        for (Map.Entry<LiveGroup, List<String>> group : job.groups().entrySet()) {
            paces.put(group.getKey().name(), new Pace(group.getKey().millis()));
            for (String endpoint : job.endpoints()) {
                consumers.add(started(group.getKey(), group.getValue(), endpoint));
            }
        }
        diary.notice(Diary.STARTED);
    }

    private void obey(Orders orders) throws Exception {
        for (String[] order = orders.next(); !order[0].equals(Orders.END); order = orders.next()) {
            if (order[0].equals(Orders.SLOW) && paces.containsKey(order[1])) {
                paces.get(order[1]).set(Long.parseLong(order[2]));
            }
        }
        consumers.forEach(DefaultMQPushConsumer::shutdown);
    }

    /** On a busy machine, a name server may answer the first request of a client too late, and the client gives up. */
    private DefaultMQPushConsumer started(LiveGroup group, List<String> topics, String endpoint)
            throws MQClientException, InterruptedException {
        for (int tries = 1; ; tries++) {
            DefaultMQPushConsumer consumer = consumer(group, topics, endpoint, tries);
            try {
                consumer.start();
                return consumer;
            } catch (MQClientException | RuntimeException e) {
                consumer.shutdown();
                if (tries == TRIES) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
            }
        }
    }

    private DefaultMQPushConsumer consumer(LiveGroup group, List<String> topics, String endpoint, int tries)
            throws MQClientException {
        DefaultMQPushConsumer consumer =
                new DefaultMQPushConsumer(group.name(), job.signer(), new NotedDivision(diary));
        consumer.setNamesrvAddr(endpoint);
        // A JVM that is started again is another client, as it is everywhere.
        consumer.setInstanceName(group.name() + "-" + job.name() + "-" + consumers.size() + "-"
                + ProcessHandle.current().pid() + (tries == 1 ? "" : "-" + tries));
        consumer.setVipChannelEnabled(false);
        consumer.setPollNameServerInterval(
                Math.toIntExact(job.settings().routePoll().toMillis()));
        consumer.setHeartbeatBrokerInterval(
                Math.toIntExact(job.settings().heartbeat().toMillis()));
        consumer.setConsumeThreadMin(THREADS);
        consumer.setConsumeThreadMax(THREADS);
        for (String topic : topics) {
            consumer.subscribe(topic, "*");
        }
        Pace pace = paces.get(group.name());
        if (group.order() == ConsumeOrder.ORDERLY) {
            consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
                take(group, pace, messages);
                return ConsumeOrderlyStatus.SUCCESS;
            });
        } else {
            consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                take(group, pace, messages);
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
        }
        return consumer;
    }

    private void take(LiveGroup group, Pace pace, List<MessageExt> messages) {
        for (MessageExt message : messages) {
            diary.received(new Received(
                    Moment.now(),
                    group.name(),
                    job.name(),
                    LiveMessage.of(message.getTopic(), message.getKeys()),
                    new Place(message.getBrokerName(), message.getQueueId(), message.getQueueOffset()),
                    message.getReconsumeTimes()));
            pace.pass();
        }
    }

    /** How long a group takes per message, which can change while one is being taken. */
    private static final class Pace {
        private long millis;

        Pace(long millis) {
            this.millis = millis;
        }

        synchronized void set(long changed) {
            millis = changed;
            notifyAll();
        }

        synchronized void pass() {
            long start = System.nanoTime();
            try {
                for (long left = left(start); left > 0; left = left(start)) {
                    wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private long left(long start) {
            return millis - (System.nanoTime() - start) / 1_000_000;
        }
    }
}
