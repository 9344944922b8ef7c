package io.github.rocketmigrate.run;

import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters that know nothing of each other, and applications that are connected to both: the same ladder. */
final class ClientRoutingIT {
    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.start(sandboxFolder, "4.9.7", "5.5.0", 2, false);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void topicsGoUpAndBack() throws Exception {
        goes(
                List.of(
                        new LiveTopic("visits", MessageType.NORMAL, LiveGroup.concurrent("guides")),
                        new LiveTopic("trades", MessageType.FIFO, LiveGroup.orderly("brokers"))),
                List.of(Stage.DESTINATION, Stage.SOURCE));
    }

    @Test
    @Tag("thorough")
    void everyKindOfTopicTakesEachStep() throws Exception {
        goes(LadderIT.everyKind(), KilledLadderIT.UP_AND_BACK);
    }

    private void goes(List<LiveTopic> topics, List<Stage> stages) throws Exception {
        try (Climb climb = Climb.withClientsOfBoth(sandbox, folder, topics)) {
            // Topics and groups come with the first run, closed.
            climb.to(Stage.SOURCE);
            for (Stage stage : stages) {
                climb.to(stage);
            }
            Tally tally = climb.finishUnharmed("client-routing");
            // Few queues change hands: each cluster has members of its own.
            LadderIT.repeatsNothingInOrder(tally, topics);
            LadderIT.repeatsOnlyAfterSteps(tally);
        }
    }
}
