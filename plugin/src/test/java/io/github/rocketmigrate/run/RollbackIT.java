package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics under live traffic are rolled back from each stage, stay on hold, and move on once they are released. */
@Tag("thorough")
final class RollbackIT {
    private static final Optional<Stage> ONE_STAGE = Optional.empty();
    private static final String REASON = "Checkout errors";

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 1);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static RollbackOrder order(Optional<Stage> to) {
        return new RollbackOrder(to, REASON, Optional.empty());
    }

    @Test
    void topicsGoBackFromEachStageAndOnAgain() throws Exception {
        try (Climb climb = Climb.joined(sandbox, folder, LadderIT.everyKind(), Climb.QUICK)) {
            climb.to(Stage.READ_BOTH);
            back(climb, Stage.READ_BOTH, ONE_STAGE, Stage.SOURCE);
            climb.to(Stage.WRITE_DESTINATION);
            back(climb, Stage.WRITE_DESTINATION, ONE_STAGE, Stage.READ_BOTH);
            climb.to(Stage.DESTINATION);
            back(climb, Stage.DESTINATION, ONE_STAGE, Stage.WRITE_DESTINATION);
            climb.to(Stage.DESTINATION);
            back(climb, Stage.DESTINATION, Optional.of(Stage.SOURCE), Stage.SOURCE);
            LadderIT.repeatsNothingInOrder(climb.finishUnharmed("rollback"), LadderIT.everyKind());
        }
    }

    /** Rolls all topics back; an apply of the same plan then moves none of them, until they are released. */
    private static void back(Climb climb, Stage planned, Optional<Stage> to, Stage arrives) throws Exception {
        ApplyReport report = climb.rollback(planned, Selection.ALL, order(to));
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertArrived(climb, arrives);
        ApplyReport held = climb.attempt(planned);
        assertThat(held.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(held)).contains("rolled back to " + arrives.word(), ": " + REASON);
        assertArrived(climb, arrives);
        climb.goals().resume(climb.plan(planned), Selection.ALL);
    }

    private static void assertArrived(Climb climb, Stage stage) {
        LadderIT.everyKind()
                .forEach(topic -> assertThat(climb.standing(topic.name()))
                        .describedAs(topic.name())
                        .isEqualTo(Pair.of(stage)));
    }
}
