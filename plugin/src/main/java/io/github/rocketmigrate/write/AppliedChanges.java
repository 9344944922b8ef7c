package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What has become of all changes that were to be made.
 *
 * @param stopped why not all of them were tried, if so
 */
public record AppliedChanges(List<AppliedChange> changes, Optional<Stop> stopped) {
    public static final AppliedChanges NONE = new AppliedChanges(List.of(), Optional.empty());

    public AppliedChanges {
        changes = List.copyOf(changes);
        requireNonNull(stopped, "stopped is null");
    }

    /** Changes that were not begun because of what has stopped the run. */
    public static AppliedChanges notTried(Collection<? extends Change> changes, Stop stop) {
        return new AppliedChanges(
                changes.stream()
                        .map(change -> new AppliedChange(change, WriteOutcome.NOT_ATTEMPTED, stop.what(), stop.fix()))
                        .toList(),
                Optional.of(stop));
    }

    /** This, and what came after it. */
    public AppliedChanges and(AppliedChanges next) {
        List<AppliedChange> all = new ArrayList<>(changes);
        all.addAll(next.changes());
        return new AppliedChanges(all, next.stopped().or(() -> stopped));
    }

    /**
     * Why a run ended before its end.
     *
     * @param fix what to do about it
     */
    public record Stop(String what, String fix) {
        public Stop {
            requireNonNull(what, "what is null");
            requireNonNull(fix, "fix is null");
        }
    }

    public long count(WriteOutcome ending) {
        return changes.stream().filter(change -> change.ending() == ending).count();
    }
}
