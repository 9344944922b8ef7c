package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A log of a watched board. */
final class StatusChangesTest {
    private static final RemainingWork TO_MOVE =
            new RemainingWork(List.of(new RemainingWork.Task(RemainingWork.TaskState.POSSIBLE, "move", List.of())));

    private final StatusChanges changes = new StatusChanges(new PlainTerminal(new ArrayList<>()), false);

    @Test
    void theFirstBoardIsNoChange() {
        assertThat(changes.lines(List.of(row(Stage.SOURCE, TO_MOVE, 7)))).isEmpty();
    }

    @Test
    void aTopicThatMovedHasALine() {
        changes.lines(List.of(row(Stage.SOURCE, TO_MOVE, 7)));
        assertThat(changes.lines(List.of(row(Stage.READ_BOTH, RemainingWork.NONE, 7))))
                .containsExactly("topic orders  source → read-both; nothing left to do");
    }

    @Test
    void aNewReasonHasALineAndFiguresHaveNone() {
        changes.lines(List.of(row(Stage.SOURCE, RemainingWork.NONE, 7)));
        assertThat(changes.lines(List.of(row(Stage.SOURCE, RemainingWork.NONE, 9))))
                .isEmpty();
        assertThat(changes.lines(List.of(row(Stage.SOURCE, TO_MOVE, 9))))
                .containsExactly("topic orders  source; to move");
    }

    private static StatusRow row(Stage stage, RemainingWork missing, long backlog) {
        StatusRow.SideTraffic traffic = new StatusRow.SideTraffic(true, OptionalLong.of(backlog), 1);
        return new StatusRow(
                new StatusRow.BoardItem(Subject.Kind.TOPIC, "all", "orders"),
                new StatusRow.Progress(
                        Optional.of(Stage.READ_BOTH),
                        Optional.of(stage),
                        stage.word(),
                        Optional.empty(),
                        Optional.empty()),
                Map.of(Side.SOURCE, traffic, Side.DESTINATION, traffic),
                new StatusRow.BoardClients(1, Optional.empty()),
                missing);
    }
}
