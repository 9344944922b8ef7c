package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time that a run expects a backlog to last, against the time that it did. */
@Tag("thorough")
final class EstimateIT {
    private static final int BACKLOG = 50_000;
    private static final int QUEUES = 4;
    private static final int BATCH = 32;
    /** 32 messages at a time, in one thread: about 500 in a second. */
    private static final long MILLIS_PER_BATCH = 64;

    private static final double TOLERANCE = 0.2;
    /** Shorter ones are of a few commits, which come every 5 s. */
    private static final Duration LEAST = Duration.ofSeconds(25);

    private static final Pattern LEFT = Pattern.compile(": about (?:(\\d+) min)?(?: ?(\\d+) s)? left");
    private static final Path FIGURES = Path.of("target", "estimates.txt");

    private static final Apply.Settings PATIENT = new Apply.Settings(
            false,
            Duration.ofMinutes(15),
            Goals.SETTINGS.forgotten(),
            Goals.STEADY.terms(),
            Goals.SETTINGS.timeouts(),
            Goals.SETTINGS.policy());

    @TempDir
    Path folder;

    /**
     * An estimate of a wait.
     *
     * @param at when it was made
     * @param left what it says
     */
    private record Estimate(Instant at, Duration left) {}

    /** Keeps every estimate of a run. */
    private static final class Estimates implements ApplyProgress {
        private final List<Estimate> all = new ArrayList<>();

        @Override
        public void waiting(List<WaitReason> reasons) {
            for (WaitReason reason : reasons) {
                Matcher left = LEFT.matcher(reason.what());
                if (left.find()) {
                    all.add(new Estimate(
                            Instant.now(),
                            Duration.ofMinutes(number(left.group(1))).plusSeconds(number(left.group(2)))));
                }
            }
        }

        private static long number(String digits) {
            return digits == null ? 0 : Long.parseLong(digits);
        }

        @Override
        public void done(int done, int all) {}

        @Override
        public void made(List<AppliedChange> changes, Duration took) {}

        @Override
        public void overruled(String what) {}
    }

    @Test
    void aBacklogAtASteadyRateEndsWhenTheRunExpects() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.startJoined(folder.resolve("servers"), "4.9.7", "5.5.0", 1);
                RealClients clients = new RealClients(sandbox.endpoints())) {
            Topics.create(sandbox.endpoints().cluster(Side.SOURCE), new TopicConfig("mails", QUEUES, QUEUES, 6));
            Topics.createGroup(sandbox.endpoints().cluster(Side.SOURCE), "mailer");
            // It stays, because a producer that has gone cannot be known to have switched.
            RealSender sender = new RealSender(sandbox.endpoints(), "mails-sender", Side.DESTINATION);
            clients.add(sender);
            seed(sender);
            AtomicInteger consumed = new AtomicInteger();
            AtomicReference<Instant> last = new AtomicReference<>(Instant.now());
            DefaultMQPushConsumer mailer = clients.consumer(
                    "mailer",
                    "one",
                    sandbox.endpoints().cluster(Side.DESTINATION).nameServers(),
                    "mails");
            mailer.setConsumeMessageBatchMaxSize(BATCH);
            mailer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                pause(messages.size() * MILLIS_PER_BATCH / BATCH);
                consumed.addAndGet(messages.size());
                last.set(Instant.now());
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
            mailer.start();
            clients.add(mailer::shutdown);

            CheckedTopics topics = new CheckedTopics(sandbox.endpoints(), folder.resolve("output"));
            Estimates estimates = new Estimates();
            ApplyReport report = topics.goals()
                    .apply(
                            topics.text("", Stage.DESTINATION, "mails", "NORMAL", "mailer"),
                            PATIENT,
                            new StopSignal(),
                            estimates);
            assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
            assertThat(consumed).hasValueGreaterThanOrEqualTo(BACKLOG);
            List<Estimate> compared = estimates.all.stream()
                    .filter(one -> Duration.between(one.at(), last.get()).compareTo(LEAST) > 0)
                    .toList();
            Files.write(
                    FIGURES,
                    compared.stream()
                            .map(one -> one.left().toSeconds() + " s expected, "
                                    + Duration.between(one.at(), last.get()).toSeconds() + " s were left")
                            .toList());
            assertThat(compared)
                    .hasSizeGreaterThan(2)
                    .allSatisfy(one -> assertThat((double) one.left().toMillis())
                            .isBetween(share(one, last.get(), 1 - TOLERANCE), share(one, last.get(), 1 + TOLERANCE)));
        }
    }

    private static double share(Estimate one, Instant end, double share) {
        return Duration.between(one.at(), end).toMillis() * share;
    }

    /** The rate of an application that is as fast as its database. */
    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void seed(RealSender sender) throws Exception {
        List<Message> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            batch.add(new Message("mails", new byte[] {1}));
        }
        for (int sent = 0; sent < BACKLOG; sent += BATCH) {
            sender.producer().send(batch);
        }
    }
}
