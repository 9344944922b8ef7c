package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.write.LeaseNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plan that is read during a run says so, and proposes to wait instead of a command that would compete with it. */
final class RunAtWorkTest {
    @Test
    void aRunIsNamedAndWaitedFor() {
        PlanReport report = during(lease(Situations.NOON.minus(Duration.ofMinutes(3)), 5));
        assertThat(Printed.of(report))
                .contains("A run is at work: root on vm, since 11:57 UTC (lease 0c7f2a6b). Last heartbeat 30 s ago"
                        + " (one every 30 s). ")
                .doesNotContain("unlock")
                .endsWith("Next: wait for the run at work to end.");
    }

    @Test
    void aRunOfAnotherDayHasItsDate() {
        assertThat(Printed.of(during(lease(Situations.NOON.minus(Duration.ofDays(1)), 2_880))))
                .contains("A run is at work: root on vm, since 2026-11-20 12:00 UTC (lease 0c7f2a6b).");
    }

    @Test
    void aDeadRunIsNotWaitedFor() {
        assertThat(Printed.of(during(lease(Situations.NOON.minus(Duration.ofMinutes(10)), 2))))
                .contains("A run has left its lease behind: root on vm, since 11:50 UTC (lease 0c7f2a6b). Last"
                        + " heartbeat 9 min ago (one every 30 s): it is probably dead. The next apply takes the"
                        + " lease over after 100 s without a heartbeat. To release the lease at once: mvn"
                        + " migrate:unlock -Dmigrate.leaseId=0c7f2a6b ")
                .contains("mvn migrate:apply");
    }

    /** The age would be negative. */
    @Test
    void aClockThatIsWrongIsNamed() {
        assertThat(Printed.of(during(lease(Situations.NOON.plus(Duration.ofMinutes(10)), 0))))
                .contains("Its last heartbeat is in the future: its clock or that of this machine is wrong.");
    }

    @Test
    void otherwiseNothingIsSaid() {
        assertThat(Printed.of(during(Optional.empty()))).doesNotContain("lease").contains("mvn migrate:apply");
    }

    /** Name servers differ while a heartbeat is on its way. */
    @Test
    void theNewestHeartbeatCounts() {
        LeaseNote first = lease(Situations.NOON, 0).orElseThrow();
        assertThat(LeaseNote.of(
                        "new",
                        Map.of(
                                "10.0.1.11:9876", Map.of("lease:new", first.text()),
                                "10.0.1.12:9876",
                                        Map.of("lease:new", first.moved().text()),
                                "10.0.1.13:9876",
                                        Map.of(
                                                "lease:other",
                                                first.moved().moved().text()))))
                .contains(first.moved());
    }

    private static Optional<LeaseNote> lease(Instant since, long beat) {
        return Optional.of(new LeaseNote("0c7f2a6b", "root", "vm", Optional.empty(), since.toString(), beat));
    }

    private static PlanReport during(Optional<LeaseNote> lease) {
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(Situations.of(
                        "batches: [{ name: all, topics: [{ name: orders, type: NORMAL }] }]\n",
                        cluster("old", "4.9.7", "old-a").with("orders", topic(4)),
                        cluster("new", "5.5.0", "new-a"))),
                List.of(),
                lease);
    }
}
