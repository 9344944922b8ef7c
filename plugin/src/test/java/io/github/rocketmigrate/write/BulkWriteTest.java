package io.github.rocketmigrate.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.JournalWitness;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Topics that are written together, on masters that answer as they like. */
final class BulkWriteTest {
    private static final TopicSettings FOUR = ClusterFixture.topic(4).withType("NORMAL");
    private static final TopicSettings EIGHT = FOUR.withQueues(8);

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> listsMeetEveryFault() throws Exception {
        return EveryWrite.of(() -> new Growth("5.3.2"));
    }

    @TestFactory
    Stream<DynamicTest> singleTopicsMeetEveryFault() throws Exception {
        return EveryWrite.of(() -> new Growth("5.1.4"));
    }

    @Test
    void whatSomebodyHasChangedIsLeftAlone() throws Exception {
        Growth growth = new Growth("5.3.2");
        growth.network.topic(Side.DESTINATION, "orders", FOUR.withQueues(6));
        growth.run();
        AppliedChange orders = growth.of("orders");
        assertThat(orders.outcome()).isEqualTo(WriteOutcome.FAILED);
        assertThat(orders.why())
                .contains("on broker new-a since it was planned")
                .contains("queues 6, not 4");
        assertThat(growth.of("clicks").outcome()).isEqualTo(WriteOutcome.CONFIRMED);
        assertThat(growth.has("new-a", "orders").queues()).isEqualTo(6);
    }

    @Test
    void whatIsThereAlreadyIsNotWritten() throws Exception {
        Growth growth = new Growth("5.3.2");
        Growth.TOPICS.forEach(topic -> growth.network.topic(Side.DESTINATION, topic, EIGHT));
        growth.run();
        assertThat(growth.updates)
                .allMatch(update -> update.applied().outcome() == WriteOutcome.UNCHANGED)
                .allMatch(update -> update.applied().took().isEmpty());
        assertThat(growth.network.writes()).noneMatch(write -> write.what().equals("topic"));
    }

    /** The first topic is written alone, and the others after its answer was waited for. */
    @Test
    void eachTopicTakesFromItsFirstWriteToItsConfirmation() throws Exception {
        Growth growth = new Growth("5.3.2");
        List<WriteCall> topics = new ArrayList<>();
        growth.network.begin(write -> {
            if (write.what().equals("topic")) {
                topics.add(write);
            }
            return topics.size() == 1 ? Optional.of(WriteFault.UNANSWERED) : Optional.empty();
        });
        growth.run();
        assertThat(growth.of("clicks").outcome()).isEqualTo(WriteOutcome.CONFIRMED);
        assertThat(growth.of("clicks").took().orElseThrow()).isGreaterThanOrEqualTo(Timeouts.USUAL.answer());
        assertThat(growth.of("orders").took().orElseThrow()).isLessThan(Timeouts.USUAL.answer());
    }

    /** The first write goes to one master alone: where nobody may write, one refusal is enough. */
    @Test
    void aMasterThatDeniesLeavesTheOthersInPeace() throws Exception {
        Growth growth = new Growth("5.3.2");
        growth.network.begin(write -> write.what().equals("topic") ? Optional.of(WriteFault.DENIED) : Optional.empty());
        growth.run();
        assertThat(growth.network.writes().stream().filter(write -> write.what().equals("topic")))
                .hasSize(1);
        assertThat(growth.halt).isPresent();
        assertThat(growth.of("clicks").outcome()).isEqualTo(WriteOutcome.FAILED);
        assertThat(growth.of("orders").outcome()).isEqualTo(WriteOutcome.NOT_ATTEMPTED);
    }

    @Test
    void aMasterThatIsGoneAfterItsWriteLeavesADoubt() throws Exception {
        Growth growth = new Growth("5.1.4");
        growth.network.begin(write -> {
            if (write.what().equals("topic") && write.address().contains("new-b")) {
                growth.network.reachable(write.address(), false);
                return Optional.of(WriteFault.LOST);
            }
            return Optional.empty();
        });
        growth.run();
        assertThat(growth.of("clicks").outcome()).isEqualTo(WriteOutcome.UNKNOWN);
        assertThat(growth.halt).isPresent();
        assertThat(growth.network.timing().elapsed())
                .describedAs("an answer is waited for, and a while to read")
                .isBetween(Timeouts.USUAL.answer(), Timeouts.USUAL.answer().multipliedBy(2));
    }

