package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.Selection;
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
        assertThat(undo(changes, List.of()))
                .extracting(Undo::what)
                .containsExactly(
                        "web: set stage: source for clicks, search (lines 11, 13),"
                                + " stage: read-both for views (line 12).",
                        "shop: set stage: write-destination for orders (line 20).");
    }

    /** Changes are sorted by the names of their topics. */
    @Test
    void batchesAreInTheOrderOfThePlan() {
        assertThat(undo(
                        List.of(move("orders", "shop", Stage.SOURCE, 20), move("views", "web", Stage.SOURCE, 12)),
                        List.of()))
                .extracting(Undo::what)
                .containsExactly(
                        "web: set stage: source for views (line 12).", "shop: set stage: source for orders (line 20).");
    }

    @Test
    void aSavedChangeSetHasNoLines() {
        Subject saved =
                new Subject(Subject.Kind.TOPIC, "clicks", Side.DESTINATION, Optional.of("web"), Optional.empty());
        assertThat(undo(List.of(move(saved, Stage.SOURCE)), List.of()))
                .extracting(Undo::what)
                .containsExactly("web: set stage: source for clicks.");
    }

    private static List<Undo> undo(List<Change> changes, List<MoveTopic> inFence) {
        return Undo.of(
                changes, inFence, List.of("web", "shop"), Subject::at, new Invocation("shop.yaml", Selection.ALL));
    }

    /** The same paragraph for each topic would hide the command. */
    @Test
    void theTopicsInAFenceShareOneParagraph() {
        MoveTopic move = inFence(new Pair(Access.READ, Access.WRITE));
        MoveTopic other = new MoveTopic(
                new Subject(
                        Subject.Kind.TOPIC,
                        "refunds",
                        Side.DESTINATION,
                        move.subject().batch(),
                        move.subject().at()),
                move.found(),
                move.rung(),
                move.wanted());
        assertThat(undo(List.of(), List.of(move, other)))
                .containsExactly(new Undo(
                        "orders, refunds are in the fence: set stage: read-both for orders, refunds (line 20). The fence"
                                + " opens first, once the source is quiet and consumed; then the topics go back through"
                                + " the reverse fence. To open the fence at once, although messages may be consumed out"
                                + " of order:",
                        Optional.of("mvn migrate:apply -Dmigrate.file=shop.yaml -Dmigrate.topic=orders,refunds"
                                + " -Dmigrate.allowReordering=true")));
    }

    /** Even if it is held there: then somebody wants to get it out at once. */
    @Test
    void aTopicInTheFenceGoesForwardBeforeItGoesBack() {
        MoveTopic move = inFence(new Pair(Access.READ, Access.WRITE));
        assertThat(undo(List.of(), List.of(move)))
                .containsExactly(new Undo(
                        "orders is in the fence: set stage: read-both for orders (line 20). The fence opens first, once"
                                + " the source is quiet and consumed; then the topic goes back through the reverse fence."
                                + " To open the fence at once, although messages may be consumed out of order:",
                        Optional.of("mvn migrate:apply -Dmigrate.file=shop.yaml -Dmigrate.topic=orders"
                                + " -Dmigrate.allowReordering=true")));
        assertThat(undo(List.of(move), List.of(move)))
                .describedAs("not with its batch too")
                .hasSize(1);
    }

    @Test
    void aTopicInTheReverseFenceGoesForwardAgain() {
        MoveTopic move = inFence(new Pair(Access.WRITE, Access.READ));
        assertThat(undo(List.of(), List.of(move)))
                .singleElement()
                .extracting(Undo::what)
                .asString()
                .startsWith(
                        "orders is in the reverse fence: set stage: write-destination for orders (line 20). The reverse"
                                + " fence opens first, once the destination is quiet and consumed; then the topic goes forward"
                                + " through the fence.");
    }

    private static MoveTopic inFence(Pair fence) {
        Standing found = Standing.of(fence);
        return new MoveTopic(
                new Subject(
                        Subject.Kind.TOPIC,
                        "orders",
                        Side.DESTINATION,
                        Optional.of("shop"),
                        Optional.of(new Position(20, 1, 0))),
                found,
                Ladder.next(found, Stage.DESTINATION, true),
                Stage.DESTINATION);
    }

    private static Change move(String topic, String batch, Stage from, int line) {
        return move(
                new Subject(
                        Subject.Kind.TOPIC,
                        topic,
                        Side.DESTINATION,
                        Optional.of(batch),
                        Optional.of(new Position(line, 1, 0))),
                from);
    }

    private static Change move(Subject topic, Stage from) {
        Standing found = Standing.of(Pair.of(from));
        return new MoveTopic(topic, found, Ladder.next(found, Stage.DESTINATION, false), Stage.DESTINATION);
    }
}
