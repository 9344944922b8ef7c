package io.github.rocketmigrate.sim;

import java.util.List;
import java.util.SplittableRandom;

/** One moment that rare troubles wait for: a write of a certain step of the engine, the first one or a later one. */
final class Aim {
    private static final int MOST_SKIPPED = 4;

    private final String step;
    private int skipped;

    Aim(List<String> steps, SplittableRandom random) {
        this.step = steps.get(random.nextInt(steps.size()));
        this.skipped = random.nextBoolean() ? 0 : random.nextInt(MOST_SKIPPED);
    }

    /** Whether a write is the one. */
    boolean isAt(String what) {
        return Coverage.step(what).equals(step) && skipped-- == 0;
    }
}
