package io.github.rocketmigrate.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.run.NotesOf;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.SandboxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lease and the record at two real name servers that know nothing of each other. */
@ExtendWith(SandboxExtension.class)
final class LeaseIT {
    /** Nobody who is alive is as slow as this. */
    private static final Lease.Terms TERMS =
            new Lease.Terms(Duration.ofMillis(300), Duration.ofSeconds(30), Duration.ofMillis(400));

    private static final Lease.Terms SHORT =
            new Lease.Terms(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofMillis(400));

    private NotesOf opened;
    private Notes notes;
    private String cluster;
    private String key;
    private String first;
    private String second;

    @BeforeEach
    void open(Endpoints endpoints, TestInfo test) {
        first = endpoints.cluster(Side.DESTINATION).nameServers();
        second = endpoints.cluster(Side.SOURCE).nameServers();
        opened = new NotesOf(List.of(first, second));
        notes = opened.notes();
        cluster = test.getTestMethod().orElseThrow().getName();
        key = "lease:" + cluster;
    }

    @AfterEach
    void close() throws Exception {
        Map<String, Map<String, String>> all = notes.notes();
        for (String nameServer : notes.nameServers()) {
            for (String its : all.get(nameServer).keySet()) {
                notes.remove(nameServer, its);
            }
        }
        opened.close();
    }

    private static LeaseNote of(String who) {
        return new LeaseNote(
                who, who, "machine-of-" + who, Optional.of("https://ci/" + who), "2026-11-21T03:00:00Z", 0);
    }

    private Lease take(String who) throws Exception {
        return take(who, Duration.ZERO);
    }

    private Lease take(String who, Duration patience) throws Exception {
        return Lease.take(new LeaseNotes(notes, cluster), of(who), TERMS, patience, Controls.real(Timeouts.USUAL));
    }

    private List<String> holders() throws Exception {
        List<String> holders = new ArrayList<>();
        for (Map<String, String> ofOne : notes.notes().values()) {
            holders.add(LeaseNote.parse(ofOne.get(key)).map(LeaseNote::holder).orElse("nobody"));
        }
        return holders;
    }

    @Test
    void isAtAllNameServersWhileItIsHeldAndAtNoneAfterwards() throws Exception {
        try (Lease lease = take("alice")) {
            lease.confirm();
            assertThat(holders()).containsExactly("alice", "alice");
            assertThat(notes.notes().get(first).get(key).length()).isLessThan(1_000);
        }
        assertThat(holders()).containsExactly("nobody", "nobody");
    }

    @Test
    void whoeverIsAliveIsNotTakenOver() throws Exception {
        try (Lease lease = take("alice")) {
            assertThatThrownBy(() -> take("bob")).isInstanceOfSatisfying(Fault.class, fault -> {
                assertThat(fault)
                        .hasMessageStartingWith("Another run may be changing " + cluster
                                + ": alice on machine-of-alice (https://ci/alice), since 2026-11-21T03:00:00Z,"
                                + " lease alice. It sent a heartbeat ");
                assertThat(fault.nextStep()).contains("mvn migrate:unlock -Dmigrate.leaseId=alice");
            });
            lease.confirm();
        }
    }

    @Test
    void whoeverWaitsGetsItAfterwards() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Lease> bob;
            try (Lease lease = take("alice")) {
                bob = other.submit(() -> take("bob", Duration.ofMinutes(1)));
                lease.confirm();
                assertThat(bob.isDone()).isFalse();
            }
            try (Lease lease = bob.get()) {
                lease.confirm();
                assertThat(holders()).containsExactly("bob", "bob");
            }
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void whoeverIsDeadIsTakenOver() throws Exception {
        notes.put(first, key, of("alice").text());
        try (Lease lease = Lease.take(
                new LeaseNotes(notes, cluster), of("bob"), SHORT, Duration.ZERO, Controls.real(Timeouts.USUAL))) {
            lease.confirm();
            assertThat(holders()).describedAs("one name server had it only").containsExactly("bob", "bob");
        }
    }

