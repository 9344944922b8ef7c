package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody who wants a batch back must not have to find out which topic was where. */
final class UndoTest {
    @Test
    void theMovesOfABatchAreOneLineWithTheStageAndTheLineOfEachTopic() {
        List<Change> changes = List.of(
                move("clicks", "web", Stage.SOURCE, 11),
                move("views", "web", Stage.READ_BOTH, 12),
                move("search", "web", Stage.SOURCE, 13),
                move("orders", "shop", Stage.WRITE_DESTINATION, 20));
        assertThat(Undo.of(changes))
                .extracting(Undo::what)
                .containsExactly(
                        "web: git revert this commit, or set stage: source for clicks, search (lines 11, 13),"
                                + " stage: read-both for views (line 12).",
                        "shop: git revert this commit, or set stage: write-destination for orders (line 20).");
    }

    @Test
    void aSavedChangeSetHasNoLines() {
        Subject saved = new Subject(Subject.Kind.TOPIC, "clicks", Side.SOURCE, Optional.of("web"), Optional.empty());
        assertThat(Undo.of(List.of(move(saved, Stage.SOURCE))))
                .extracting(Undo::what)
                .containsExactly("web: git revert this commit, or set stage: source for clicks.");
    }

    private static Change move(String topic, String batch, Stage from, int line) {
        return move(
                new Subject(
                        Subject.Kind.TOPIC,
                        topic,
                        Side.SOURCE,
                        Optional.of(batch),
                        Optional.of(new Position(line, 1, 0))),
                from);
    }

    private static Change move(Subject topic, Stage from) {
        Standing found = Standing.of(Pair.of(from));
        return new MoveTopic(topic, found, Ladder.next(found, Stage.DESTINATION, false), Stage.DESTINATION);
    }
}
