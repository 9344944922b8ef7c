package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.FenceFigures;
import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveSettings;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTraffic;
import io.github.rocketmigrate.live.Mark;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.PassedFence;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.Timeouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What consumers notice of a fence, with every interval and limit as it is in production: without the hold of its routes,
 * where the name servers ignore them, and with it, forward and back; and whether each fence took as long as was expected
 * when it closed. The figures are kept in {@code target/fence-figures-*.txt}.
 */
@Tag("thorough")
final class FenceNoticeIT {
    private static final Apply.Settings USUAL =
            new Apply.Settings(false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL);
    private static final String TOPIC = "orders";
    private static final Duration INACCURACY = Duration.ofSeconds(5);
    private static final int SUCCESS = 0;
    private static final int SET_ROUTE = 217;

    @TempDir
    Path folder;

    private final List<FenceFigures> figures = new ArrayList<>();
    private final List<PassedFence> times = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"4.9.7, 5.5.0", "4.7.1, 5.1.4", "5.1.4, 5.3.3"})
    void consumersKeepTheirQueues(String source, String destination) throws Exception {
        LiveTopic topic = new LiveTopic(TOPIC, MessageType.FIFO, LiveGroup.orderly("billing"));
        try (OwnSandbox sandbox = OwnSandbox.startJoined(folder.resolve("sandbox"), source, destination, 2);
                Climb climb = Climb.joined(sandbox, folder, List.of(topic), LiveSettings.AS_IN_PRODUCTION)) {
            climb.to(climb.plan(Stage.READ_BOTH), "read-both", USUAL);
            for (boolean held : List.of(false, true)) {
                try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                    if (!held) {
                        wire.on(SET_ROUTE).every().answer(SUCCESS, "");
                    }
                    pass(climb, wire, Stage.WRITE_DESTINATION, held);
                    pass(climb, wire, Stage.READ_BOTH, held);
                }
            }
            Tally tally = climb.finishUnharmed("fence-notice");
            LadderIT.repeatsNothingInOrder(tally, List.of(topic));
        } finally {
            Files.write(
                    Path.of("target", "fence-figures-" + source + "-" + destination + ".txt"),
                    Stream.concat(
                                    figures.stream().map(FenceFigures::words),
                                    times.stream().map(PassedFence::words))
                            .toList());
        }
        assertThat(times)
                .allSatisfy(fence -> assertThat(fence.took())
                        .describedAs(fence.words())
                        .isBetween(
                                fence.expected().closed().minus(INACCURACY),
                                fence.expected().longest().plus(INACCURACY)));
        assertThat(figures.get(2).changes() + figures.get(3).changes())
                .describedAs(
                        "changes of queues: %s",
                        figures.stream().map(FenceFigures::words).toList())
                .isZero();
    }

    private void pass(Climb climb, FaultyWire wire, Stage stage, boolean held) throws Exception {
        LiveTraffic live = climb.live();
        climb.awaitReady(stage);
        long loggedBefore = live.mostLogged();
        ApplyReport report = climb.attempt(stage, wire, USUAL);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        PassedFence fence = report.run().fences().get(0);
        List<Instant> steps = climb.journal().stream()
                .filter(line -> line.path("event").asText().equals("step"))
                .map(line -> Instant.parse(line.path("at").asText()))
                .toList();
        live.awaitFlowSince(new Mark("after " + stage.word(), Instant.now().plusSeconds(60)));
        Side opens = stage == Stage.READ_BOTH ? Side.SOURCE : Side.DESTINATION;
        figures.add(FenceFigures.of(
                (held ? "held, to " : "not held, to ") + stage.word(),
                live,
                TOPIC,
                steps.get(0),
                steps.get(1),
                opens.word(),
                live.mostLogged() - loggedBefore));
        times.add(fence);
    }
}