    @Test
    void whoeverWasTakenOverNoticesBeforeTheNextWriteAndNeverComesBack() throws Exception {
        try (Lease alice = take("alice")) {
            for (String nameServer : notes.nameServers()) {
                notes.put(nameServer, key, of("bob").text());
            }
            assertThatThrownBy(alice::confirm)
                    .isInstanceOf(Lease.Lost.class)
                    .hasMessageContaining("taken over by bob on machine-of-bob");
            for (String nameServer : notes.nameServers()) {
                notes.remove(nameServer, key);
            }
            assertThatThrownBy(alice::confirm).isInstanceOf(Lease.Lost.class);
        }
        assertThat(holders()).containsExactly("nobody", "nobody");
    }

    @Test
    void aNameServerThatHasForgottenItIsToldAgain() throws Exception {
        try (Lease lease = take("alice")) {
            notes.remove(second, key);
            lease.confirm();
            assertThat(holders()).containsExactly("alice", "alice");
        }
    }

    @Test
    void aLeaseThatIsGoneEverywhereIsLost() throws Exception {
        try (Lease lease = take("alice")) {
            assertThat(Lease.release(notes, cluster, "alice")).isEqualTo(2);
            assertThatThrownBy(lease::confirm)
                    .isInstanceOf(Lease.Lost.class)
                    .hasMessageContaining("gone from all name servers");
        }
    }

    @Test
    void ofManyThatComeAtOnceOneHasItAtATime() throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(4);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (String who : List.of("alice", "bob", "carol", "dave")) {
                tasks.add(() -> {
                    try (Lease lease = take(who, Duration.ofMinutes(1))) {
                        lease.confirm();
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        lease.confirm();
                        inside.decrementAndGet();
                    }
                    return null;
                });
            }
            for (Future<Void> done : crowd.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            crowd.shutdownNow();
        }
        assertThat(most).hasValue(1);
        assertThat(holders()).containsExactly("nobody", "nobody");
    }

    private static MigrationRecord recorded(long sequence, String imprint) {
        SortedMap<String, MigrationRecord.RecordedObject> objects = new TreeMap<>();
        objects.put(
                "12345678",
                new MigrationRecord.RecordedObject(Optional.empty(), imprint, MigrationRecord.Ownership.FOUND));
        SortedMap<String, MigrationRecord.RecordedBatch> batches = new TreeMap<>();
        batches.put("all", new MigrationRecord.RecordedBatch(sequence, objects));
        return new MigrationRecord(
                batches,
                Map.of(Side.SOURCE, new TreeSet<>(List.of("a"))),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                sequence);
    }

    @Test
    void ofTwoRecordsTheLaterOneHoldsAndIsBroughtToTheOtherNameServer() throws Exception {
        RecordKeeper keeper = new RecordKeeper(notes, "lease-it", false);
        keeper.keep(recorded(1, "older..."));
        String old = notes.notes().get(second).get("record:batch:8:lease-it:all/0");
        MigrationRecord later = recorded(2, "later...");
        assertThat(keeper.keep(later)).isEmpty();
        notes.put(second, "record:batch:8:lease-it:all/0", old);

        assertThat(RecordFormat.read("lease-it", notes.notes()).of("12345678"))
                .hasValueSatisfying(entry -> assertThat(entry.hash()).isEqualTo("later..."));
        assertThat(keeper.isKept(later)).isFalse();
        keeper.keep(later);
        assertThat(keeper.isKept(later)).isTrue();
        assertThat(notes.notes().get(second)).isEqualTo(notes.notes().get(first));
    }

    @Test
    void whatNobodyCanHaveWrittenIsNoRecord() throws Exception {
        notes.put(first, "record:batch:8:lease-it:all/0", "{ broken");
        notes.put(second, "record:masters:lease-it", "[]");
        assertThat(RecordFormat.read("lease-it", notes.notes())).isEqualTo(MigrationRecord.NOTHING);
    }
}
