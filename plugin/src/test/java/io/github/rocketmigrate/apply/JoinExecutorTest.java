package io.github.rocketmigrate.apply;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.JournalWitness;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Joins brokers with the destination's name servers and removes them again, in virtual time. */
final class JoinExecutorTest {
    private static final String JOIN = """
            traffic: { routing: join }
            batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]
            """;

    /** Every topic is at its last stage, so the plan leaves the join. */
    private static final String LEAVE = """
            traffic: { routing: join, complete: true }
            batches: [{ name: all, stage: destination, topics: [{ name: clicks, type: NORMAL }] }]
            """;

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> joiningMeetsEveryFault() throws Exception {
        return EveryWrite.of(() -> new Joining(JOIN));
    }

    @TestFactory
    Stream<DynamicTest> leavingMeetsEveryFault() throws Exception {
        return EveryWrite.of(() -> new Joining(LEAVE));
    }

    /** One broker joins first, then the others together; each reads its settings every 2 minutes. */
    @Test
    void joinsTheFirstBrokerAlone() throws Exception {
        Joining joining = new Joining(JOIN);
        joining.network().begin(FaultPlan.NONE);
        List<Duration> told = new ArrayList<>();
        joining.network().witness(write -> {
            if (write.what().equals("settings")) {
                told.add(joining.network().timing().elapsed());
            }
        });
        joining.run();
        assertThat(told).hasSize(3);
        assertThat(told.get(1).minus(told.get(0))).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
        assertThat(told.get(2)).isEqualTo(told.get(1));
    }

    @Test
    void givesUpABrokerThatNeverRegisters() throws Exception {
        Joining joining = new Joining(JOIN);
        joining.network().begin(FaultPlan.NONE);
        joining.network().brokers(Side.SOURCE).forEach(MemoryBroker::ignoresItsSettings);
        joining.run();
        assertThat(joining.halt)
                .hasValueSatisfying(halt -> assertThat(halt)
                        .hasMessageMatching(
                                "After 4 min \\d s, some name server of the destination does not list the source's"
                                        + " broker old-a\\."));
        assertThat(joining.applied)
                .singleElement()
                .extracting(AppliedChange::outcome)
                .isEqualTo(WriteOutcome.UNKNOWN);
    }

    /** Nobody can tell which of its two settings such a broker has started with. */
    @Test
    void namesTheAddressServerIfTheSettingOfABrokerHasNoEffect() throws Exception {
        Joining joining = new Joining(JOIN);
        joining.network().begin(FaultPlan.NONE);
        joining.network().brokers(Side.SOURCE).forEach(broker -> {
            broker.ignoresItsSettings();
            broker.mayAskAnAddressServer();
        });
        joining.run();
        assertThat(joining.halt)
                .hasValueSatisfying(halt -> assertThat(halt.stop().fix())
                        .endsWith("fetchNamesrvAddrByAddressServer is set too: if broker old-a started without"
                                + " namesrvAddr, it asks the address server until the next restart. Add the"
                                + " destination's name servers to its answer, or restart it."));
    }

    /** Three source brokers that have to join or to leave. */
    private final class Joining implements EveryWrite.Story {
        private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
        private final MigrationPlan plan;
        private final boolean isLeaving;
        private final Path journal = Files.createTempFile(folder, "journal", ".jsonl");
        private List<AppliedChange> applied = new ArrayList<>();
        private Optional<Halt> halt = Optional.empty();

        Joining(String lines) throws Exception {
            isLeaving = lines.equals(LEAVE);
            network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a", "old-b", "old-c")
                    .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876", "10.0.1.12:9876"), "new-a");
            network.topic(
                    Side.SOURCE,
                    "clicks",
                    isLeaving ? ClusterFixture.topic(4).withAccess(Access.NONE) : ClusterFixture.topic(4));
            network.topic(Side.DESTINATION, "clicks", ClusterFixture.topic(4).withType("NORMAL"));
            if (isLeaving) {
                network.joined();
            }
            network.witness(new JournalWitness(journal));
            plan = MemorySituation.plan(network, lines);
        }

        @Override
        public MemoryNetwork network() {
            return network;
        }

        @Override
        public void run() throws Exception {
            applied = new ArrayList<>();
            halt = Optional.empty();
            try (MemoryRun run = MemoryRun.begin(network, journal)) {
                Situation situation = MemorySituation.of(network, plan);
                JoinExecutor executor = new JoinExecutor(
                        network.writer(Side.SOURCE),
                        network.reader(Side.DESTINATION),
                        situation.source().servers().collect(toMap(Server::name, Function.identity())),
                        run.guard(),
                        run.control());
                executor.make(changes(), applied);
            } catch (Halt stop) {
                halt = Optional.of(stop);
            } catch (Fault lease) {
                assertThat(lease).hasMessageContaining("lease");
            }
        }

        private List<Change.RegisterBroker> changes() {
            return MemorySituation.changes(network, plan, Change.RegisterBroker.class);
        }

        private boolean isListed(String broker) {
            return network.nameServers(Side.DESTINATION).values().stream()
                    .allMatch(nameServer -> nameServer.lists(broker));
        }

        @Override
        public void ended(WriteFault fault, WriteCall write) {
            for (AppliedChange one : applied) {
                boolean listed = isListed(one.change().subject().name());
                switch (one.outcome()) {
                    case CONFIRMED -> assertThat(listed).isNotEqualTo(isLeaving);
                    case FAILED -> assertThat(listed).isEqualTo(isLeaving);
                    default -> assertThat(one.outcome()).isEqualTo(WriteOutcome.UNKNOWN);
                }
            }
            boolean allDone = applied.stream().allMatch(one -> one.outcome().isDone());
            assertThat(allDone || halt.isPresent())
                    .describedAs("a change that is not done has a reason")
                    .isTrue();
        }

        @Override
        public void arrived() {
            assertThat(halt).isEmpty();
            assertThat(applied).allMatch(one -> one.outcome() == WriteOutcome.CONFIRMED);
            assertThat(changes()).isEmpty();
            assertThat(List.of("old-a", "old-b", "old-c")).allMatch(broker -> isListed(broker) != isLeaving);
        }
    }
}
