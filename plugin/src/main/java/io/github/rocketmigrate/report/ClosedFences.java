package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.ChangeSet;
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
                } else if (move.rung() instanceof Rung.Wait && isConfirmed) {
                    closed.remove(name(move));
                }
            }
        }
        return closed;
    }

    private static String name(Change change) {
        return change.subject().name();
    }
}
