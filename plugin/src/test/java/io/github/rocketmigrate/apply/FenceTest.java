package io.github.rocketmigrate.apply;

import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Stage;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
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
}
