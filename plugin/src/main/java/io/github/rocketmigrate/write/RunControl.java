package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Gives every part of a run that waits its time, its stop signal, its listener and its timeouts.
 *
 * @param progress receives what the run waits for and how far it has come
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
