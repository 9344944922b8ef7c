package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Looks at servers again and again, with pauses that grow, for not longer than somebody who wants to stop can wait. */
public final class Polling {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(4);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final BooleanSupplier stopping;
    private final Duration mostWhenStopping;

    public Polling(BooleanSupplier stopping, Duration mostWhenStopping) {
        this.stopping = requireNonNull(stopping, "stopping is null");
        this.mostWhenStopping = requireNonNull(mostWhenStopping, "mostWhenStopping is null");
    }

    /** Something that looks at servers. */
    @FunctionalInterface
    public interface PollStep {
        public void now() throws InterruptedException;
    }

    /** Looks at least once, and then again until there is nothing more to wait for, or it has been long enough. */
    public void until(Duration most, BooleanSupplier enough, PollStep look) throws InterruptedException {
        long begin = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        look.now();
        while (!enough.getAsBoolean()) {
            Duration bound = stopping.getAsBoolean() ? shorter(most, mostWhenStopping) : most;
            if (System.nanoTime() - begin > bound.toNanos()) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            look.now();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
