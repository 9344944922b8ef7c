package io.github.rocketmigrate.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Moves FIFO topics through a fence while any answer may be lost: no key is ever written on both sides. */
final class FenceTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> throughTheFenceOfJoinedClusters() throws Exception {
        return EveryWrite.of(
                () -> new TopicWay(MessageType.FIFO, "join", Stage.READ_BOTH, Stage.WRITE_DESTINATION, folder));
    }

    @TestFactory
    Stream<DynamicTest> backThroughTheFenceOfJoinedClusters() throws Exception {
        return EveryWrite.of(
                () -> new TopicWay(MessageType.FIFO, "join", Stage.WRITE_DESTINATION, Stage.READ_BOTH, folder));
    }

    /** The fence opens at the destination first, where the record does not expect the topics. */
    @TestFactory
    Stream<DynamicTest> backFromAFenceThatAKilledRunHasClosed() throws Exception {
        return EveryWrite.of(() -> TopicWay.backFromClosedFence(folder));
    }

    @TestFactory
    Stream<DynamicTest> throughTheFenceOfSeparateClusters() throws Exception {
        return EveryWrite.of(
                () -> new TopicWay(MessageType.FIFO, "client", Stage.READ_BOTH, Stage.WRITE_DESTINATION, folder));
    }

    @TestFactory
    Stream<DynamicTest> backThroughTheFenceOfSeparateClusters() throws Exception {
        return EveryWrite.of(
                () -> new TopicWay(MessageType.FIFO, "client", Stage.WRITE_DESTINATION, Stage.READ_BOTH, folder));
    }

    @TestFactory
    Stream<DynamicTest> throughTheFenceWithAPause() throws Exception {
        return EveryWrite.of(() ->
                new TopicWay(MessageType.FIFO, "join", Stage.READ_BOTH, Stage.WRITE_DESTINATION, folder).pausing());
    }

    @TestFactory
    Stream<DynamicTest> backThroughTheFenceWithAPause() throws Exception {
        return EveryWrite.of(() ->
                new TopicWay(MessageType.FIFO, "join", Stage.WRITE_DESTINATION, Stage.READ_BOTH, folder).pausing());
    }

    @TestFactory
    Stream<DynamicTest> throughTheFenceOfSeparateClustersWithAPause() throws Exception {
        return EveryWrite.of(() ->
                new TopicWay(MessageType.FIFO, "client", Stage.READ_BOTH, Stage.WRITE_DESTINATION, folder).pausing());
    }

    @Test
    void aNameServerOfTheSourceThatHearsOfNothingDoesNotMatter() throws Exception {
        TopicWay way = back();
        way.network().cut(way.network().broker(Side.SOURCE, "old-a"), "10.0.0.11:9876");
        way.run();
        way.assertKeysKeepTheirQueues();
        assertThat(way.outcomes()).doesNotContain(WriteOutcome.FAILED);
    }

    @Test
    void nothingIsClosedWhileANameServerOfTheDestinationHearsOfNothing() throws Exception {
        TopicWay way = back();
        way.network().cut(way.network().broker(Side.SOURCE, "old-a"), "10.0.1.12:9876");
        way.run();
        way.assertKeysKeepTheirQueues();
        assertThat(way.outcomes()).containsExactly(WriteOutcome.FAILED, WriteOutcome.NOT_ATTEMPTED);
    }

    /** Its side cannot close, and is open again when the broker is back, while producers have turned to the other side. */
    @Test
    void noProducersTurnAwayFromABrokerThatHasGoneWhileAnotherWasSilent() throws Exception {
        TopicWay way = back();
        MemoryBroker opening = way.network().broker(Side.SOURCE, "old-a");
        MemoryBroker closing = way.network().broker(Side.DESTINATION, "new-a");
        Set<String> turned = new HashSet<>();
        way.network().begin(write -> {
            if (write.what().equals("route")) {
                turned.addAll(write.names());
            }
            boolean isSilent = !turned.isEmpty()
                    && write.what().equals("topic")
                    && write.address().equals(opening.address())
                    && way.network().unanswered().isEmpty();
            if (isSilent) {
                way.network().stop(closing);
            }
            return isSilent ? Optional.of(WriteFault.UNANSWERED) : Optional.empty();
        });
        way.run();
        assertThat(turned).containsExactly("clicks");
    }

    /** A busy broker refuses a request that it accepts a second later. */
    @TestFactory
    Stream<DynamicTest> aBrokerThatRefusesOnceDoesNotTurnProducersBack() throws Exception {
        TopicWay plain = back();
        plain.run();
        List<WriteCall> writes = plain.network().writes();
        WriteCall turning = writes.stream()
                .filter(write -> write.what().equals("route"))
                .reduce((first, second) -> second)
                .orElseThrow();
        return writes.stream()
                .filter(write -> write.what().equals("topic") && write.names().equals(turning.names()))
                .filter(write -> isBehindProducers(writes, write))
                .map(write -> DynamicTest.dynamicTest("at " + write, () -> {
                    TopicWay way =
                            new TopicWay(MessageType.FIFO, "join", Stage.WRITE_DESTINATION, Stage.READ_BOTH, folder);
                    way.network().begin(FaultPlan.at(write.number(), WriteFault.REFUSED));
                    way.run();
                    way.assertKeysKeepTheirQueues();
                    assertThat(way.outcomes()).containsOnly(WriteOutcome.CONFIRMED);
                }));
    }

    /** Whether a write of a topic comes between the routes of its fence and the opening of this fence. */
    private static boolean isBehindProducers(List<WriteCall> writes, WriteCall write) {
        return writes.stream()
                .filter(it -> it.what().equals("route") && it.names().equals(write.names()))
                .findFirst()
                .filter(route -> route.number() < write.number() && write.number() < route.number() + 6)
                .isPresent();
    }

    private TopicWay back() throws Exception {
        TopicWay way = new TopicWay(MessageType.FIFO, "join", Stage.WRITE_DESTINATION, Stage.READ_BOTH, folder);
        way.network().begin(FaultPlan.NONE);
        return way;
    }
}
