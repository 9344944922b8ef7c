package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTopics;
import io.github.rocketmigrate.live.LiveTraffic;
import io.github.rocketmigrate.live.Mark;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The destination dies after a topic has moved there, and the source takes the topic back, with live clients. */
final class WithoutDestinationIT {
    private static final String JOIN = "traffic: { routing: join }\n";

    @TempDir
    Path sandboxFolder;

    @TempDir
    Path folder;

    @Test
    void producersFindTheSourceAgainAndNothingIsLost() throws Exception {
        LiveTopic clicks = new LiveTopic("clicks", MessageType.NORMAL, LiveGroup.concurrent("audit"));
        try (OwnSandbox sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 1);
                Climb climb = Climb.joined(sandbox, folder, clicks)) {
            climb.to(Stage.WRITE_DESTINATION);
            sandbox.lose("destination-a");

            ApplyReport back = climb.attempt(Stage.READ_BOTH);
            assertThat(back.outcome()).describedAs(Printed.of(back)).isEqualTo(Outcome.INCOMPLETE);
            assertThat(Printed.of(back)).contains("Only the source was opened.");
            Mark opened = climb.live().mark("the source is open");
            Eventually.holds(
                    "both producers send to the source",
                    () -> sendersSince(climb, opened).equals(LiveTraffic.producers()));

            sandbox.restart("destination-a");
            climb.to(Stage.READ_BOTH);
            climb.finish("without-destination");
        }
    }

    /** By a commit that sets the stage back, or by a rollback, which also holds the topics when the destination is back. */
    @ParameterizedTest(name = "with the goal rollback: {0}")
    @ValueSource(booleans = {false, true})
    @Tag("thorough")
    void aHundredTopicsOpenThoughNoServerOfTheDestinationAnswers(boolean rollback) throws Exception {
        List<LiveTopic> topics = IntStream.range(0, 100)
                .mapToObj(i -> new LiveTopic("topic-" + i, MessageType.NORMAL))
                .toList();
        try (OwnSandbox sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 1)) {
            LiveTopics.create(sandbox, Side.SOURCE, topics);
            Goals goals = new Goals(sandbox.endpoints(), folder);
            String forward = goals.ladder(JOIN, topics, Stage.WRITE_DESTINATION);
            ApplyReport there = goals.applySteadily(forward);
            assertThat(there.outcome()).describedAs(Printed.of(there)).isEqualTo(Outcome.APPLIED);
            sandbox.kill("destination-a");
            sandbox.kill("destination-nameserver");

            ApplyReport back = rollback
                    ? goals.rollback(
                            forward,
                            Selection.ALL,
                            new RollbackOrder(Optional.of(Stage.READ_BOTH), "No server answers", Optional.empty()),
                            Goals.STEADY)
                    : goals.applySteadily(goals.ladder(JOIN, topics, Stage.READ_BOTH));
            assertThat(back.outcome()).describedAs(Printed.of(back)).isEqualTo(Outcome.INCOMPLETE);
            assertThat(Printed.of(back))
                    .contains("restart the applications with the source's: "
                            + sandbox.endpoints().cluster(Side.SOURCE).nameServers());
            assertThat(back.summary()).contains("100 opened at the source, to finish");
            if (rollback) {
                sandbox.restart("destination-nameserver", "destination-a");
                ApplyReport held = goals.applySteadily(forward);
                assertThat(held.outcome()).describedAs(Printed.of(held)).isEqualTo(Outcome.BLOCKED);
                assertThat(Printed.of(held)).contains("rolled back to read-both", ": No server answers");
            }
        }
    }

    private static Set<String> sendersSince(Climb climb, Mark mark) throws Exception {
        return climb.live().sent().stream()
                .filter(sent ->
                        sent.at().isAfter(mark.at()) && sent.place().broker().startsWith("source"))
                .map(sent -> sent.message().producer())
                .collect(toSet());
    }
}
