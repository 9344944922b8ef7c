package io.github.rocketmigrate.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Path;
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

    private TopicWay back() throws Exception {
        TopicWay way = new TopicWay(MessageType.FIFO, "join", Stage.WRITE_DESTINATION, Stage.READ_BOTH, folder);
        way.network().begin(FaultPlan.NONE);
        return way;
    }
}
