package io.github.rocketmigrate.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.RecordFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A record that goes to name servers of which each may refuse it, lose it, or be the last that got it. */
final class RecordKeeperTest {
    private static final String PLAN = "shop-to-5x";

    @TestFactory
    Stream<DynamicTest> ofThreeNameServersAnyMayFail() throws Exception {
        return EveryWrite.of(() -> new Keeping(3));
    }

    @TestFactory
    Stream<DynamicTest> ofTwoNameServersEachCounts() throws Exception {
        return EveryWrite.of(() -> new Keeping(2));
    }

    /** A batch goes, another gets a later entry, and the masters are there for the first time. */
    private static final class Keeping implements EveryWrite.Story {
        private static final MigrationRecord EARLIER = record(1, "orders", "payments");
        private static final MigrationRecord LATER = record(2, "orders");

        private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
        private final int count;
        private Optional<String> warning = Optional.empty();

        Keeping(int nameServers) throws InterruptedException {
            count = nameServers;
            network.cluster(
                    Side.DESTINATION,
                    "5.3.2",
                    List.of("10.0.1.11:9876", "10.0.1.12:9876", "10.0.1.13:9876")
                            .subList(0, nameServers),
                    "new-a");
            assertThat(keeper().keep(EARLIER)).isEmpty();
        }

        private static MigrationRecord record(long sequence, String... batches) {
            SortedMap<String, RecordedBatch> all = new TreeMap<>();
            for (String batch : batches) {
                SortedMap<String, RecordedObject> objects = new TreeMap<>();
                objects.put(
                        "12345678", new RecordedObject(Optional.of(Stage.READ_BOTH), "settings", Ownership.CREATED));
                all.put(batch, new RecordedBatch(sequence, objects));
            }
            return new MigrationRecord(
                    all,
                    Map.of(Side.SOURCE, new TreeSet<>(List.of("old-a"))),
                    new TreeSet<>(),
                    false,
                    new TreeSet<>(),
                    sequence);
        }

        private RecordKeeper keeper() {
            return new RecordKeeper(network.writer(Side.DESTINATION), PLAN, false);
        }

        private MigrationRecord read() {
            return RecordFormat.read(PLAN, network.reader(Side.DESTINATION).notes());
        }

        @Override
        public MemoryNetwork network() {
            return network;
        }

        @Override
        public void run() throws Exception {
            warning = keeper().keep(LATER);
        }

        @Override
        public void ended(WriteFault fault, WriteCall write) {
            assertThat(warning.isPresent())
                    .describedAs("one of %s name servers has it not", count)
                    .isEqualTo(count == 2);
            assertThat(read().batches().get("orders"))
                    .describedAs("what was written last holds")
                    .isEqualTo(LATER.batches().get("orders"));
        }

        @Override
        public void arrived() {
            assertThat(warning).isEmpty();
            assertThat(read().batches()).isEqualTo(LATER.batches());
            assertThat(network.nameServers(Side.DESTINATION).values().stream()
                            .map(nameServer -> nameServer.notes())
                            .distinct())
                    .describedAs("all name servers have the same")
                    .hasSize(1);
        }
    }
}
