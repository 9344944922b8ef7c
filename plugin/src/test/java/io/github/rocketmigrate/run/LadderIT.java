package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveSettings;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTopics;
import io.github.rocketmigrate.live.LiveTraffic;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics under live traffic go up the ladder, back, and up again, and nothing is lost on the way. */
final class LadderIT {
    private static final String TRAFFIC = "traffic: { routing: join }\n";
    private static final Duration FOLLOWING = Duration.ofSeconds(2);

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

    @Test
    void everyKindOfTopicGoesUpAndBackAndUpAgain() throws Exception {
        List<LiveTopic> topics = List.of(
                new LiveTopic(
                        "clicks", MessageType.NORMAL, LiveGroup.concurrent("audit"), LiveGroup.orderly("counter")),
                new LiveTopic("orders", MessageType.FIFO, LiveGroup.orderly("billing")),
                new LiveTopic("reminders", MessageType.DELAY, LiveGroup.concurrent("mailer")),
                new LiveTopic("payments", MessageType.TRANSACTION, LiveGroup.concurrent("ledger")));
        LiveTopics.create(sandbox, Side.SOURCE, topics);
        Goals goals = new Goals(sandbox.endpoints(), folder.resolve("output"));
        Tally tally;
        try (LiveTraffic live = LiveTraffic.start(
                folder.resolve("live"),
                sandbox.endpoints().cluster(Side.DESTINATION).nameServers(),
                topics,
                LiveSettings.following(FOLLOWING))) {
            live.awaitFlow();
            for (Stage stage : List.of(
                    Stage.READ_BOTH,
                    Stage.WRITE_DESTINATION,
                    Stage.DESTINATION,
                    Stage.WRITE_DESTINATION,
                    Stage.READ_BOTH,
                    Stage.SOURCE,
                    Stage.DESTINATION)) {
                String plan = goals.ladder(TRAFFIC, topics, stage);
                var mark = live.mark(stage.word());
                ApplyReport report = goals.move(plan);
                assertThat(report.outcome()).describedAs(report.verdict()).isEqualTo(Outcome.APPLIED);
                assertThat(goals.plan(plan, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
                live.awaitFlowSince(mark);
            }
            tally = live.finish(Duration.ofSeconds(60));
        }
        Files.writeString(Path.of("target", "ladder-tally.txt"), tally.words());
        assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
        assertThat(tally.lost()).describedAs(tally.words()).isEmpty();
        assertThat(tally.overtakers()).describedAs(tally.words()).isEmpty();
    }
}
