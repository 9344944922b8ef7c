package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and processes that die or stand still while something is applied: real ones, and really. */
final class LostServersIT {
    private static final int TOPIC = 17;
    private static final int TOPICS = 18;

    @TempDir
    Path sandboxFolder;

    @TempDir
    Path folder;

    private OwnSandbox sandbox;
    private List<String> names;

    @BeforeEach
    void start() throws Exception {
        sandbox = OwnSandbox.start(sandboxFolder, "5.5.0", "5.5.0", 2, false);
        names = IntStream.range(0, 12).mapToObj(i -> "lost-" + i).toList();
        Topics.createBoth(sandbox.endpoints().cluster(Side.SOURCE), names, List.of("lost-group"));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private Goals goals() {
        return new Goals(sandbox.endpoints(), folder);
    }

    private String plan() throws Exception {
        return goals().batch(names, List.of("lost-group"));
    }

    private void theNextRunConverges() throws Exception {
        ApplyReport next = goals().apply(plan());
        assertThat(next.outcome()).describedAs(Printed.of(next)).isIn(Outcome.APPLIED, Outcome.CLEAN);
        assertThat(goals().plan(plan(), Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void aBrokerIsKilledDuringAListAndAnotherAfterIt() throws Exception {
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            wire.on(TOPICS).at("destination-a").before(() -> sandbox.kill("destination-a"));
            ApplyReport report = goals.apply(goals.batch(names, List.of("lost-group")));
            assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
            assertThat(report.application().count(WriteOutcome.UNKNOWN)).isEqualTo(11);
            assertThat(Printed.of(report)).contains("destination-a");
        }
        PlanReport without = goals().plan(plan(), Selection.ALL);
        assertThat(without.outcome())
                .describedAs("the name server has forgotten it, the record has not")
                .isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(without))
                .contains(
                        "brokers-present failed 1 master of an earlier run is not listed by every name server: destination-a (destination)");
        assertThat(goals().apply(plan()).summary())
                .describedAs("nothing is made on the other one alone")
                .startsWith("Apply: nothing changed; ");
        sandbox.restart("destination-a");
        theNextRunConverges();

        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            wire.on(TOPICS).at("destination-b").after(() -> sandbox.kill("destination-b"));
            String more = goals.batch(names, List.of("lost-group")).replace("type: FIFO", "type: FIFO, queues: 5");
            ApplyReport report = goals.apply(more);
            assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
            assertThat(report.application().count(WriteOutcome.UNKNOWN))
                    .describedAs("it took them, and cannot be read any more")
                    .isEqualTo(11);
        }
        sandbox.awaitUnlisted("destination-b");
        Apply.Settings forgetting = new Apply.Settings(
                false,
                Goals.SETTINGS.maxWait(),
                Set.of("destination-b"),
                Goals.SETTINGS.terms(),
                Goals.SETTINGS.timeouts(),
                Goals.SETTINGS.policy());
        String five = plan().replace("type: FIFO", "type: FIFO, queues: 5");
        ApplyReport report = goals().apply(five, Selection.ALL, Optional.empty(), forgetting, new StopSignal());
        assertThat(report.outcome()).describedAs(Printed.of(report)).isIn(Outcome.APPLIED, Outcome.CLEAN);
        assertThat(goals().plan(five, Selection.ALL).outcome())
                .describedAs("one that was taken out for good is not missed")
                .isEqualTo(Outcome.CLEAN);
    }

    @Test
    @Tag("thorough")
    void theNameServerIsKilledBetweenAListAndItsReadingBack() throws Exception {
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            wire.on(TOPICS).at("destination-b").before(() -> sandbox.kill("destination-nameserver"));
            ApplyReport report = goals.apply(goals.batch(names, List.of("lost-group")));
            assertThat(wire.unfired()).describedAs(Printed.of(report)).isEmpty();
            assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
            assertThat(report.application().count(WriteOutcome.UNKNOWN)
                            + report.application().count(WriteOutcome.NOT_ATTEMPTED))
                    .describedAs("not seen at the name server, or not sent to the other master any more")
                    .isEqualTo(11);
        }
        assertThatThrownBy(() -> goals().apply(plan()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("refuses connections: no process listens at this address");
        sandbox.restart("destination-nameserver");
        theNextRunConverges();
    }

    /** The process stands still in the middle of a write; another one takes over; then it wakes up. */
    @Test
    @Tag("thorough")
    void aHolderOfTheLeaseThatWasSuspendedWritesNothingMore() throws Exception {
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            AtomicReference<Process> first = new AtomicReference<>();
            // The first topic goes to one master, and alone: nothing else is past its look at the lease then.
            wire.on(TOPIC)
                    .at("destination-a")
                    .before(() -> OwnSandbox.signal("STOP", first.get().toHandle()));
            String tapped = new Goals(wire.endpoints(), folder).batch(names, List.of("lost-group"));
            first.set(ApplyMain.start(tapped, folder.resolve("first")));
            try {
                Future<ApplyReport> second = inBackground(() -> {
                    while (!wire.unfired().isEmpty()) {
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                    return goals().apply(plan().replace("type: FIFO", "type: FIFO, queues: 6"));
                });
                ApplyReport report = second.get(1, TimeUnit.MINUTES);
                assertThat(report.outcome())
                        .describedAs("it has waited, and looked again: " + Printed.of(report))
                        .isEqualTo(Outcome.APPLIED);
                wire.codes();
                OwnSandbox.signal("CONT", first.get().toHandle());
                assertThat(first.get().waitFor()).isZero();
                assertThat(ApplyMain.printed(folder.resolve("first")))
                        .describedAs(
                                "whatever it finds first: the lease or the answer is gone, or the values are others")
                        .containsPattern("[1-9]\\d* (failed|unknown|not attempted)");
                assertThat(wire.codes().keySet()).doesNotContain(TOPICS, TOPIC, 200, 225);
            } finally {
                first.get().destroyForcibly().waitFor();
            }
        }
        assertThat(goals().plan(plan().replace("type: FIFO", "type: FIFO, queues: 6"), Selection.ALL)
                        .outcome())
                .isEqualTo(Outcome.CLEAN);
    }

    private static Future<ApplyReport> inBackground(Callable<ApplyReport> task) {
        ExecutorService background = Executors.newSingleThreadExecutor();
        try {
            return background.submit(task);
        } finally {
            background.shutdown();
        }
    }
}
