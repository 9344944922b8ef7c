package io.github.rocketmigrate.run;

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
            fenced = Optional.of(planning.fenced());
        }
        return planning.overruling(fenced.get());
    }
}
