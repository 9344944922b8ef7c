package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Looks at servers again and again, with growing pauses; gives up sooner once the run is asked to stop. */
public final class Polling {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(4);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Timing timing;
    private final BooleanSupplier stopping;
    private final Duration mostWhenStopping;

    public Polling(Timing timing, BooleanSupplier stopping, Duration mostWhenStopping) {
        this.timing = requireNonNull(timing, "timing is null");
        this.stopping = requireNonNull(stopping, "stopping is null");
        this.mostWhenStopping = requireNonNull(mostWhenStopping, "mostWhenStopping is null");
    }

    /** Looks at servers once. */
    @FunctionalInterface
    public interface PollStep {
        public void now() throws InterruptedException;
    }

    /** Looks at least once, and again until {@code enough} holds or {@code most} has passed. */
    public void until(Duration most, BooleanSupplier enough, PollStep look) throws InterruptedException {
        Timing.Stopwatch looking = timing.stopwatch();
        Duration pause = FIRST_PAUSE;
        look.now();
        while (!enough.getAsBoolean()) {
            Duration bound = stopping.getAsBoolean() ? shorter(most, mostWhenStopping) : most;
            if (looking.isOver(bound)) {
                return;
            }
            timing.sleep(pause);
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            look.now();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
