package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Goes with a run wherever it waits: how time passes, who may end it, who follows it, and how long it waits.
 *
 * @param progress gets what the run waits for and how far it has come
 */
public record RunControl(Timing timing, StopSignal stopping, ApplyProgress progress, Timeouts timeouts) {
    public RunControl {
        requireNonNull(timing, "timing is null");
        requireNonNull(stopping, "stopping is null");
        requireNonNull(progress, "progress is null");
        requireNonNull(timeouts, "timeouts is null");
    }

    /** Waits, but not longer than until somebody asks the run to stop. */
    public void pause(Duration pause) throws InterruptedException {
        stopping.pause(timing, pause);
    }

    public boolean isStopping() {
        return stopping.isRequested();
    }
}
