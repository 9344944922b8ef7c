package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTraffic;
import io.github.rocketmigrate.live.Mark;
import io.github.rocketmigrate.live.Sent;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.live.Tally.Duplicate;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics under live traffic go up the ladder and back, and nothing is lost on the way. */
final class LadderIT {
    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 2);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** One of each kind. */
    static List<LiveTopic> everyKind() {
        return everyKind("");
    }

    static List<LiveTopic> everyKind(String suffix) {
        return List.of(
                new LiveTopic(
                        "clicks" + suffix,
                        MessageType.NORMAL,
                        LiveGroup.concurrent("audit" + suffix),
                        LiveGroup.orderly("counter" + suffix)),
                new LiveTopic("orders" + suffix, MessageType.FIFO, LiveGroup.orderly("billing" + suffix)),
                new LiveTopic("reminders" + suffix, MessageType.DELAY, LiveGroup.concurrent("mailer" + suffix)),
                new LiveTopic("payments" + suffix, MessageType.TRANSACTION, LiveGroup.concurrent("ledger" + suffix)));
    }

    /** The last step is a rollback, which leaves the plan as it is; then the plan follows. */
    @Test
    void everyKindOfTopicGoesUpAndBack() throws Exception {
        everyKindGoes(sandbox, folder, "", KilledLadderIT.UP_AND_BACK);
    }

    @Test
    @Tag("thorough")
    void everyKindOfTopicGoesUpAndBackAndUpAgain() throws Exception {
        List<Stage> stages = new ArrayList<>(KilledLadderIT.UP_AND_BACK);
        stages.add(Stage.DESTINATION);
        everyKindGoes(sandbox, folder, "-again", stages);
    }

    static void everyKindGoes(OwnSandbox sandbox, Path folder, String suffix, List<Stage> stages) throws Exception {
        List<LiveTopic> topics = everyKind(suffix);
        try (Climb climb = Climb.joined(sandbox, folder, topics, Climb.QUICK)) {
            go(climb, topics, "ladder" + suffix, stages);
        }
    }

    /** Takes topics to one stage after the other, to the source by a rollback, and sees that nothing was lost. */
    static void go(Climb climb, List<LiveTopic> topics, String name, List<Stage> stages) throws Exception {
        for (Stage stage : stages) {
            if (stage == Stage.SOURCE) {
                ApplyReport report = climb.rollback(
                        Stage.READ_BOTH,
                        Selection.ALL,
                        new RollbackOrder(Optional.of(stage), "A drill", Optional.empty()));
                assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
            }
            climb.to(stage);
        }
        assertThat(climb.passedChecks())
                .contains(
                        "brokers-present",
                        "destination-stable",
                        "groups-planned",
                        "consumers-switched",
                        "queues-assigned",
                        "producers-switched",
                        "order-matches",
                        "type-matches",
                        "features-fit",
                        "no-grpc-clients",
                        "fence-ready",
                        "source-quiet",
                        "source-drained",
                        "nothing-stranded");
        Tally tally = climb.finishUnharmed(name);
        repeatsNothingInOrder(tally, topics);
        repeatsOnlyAfterSteps(tally);
    }

    /** Steps take seconds on a slow machine, and then come a route poll and a division of the queues. */
    static void repeatsOnlyAfterSteps(Tally tally) {
        assertThat(Climb.repeatedAfterSteps(tally))
                .describedAs(tally.words())
                .allMatch(after -> after.compareTo(Duration.ofSeconds(20)) < 0);
    }

    /**
     * Groups that consume in order get no message twice on a step; the first division of a queue is none. But for the one
     * that a member has just taken when its queue goes to another: RocketMQ's client does not tell that it has. On a slow
     * machine the queue comes back before the other member has locked it, and then the same member gets it again.
     */
    static void repeatsNothingInOrder(Tally tally, List<LiveTopic> topics) {
        List<String> orderly = topics.stream()
                .flatMap(topic -> topic.groups().stream())
                .filter(group -> group.order() == ConsumeOrder.ORDERLY)
                .map(LiveGroup::name)
                .toList();
        Map<String, List<Duplicate>> byQueue = tally.duplicates().stream()
                .filter(duplicate -> orderly.contains(duplicate.again().group()))
                .filter(duplicate -> !duplicate.mark().name().equals("start"))
                .collect(groupingBy(duplicate -> String.join(
                        " ",
                        duplicate.again().group(),
                        duplicate.again().place().broker(),
                        Integer.toString(duplicate.again().place().queue()),
                        duplicate.mark().name())));
        assertThat(byQueue)
                .describedAs(tally.words())
                .allSatisfy((queue, these) -> assertThat(these).hasSize(1));
    }

    /** Queues change in the same commit as the stage, and after it again. */
    @Test
    @Tag("thorough")
    void theDestinationGetsTheShareOfWritesThatACanaryAsksFor() throws Exception {
        LiveTopic topic = new LiveTopic("views", MessageType.NORMAL, LiveGroup.concurrent("viewers"));
        try (Climb climb = Climb.joined(sandbox, folder, topic)) {
            climb.to(Stage.READ_BOTH);
            for (String canary : List.of("20%", "38%")) {
                climb.to(
                        climb.plan(Stage.WRITE_BOTH)
                                .replace("stage: write-both", "stage: write-both\n    canary: " + canary),
                        canary,
                        Goals.STEADY);
                awaitProducers(climb, climb.live().mark("routes of " + canary));
                Mark mark = climb.live().mark("share of " + canary);
                Eventually.holds(
                        "enough messages to measure", () -> since(climb, mark).size() >= 400);
                List<Sent> sent = since(climb, mark);
                long there = sent.stream()
                        .filter(one -> one.place().broker().startsWith("destination"))
                        .count();
                assertThat(100.0 * there / sent.size())
                        .describedAs(canary)
                        .isBetween(share(canary) - 3, share(canary) + 3);
            }
            climb.to(Stage.WRITE_DESTINATION);
            climb.to(Stage.WRITE_BOTH);
            climb.to(Stage.DESTINATION);
            climb.finishUnharmed("canary");
        }
    }

    /** Each producer has the new routes when it has sent to each queue that the destination is to be written in. */
    private static void awaitProducers(Climb climb, Mark since) throws Exception {
        Set<String> expected = new HashSet<>();
        climb.destination("views").forEach((broker, settings) -> {
            for (int queue = 0; queue < settings.writeQueues(); queue++) {
                for (String producer : LiveTraffic.producers()) {
                    expected.add(String.join(" ", producer, broker, Integer.toString(queue)));
                }
            }
        });
        Eventually.holds(
                "both producers send to " + expected,
                () -> since(climb, since).stream()
                        .map(sent -> String.join(
                                " ",
                                sent.message().producer(),
                                sent.place().broker(),
                                Integer.toString(sent.place().queue())))
                        .collect(toSet())
                        .containsAll(expected));
    }

    private static double share(String canary) {
        return Double.parseDouble(canary.replace("%", ""));
    }

    private static List<Sent> since(Climb climb, Mark mark) throws Exception {
        return climb.live().sent().stream()
                .filter(one -> one.at().isAfter(mark.at()))
                .toList();
    }
}
