package io.github.rocketmigrate.apply;

import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Stage;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Moves topics between two clusters while any answer may be lost: producers never find a topic closed. */
final class MoverTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> leavingTheSource() throws Exception {
        return EveryWrite.of(() -> new TopicWay(MessageType.NORMAL, "client", Stage.SOURCE, Stage.READ_BOTH, folder));
    }

    @TestFactory
    Stream<DynamicTest> openingBoth() throws Exception {
        return EveryWrite.of(
                () -> new TopicWay(MessageType.NORMAL, "client", Stage.READ_BOTH, Stage.WRITE_BOTH, folder));
    }

    @TestFactory
    Stream<DynamicTest> toTheDestination() throws Exception {
        return EveryWrite.of(
                () -> new TopicWay(MessageType.NORMAL, "client", Stage.READ_BOTH, Stage.WRITE_DESTINATION, folder));
    }

    @TestFactory
    Stream<DynamicTest> toTheDestinationOfJoinedClusters() throws Exception {
        return EveryWrite.of(
                () -> new TopicWay(MessageType.NORMAL, "join", Stage.READ_BOTH, Stage.WRITE_DESTINATION, folder));
    }

    @TestFactory
    Stream<DynamicTest> leavingTheSourceBehind() throws Exception {
        return EveryWrite.of(
                () -> new TopicWay(MessageType.NORMAL, "join", Stage.WRITE_DESTINATION, Stage.DESTINATION, folder));
    }

    @TestFactory
    Stream<DynamicTest> allTheWayBack() throws Exception {
        return EveryWrite.of(
                () -> new TopicWay(MessageType.NORMAL, "join", Stage.WRITE_DESTINATION, Stage.SOURCE, folder));
    }
}
