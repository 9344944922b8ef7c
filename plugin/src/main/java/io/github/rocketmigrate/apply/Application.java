package io.github.rocketmigrate.apply;

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
public record Application(List<Applied> changes, Optional<Stop> stopped) {
    public static final Application NONE = new Application(List.of(), Optional.empty());

    public Application {
        changes = List.copyOf(changes);
        requireNonNull(stopped, "stopped is null");
    }

    /** Changes that were not begun because of what has stopped the run. */
    static Application notTried(Collection<? extends Change> changes, Stop stop) {
        return new Application(
                changes.stream()
                        .map(change -> new Applied(change, Ending.NOT_ATTEMPTED, stop.what(), stop.fix()))
                        .toList(),
                Optional.of(stop));
    }

    /** This, and what came after it. */
    public Application and(Application next) {
        List<Applied> all = new ArrayList<>(changes);
        all.addAll(next.changes());
        return new Application(all, next.stopped().or(() -> stopped));
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

    public long count(Ending ending) {
        return changes.stream().filter(change -> change.ending() == ending).count();
    }
}
