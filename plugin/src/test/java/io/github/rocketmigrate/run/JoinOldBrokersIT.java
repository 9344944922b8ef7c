package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Impossible;
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
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers up to 4.9.3 read their name servers at their start only, so their owners have to join and unjoin them. */
final class JoinOldBrokersIT {
    private static final String BROKER = "source-a";
    private static final String JOIN = "traffic: { routing: join }\n";
    private static final String COMPLETE = "traffic: { routing: join, complete: true }\n";
    private static final Pattern SETTING =
            Pattern.compile("\\b[Ss]et namesrvAddr=(\\S+) in its configuration and restart it\\.");

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.start(sandboxFolder, "4.7.1", "5.5.0", 1, false);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** Does what a plan says that the owners have to do. */
    private static void obey(PlanReport plan) throws Exception {
        assertThat(plan.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(plan.changes().impossible())
                .extracting(one -> one.reason().word())
                .containsExactly("join-needs-restart");
        Impossible one = plan.changes().impossible().get(0);
        assertThat(one.what())
                .isEqualTo("the source's broker source-a runs 4.7.1, which reads its name servers only at startup");
        Matcher setting = SETTING.matcher(one.fix());
        assertThat(setting.find()).describedAs(one.fix()).isTrue();
        sandbox.kill(BROKER);
        sandbox.configure(BROKER, "namesrvAddr", setting.group(1));
        sandbox.restart(BROKER);
    }

    /** The source accepts messages of a topic that has left it, and nobody reads them. */
    private static void aLateMessageHoldsTheEnd(Goals goals, String complete) throws Exception {
        MessageQueue queue = new MessageQueue("clicks", BROKER, 0);
        Endpoints.SandboxCluster source = sandbox.endpoints().cluster(Side.SOURCE);
        Topics.send(source, "clicks", queue.getQueueId());
        ApplyReport held = goals.apply(complete);
        assertThat(held.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(held))
                .contains("the source has 1 message of it that nobody reads there anymore: unread by audit;"
                        + " sent by 127.0.0.1:")
                .contains("reset its offset at the source");
        try (AdminConnection connection = AdminConnection.open(source.nameServers(), Optional.empty())) {
            long next = connection.admin().maxOffset(queue);
            connection.admin().updateConsumeOffset(source.brokers().get(BROKER), "audit", queue, next);
        }
    }

    @Test
    void onceItsOwnersHaveJoinedItTrafficMovesToTheEnd() throws Exception {
        List<LiveTopic> topics = List.of(new LiveTopic("clicks", MessageType.NORMAL, LiveGroup.concurrent("audit")));
        LiveTopics.create(sandbox, Side.SOURCE, topics);
        Goals goals = new Goals(sandbox.endpoints(), folder.resolve("output"));
        String source = goals.ladder(JOIN, topics, Stage.SOURCE);
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals tapped = new Goals(wire.endpoints(), folder.resolve("tapped"));
            ApplyReport report = tapped.apply(tapped.ladder(JOIN, topics, Stage.DESTINATION));
            assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
            assertThat(Printed.of(report))
                    .contains("source-a runs 4.7.1, which reads its name servers only at startup");
            assertThat(wire.codes())
                    .describedAs("no setting, and no topic before the join")
                    .doesNotContainKeys(25, 17, 18, 200, 225);
        }
        obey(goals.plan(source, Selection.ALL));
        assertThat(goals.plan(source, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);

        String last = goals.ladder(JOIN, topics, Stage.DESTINATION);
        Tally tally;
        try (LiveTraffic live = LiveTraffic.start(
                folder.resolve("live"),
                sandbox.endpoints().cluster(Side.DESTINATION).nameServers(),
                topics,
                LiveSettings.following(Duration.ofSeconds(2)).withPerSecond(5))) {
            live.awaitFlow();
            ApplyReport report = goals.apply(last, Goals.STEADY, new StopSignal(), ApplyProgress.SILENT);
            assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
            assertThat(goals.plan(last, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
            live.awaitFlowSince(live.mark("destination"));
            tally = live.finish(Duration.ofSeconds(30));
        }
        Files.writeString(Path.of("target", "join-old-brokers-tally.txt"), tally.words());
        assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
        assertThat(tally.lost()).describedAs(tally.words()).isEmpty();

        String complete = goals.ladder(COMPLETE, topics, Stage.DESTINATION);
        obey(goals.plan(complete, Selection.ALL));
        aLateMessageHoldsTheEnd(goals, complete);
        ApplyReport left = goals.apply(complete);
        assertThat(left.outcome()).describedAs(Printed.of(left)).isEqualTo(Outcome.CLEAN);
        assertThat(goals.plan(complete, Selection.ALL).situation().recorded().joined())
                .isEmpty();
    }
}
