package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.model.Rung;
import java.util.Optional;
import java.util.Set;

/** Opens at once the fences that a run finds closed, if whoever runs says so; those that it closes itself have their time. */
final class Overruling {
    private final boolean isWanted;
    private Optional<Set<String>> fenced = Optional.empty();

    /** Begins: there is one for each run. */
    Overruling(boolean isWanted) {
        this.isWanted = isWanted;
    }

    Planning in(Planning planning) {
        if (!isWanted) {
            return planning;
        }
        if (fenced.isEmpty()) {
            fenced = Optional.of(fenced(planning.changes()));
        }
        return planning.overruling(fenced.get());
    }

    private static Set<String> fenced(ChangeSet changes) {
        return changes.changes().stream()
                .filter(change -> change instanceof Change.MoveTopic move && move.rung() instanceof Rung.Wait)
                .map(change -> change.subject().name())
                .collect(toUnmodifiableSet());
    }
}
