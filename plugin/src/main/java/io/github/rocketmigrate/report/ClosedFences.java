package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the topics that a run leaves in a fence. */
final class ClosedFences {
    private ClosedFences() {}

    /**
     * The topics whose fence is closed.
     *
     * @param planned the changes that the last look of the run has found, some of which may have been made since
     */
    static SortedSet<String> after(ChangeSet planned, AppliedChanges made) {
        SortedSet<String> closed = new TreeSet<>(planned.fenced());
        for (AppliedChange one : made.changes()) {
            if (one.change() instanceof MoveTopic move) {
                boolean isConfirmed = one.outcome() == WriteOutcome.CONFIRMED;
                if (move.rung().closesFirst() && (isConfirmed || one.outcome() == WriteOutcome.UNKNOWN)) {
                    closed.add(name(move));
                } else if (isConfirmed
                        && move.after().pair().flatMap(Pair::stage).isPresent()) {
                    closed.remove(name(move));
                }
            }
        }
        return closed;
    }

    /** Those of them that producers cannot write either, because the pause before the fence has not ended. */
    static SortedSet<String> pausedAfter(ChangeSet planned, AppliedChanges made) {
        SortedSet<String> paused = new TreeSet<>();
        planned.changes().stream()
                .filter(change ->
                        change instanceof MoveTopic move && move.rung().isFor(Purpose.END_PAUSE))
                .forEach(change -> paused.add(name(change)));
        for (AppliedChange one : made.changes()) {
            if (one.change() instanceof MoveTopic move && one.outcome() == WriteOutcome.CONFIRMED) {
                if (move.rung() instanceof Rung.Pause) {
                    paused.add(name(move));
                } else {
                    paused.remove(name(move));
                }
            }
        }
        return paused;
    }

    private static String name(Change change) {
        return change.subject().name();
    }
}
