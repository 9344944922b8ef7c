package io.github.rocketmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.run.AdoptionGoals;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.LocalServerJars;
import io.github.rocketmigrate.sandbox.QuietProgress;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.SandboxSettings;
import io.github.rocketmigrate.wire.AdminConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;

/** Times {@code discover} and {@code assess} with 2,000 topics, and 1,000 groups that nobody runs. */
final class AdoptionTimes {
    private static final int TOPICS = 2_000;
    private static final int GROUPS = 1_000;
    private static final int LIST = 500;
    private static final int QUEUES = 4;
    private static final int READ_AND_WRITE = 6;
    private static final int RUNS = 3;
    private static final Duration MOST = Duration.ofMinutes(1);
    private static final String BROKER = "source-a";

    private AdoptionTimes() {}

    /** Measures with brokers of its own, in {@code folder}. */
    static void measure(Scores scores, Path folder) throws Exception {
        Sandbox sandbox = Sandbox.in(folder.resolve("sandbox-adopt"));
        try {
            // What an earlier run left would not be replaced.
            sandbox.stop(Lifetime.OF_THIS_PROCESS);
            SandboxSettings settings = new SandboxSettings(
                    new ServerVersion(5, 3, 3), new ServerVersion(5, 5, 0), 1, false, false, false, false, "1g");
            Endpoints endpoints = sandbox.start(
                            settings, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress())
                    .endpoints();
            fill(endpoints.cluster(Side.SOURCE));
            AdoptionGoals goals = new AdoptionGoals(endpoints, Files.createDirectories(folder.resolve("adopt")));
            time(scores, "10. discover", () -> require(goals.discover().counts().get("topics") == TOPICS));
            time(
                    scores,
                    "11. assess, without observing",
                    () -> require(!goals.assess().rows().isEmpty()));
        } finally {
            sandbox.stop(Lifetime.OF_THIS_PROCESS);
        }
    }

    private static void require(boolean isComplete) {
        if (!isComplete) {
            throw new IllegalStateException("not everything was read");
        }
    }

    private static void time(Scores scores, String goal, Pairs.Work work) throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            took.add(Pairs.time(work));
        }
        scores.say("%n%s: %,d topics, %,d groups", goal, TOPICS, GROUPS);
        Duration longest = Collections.max(took);
        scores.goal(
                longest.compareTo(MOST) < 0,
                "the longest of %d runs took %.1f s, at most %d s",
                RUNS,
                longest.toMillis() / 1_000.0,
                MOST.toSeconds());
    }

    /** Each topic has a message. Each second one has a group that has consumed it. */
    private static void fill(Endpoints.SandboxCluster source) throws Exception {
        try (AdminConnection connection = AdminConnection.open(source.nameServers(), Optional.empty())) {
            String broker = source.brokers().get(BROKER);
            List<TopicConfig> topics = IntStream.range(0, TOPICS)
                    .mapToObj(i -> new TopicConfig("topic-" + i, QUEUES, QUEUES, READ_AND_WRITE))
                    .toList();
            for (int i = 0; i < TOPICS; i += LIST) {
                connection.admin().createAndUpdateTopicConfigList(broker, topics.subList(i, i + LIST));
            }
            send(source);
            List<SubscriptionGroupConfig> groups =
                    IntStream.range(0, GROUPS).mapToObj(AdoptionTimes::group).toList();
            connection.admin().createAndUpdateSubscriptionGroupConfigList(broker, groups);
            for (int i = 0; i < GROUPS; i++) {
                connection
                        .admin()
                        .updateConsumeOffset(
                                broker,
                                groups.get(i).getGroupName(),
                                new MessageQueue(topics.get(TOPICS / GROUPS * i).getTopicName(), BROKER, 0),
                                1);
            }
        }
    }

    private static SubscriptionGroupConfig group(int number) {
        SubscriptionGroupConfig group = new SubscriptionGroupConfig();
        group.setGroupName("group-" + number);
        return group;
    }

    private static void send(Endpoints.SandboxCluster source) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("benchmark");
        producer.setNamesrvAddr(source.nameServers());
        producer.setInstanceName("adopt");
        producer.start();
        try {
            for (int i = 0; i < TOPICS; i++) {
                producer.send(
                        new Message("topic-" + i, "first".getBytes(UTF_8)), new MessageQueue("topic-" + i, BROKER, 0));
            }
        } finally {
            producer.shutdown();
        }
    }
}
