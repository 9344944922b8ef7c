package io.github.rocketmigrate.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How a state was reached: everything that has changed the world since the beginning.
 *
 * @param again does the last of it once more
 */
record Trail(Optional<Trail> before, Runnable again) {
    static final Trail EMPTY = new Trail(Optional.empty(), () -> {});

    Trail and(Runnable next) {
        return new Trail(Optional.of(this), next);
    }

    /** Does all of it once more. */
    void replay() {
        List<Runnable> all = new ArrayList<>();
        for (Optional<Trail> at = Optional.of(this);
                at.isPresent();
                at = at.get().before()) {
            all.add(at.get().again());
        }
        Collections.reverse(all);
        all.forEach(Runnable::run);
    }
}
