package io.github.rocketmigrate.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The lease at name servers that do what real ones do not do on demand, in virtual time. */
final class LeaseTest {
    private static final String KEY = "lease:destination";
    private static final List<String> NAME_SERVERS = List.of("10.0.1.11:9876", "10.0.1.12:9876");

    private final MemoryNetwork network = destination();

    private static MemoryNetwork destination() {
        return new MemoryNetwork(new VirtualTiming(1)).cluster(Side.DESTINATION, "5.3.2", NAME_SERVERS, "new-a");
    }

    private static LeaseNotes notes(MemoryNetwork network) {
        return new LeaseNotes(network.writer(Side.DESTINATION), "destination");
    }

    private static LeaseNote note(String who) {
        return new LeaseNote(who, who, "machine-of-" + who, Optional.empty(), "2026-11-21T12:00:00Z", 0);
    }

    private static Lease take(MemoryNetwork network, String who, Duration patience) throws InterruptedException {
        return Lease.take(
                notes(network), note(who), Lease.Terms.USUAL, patience, Controls.of(network.timing(), Timeouts.USUAL));
    }

    private List<String> holders() {
        List<String> holders = new ArrayList<>();
        network.nameServers(Side.DESTINATION)
                .values()
                .forEach(nameServer ->
                        holders.add(LeaseNote.parse(nameServer.notes().get(KEY))
                                .map(LeaseNote::holder)
                                .orElse("nobody")));
        return holders;
    }

    /** It is held for a while in which its counter moves. */
    @TestFactory
    Stream<DynamicTest> whoeverMeetsAFaultLeavesItToTheNext() throws Exception {
        return EveryWrite.of(() -> new EveryWrite.Story() {
            private final MemoryNetwork own = destination();
            private boolean wasOurs;

            @Override
            public MemoryNetwork network() {
                return own;
            }

            @Override
            public void run() throws Exception {
                wasOurs = false;
                try (Lease lease = take(own, "alice", Duration.ZERO)) {
                    own.timing().sleep(Duration.ofSeconds(70));
                    wasOurs = lease.isOurs();
                } catch (Fault fault) {
                    assertThat(fault).hasMessageContaining("lease");
                }
            }

            @Override
            public void ended(WriteFault fault, WriteCall write) {
                assertThat(wasOurs)
                        .describedAs("a beat that fails is no loss; a lease is not had in part")
                        .isEqualTo(write.number() > NAME_SERVERS.size());
            }

            @Override
            public void arrived() {
                assertThat(wasOurs).isTrue();
                assertThat(own.nameServers(Side.DESTINATION).values())
                        .allMatch(nameServer -> nameServer.notes().isEmpty());
            }
        });
    }

    @Test
    void whoeverCannotHaveItEverywhereLeavesItNowhere() {
        network.begin(write ->
                write.address().equals(NAME_SERVERS.get(1)) ? Optional.of(WriteFault.REFUSED) : Optional.empty());
        assertThatThrownBy(() -> take(network, "alice", Duration.ZERO))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("10.0.1.12:9876 refused");
        assertThat(holders()).containsExactly("nobody", "nobody");
    }

    @Test
    void whoeverIsDeadIsTakenOverAfterATerm() throws Exception {
        notes(network).putEverywhere(note("alice"));
        try (Lease lease = take(network, "bob", Duration.ZERO)) {
            assertThat(lease.hasWaited()).isTrue();
            assertThat(holders()).containsExactly("bob", "bob");
            assertThat(network.timing().elapsed())
                    .isBetween(
                            Lease.Terms.USUAL.term(), Lease.Terms.USUAL.term().plusSeconds(10));
        }
    }

    @Test
    void whoeverIsAliveIsWaitedForAsLongAsAsked() throws Exception {
        try (Lease lease = take(network, "alice", Duration.ZERO)) {
            assertThatThrownBy(() -> take(network, "bob", Duration.ofMinutes(10)))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("alice on machine-of-alice")
                    .hasMessageMatching(".* It sent a heartbeat [0-3]?[0-9] s ago\\.");
            assertThat(network.timing().elapsed())
                    .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(10).plusSeconds(10));
            assertThat(lease.isOurs()).isTrue();
        }
        assertThat(holders()).containsExactly("nobody", "nobody");
    }

    /** Somebody stops the process while it shows that it lives: when it goes on, its successor may be at work. */
    @Test
    void whoeverStoodStillWhileItShowedThatItLivesStops() throws Exception {
        network.witness(write -> {
            if (write.number() == 3) {
                network.timing().sleep(Lease.Terms.USUAL.term());
            }
        });
        network.begin(FaultPlan.NONE);
        try (Lease lease = take(network, "alice", Duration.ZERO)) {
            network.timing().sleep(Duration.ofSeconds(40));
            assertThat(lease.isLost()).isTrue();
            assertThatThrownBy(lease::confirm).isInstanceOf(Lease.Lost.class);
            assertThat(holders()).containsExactly("nobody", "nobody");
        }
    }

    /** The person who reads it at night pastes it in the folder of the plan. */
    @Test
    void theCommandForADeadRunNamesThePlan() throws Exception {
        Lease held = take(network, "dead", Duration.ZERO);
        LeaseNotes notes = new LeaseNotes(network.writer(Side.DESTINATION), "destination", "shop.yaml");
        assertThatThrownBy(() -> Lease.take(
                        notes,
                        note("other"),
                        Lease.Terms.USUAL,
                        Duration.ZERO,
                        Controls.of(network.timing(), Timeouts.USUAL)))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.nextStep())
                                .endsWith(
                                        "If it is dead: mvn migrate:unlock -Dmigrate.file=shop.yaml -Dmigrate.leaseId=dead"));
        held.close();
    }
}
