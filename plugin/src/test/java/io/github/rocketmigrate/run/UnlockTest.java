package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.LeaseNotes;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that moved traffic holds a lease of each cluster; when it is dead, both are released. */
final class UnlockTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T03:00:00Z");

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private final LeaseNote dead = LeaseNote.of(Goals.ORIGIN, BEGIN, new Random(1));
    private MigrationPlan plan;

    @BeforeEach
    void twoClusters() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876", "10.0.0.12:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4));
        plan = MemorySituation.plan(network, "batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]\n");
    }

    private String unlock(Optional<String> id) {
        Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            writers.put(side, network.writer(side));
        }
        return new Unlock(network.timing(), it -> Connections.of(it, writers, network.timing()))
                .run(new Invocation("shop.yaml", Selection.ALL), plan, id).stream()
                        .map(answer -> answer.what()
                                + answer.command().map(it -> " " + it).orElse(""))
                        .collect(joining(" "));
    }

    private void hold(Side side, LeaseNote lease) throws InterruptedException {
        new LeaseNotes(network.writer(side), network.reader(side).metadata().cluster()).putEverywhere(lease);
    }

    @Test
    void bothLeasesOfADeadRunAreNamedAndReleased() throws Exception {
        assertThat(unlock(Optional.empty())).isEqualTo("No run holds the lease of destination or source.");
        hold(Side.DESTINATION, dead);
        hold(Side.SOURCE, dead);
        assertThat(unlock(Optional.empty()))
                .isEqualTo("The lease of destination and source is held by tester on here, since 2026-11-21T03:00:00Z,"
                        + " lease " + dead.id()
                        + ". Last heartbeat 9 h ago (one every 30 s): it is probably dead."
                        + " Make sure that it no longer runs, then release its lease: mvn"
                        + " migrate:unlock -Dmigrate.file=shop.yaml -Dmigrate.leaseId=" + dead.id());
        assertThat(unlock(Optional.of(dead.id())))
                .startsWith("Lease " + dead.id() + " of destination and source")
                .endsWith("was released on 3 name servers.");
        assertThat(unlock(Optional.empty())).isEqualTo("No run holds the lease of destination or source.");
    }

    @Test
    void aLivingRunIsNotToBeReleased() throws Exception {
        Instant now = network.timing().clock().instant();
        hold(Side.DESTINATION, LeaseNote.of(Goals.ORIGIN, now.minusSeconds(40), new Random(3)));
        assertThat(unlock(Optional.empty()))
                .contains(". Last heartbeat 40 s ago (one every 30 s)."
                        + " Wait until it ends. If you know that it is dead, release its lease: mvn migrate:unlock");
    }

    /** The lease of the destination has been taken over, and that of the source has not. */
    @Test
    void theLeaseOfTheSourceAloneIsReleasedToo() throws Exception {
        LeaseNote alive = LeaseNote.of(Goals.ORIGIN, BEGIN, new Random(2));
        hold(Side.DESTINATION, alive);
        hold(Side.SOURCE, dead);
        assertThat(unlock(Optional.empty()))
                .contains("The lease of source is held by tester on here")
                .contains("The lease of destination is held by tester on here");
        assertThat(unlock(Optional.of(dead.id()))).startsWith("Lease " + dead.id() + " of source, ");
        assertThat(unlock(Optional.empty())).contains(alive.id()).doesNotContain(dead.id());
    }

    @Test
    void anUnknownIdReleasesNothingAndNamesTheHolder() throws Exception {
        hold(Side.SOURCE, dead);
        assertThatThrownBy(() -> unlock(Optional.of("another"))).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault).hasMessage("There is no lease another of destination or source.");
            assertThat(fault.nextStep())
                    .contains("The lease of source is held by")
                    .contains(dead.id());
        });
        assertThat(unlock(Optional.empty())).contains(dead.id());
    }
}