    @Test
    void aNameServerThatShowsNothingIsWaitedForAndLeavesADoubt() throws Exception {
        Growth growth = new Growth("5.3.2");
        growth.network.witness(write -> {
            if (write.what().equals("topic")) {
                growth.network.reachable("10.0.1.12:9876", false);
            }
        });
        growth.network.begin(FaultPlan.NONE);
        growth.run();
        assertThat(growth.updates).allMatch(update -> update.applied().outcome() != WriteOutcome.CONFIRMED);
    }

    /** Three topics on two masters get more queues. */
    private final class Growth implements EveryWrite.Story {
        private static final List<String> TOPICS = List.of("clicks", "mails", "orders");

        private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
        private final Path journal = Files.createTempFile(folder, "journal", ".jsonl");
        private List<ObjectUpdate<TopicSettings>> updates = List.of();
        private Optional<Halt> halt = Optional.empty();
        private boolean hasLease;

        Growth(String version) throws Exception {
            network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                    .cluster(Side.DESTINATION, version, List.of("10.0.1.11:9876", "10.0.1.12:9876"), "new-a", "new-b");
            TOPICS.forEach(topic -> network.topic(Side.DESTINATION, topic, FOUR));
            network.witness(new JournalWitness(journal));
        }

        @Override
        public MemoryNetwork network() {
            return network;
        }

        @Override
        public void run() throws Exception {
            halt = Optional.empty();
            hasLease = false;
            updates = TOPICS.stream().map(this::update).toList();
            try (MemoryRun run = MemoryRun.begin(network, journal)) {
                hasLease = true;
                new BulkWrite<>(
                                new SettingsStore.TopicStore(
                                        network.writer(Side.DESTINATION),
                                        network.reader(Side.DESTINATION).metadata(),
                                        List.of(network.writer(Side.DESTINATION))),
                                network.reader(Side.DESTINATION).metadata().brokers(),
                                updates,
                                run.writing())
                        .run(Map.of());
            } catch (Halt stop) {
                halt = Optional.of(stop);
            } catch (Fault lease) {
                assertThat(lease).hasMessageContaining("lease");
            }
        }

        private ObjectUpdate<TopicSettings> update(String topic) {
            SortedMap<String, TopicSettings> before = new TreeMap<>(Map.of("new-a", FOUR, "new-b", FOUR));
            SortedMap<String, TopicSettings> after = new TreeMap<>(Map.of("new-a", EIGHT, "new-b", EIGHT));
            Subject subject = new Subject(
                    Subject.Kind.TOPIC, topic, Side.DESTINATION, Optional.empty(), Optional.of(new Position(1, 1, 1)));
            return new ObjectUpdate<>(Change.AlignObject.align(subject, before, after), before, after);
        }

        AppliedChange of(String topic) {
            return updates.stream()
                    .filter(update -> update.name().equals(topic))
                    .findFirst()
                    .orElseThrow()
                    .applied();
        }

        TopicSettings has(String broker, String topic) {
            return network.broker(Side.DESTINATION, broker).seen().topics().get(topic);
        }

        private boolean isGrown(String topic) {
            return has("new-a", topic).equals(EIGHT) && has("new-b", topic).equals(EIGHT);
        }

        @Override
        public void ended(WriteFault fault, WriteCall write) {
            if (!hasLease) {
                assertThat(TOPICS)
                        .describedAs("without the lease nothing is written")
                        .noneMatch(this::isGrown);
                return;
            }
            for (String topic : TOPICS) {
                switch (of(topic).outcome()) {
                    case CONFIRMED, UNCHANGED -> assertThat(isGrown(topic)).isTrue();
                    case FAILED, NOT_ATTEMPTED -> assertThat(isGrown(topic)).isFalse();
                    case UNKNOWN -> assertThat(halt).isPresent();
                }
                assertThat(of(topic).why().isEmpty())
                        .isEqualTo(of(topic).outcome().isDone());
            }
        }

        @Override
        public void arrived() {
            assertThat(halt).isEmpty();
            assertThat(TOPICS).allMatch(this::isGrown);
            assertThat(updates).allMatch(update -> update.applied().outcome().isDone());
        }
    }
}
