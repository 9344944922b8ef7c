package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Gives every part of a run that waits its time, its stop signal, its listener and its timeouts.
 *
 * @param progress receives what the run waits for and how far it has come
 * @param brake shows which brakes were put on; empty if the run obeys none
 */
public record RunControl(
        Timing timing, StopSignal stopping, ApplyProgress progress, Timeouts timeouts, Optional<BrakeWatch> brake) {
    public RunControl {
        requireNonNull(timing, "timing is null");
        requireNonNull(stopping, "stopping is null");
        requireNonNull(progress, "progress is null");
        requireNonNull(timeouts, "timeouts is null");
        requireNonNull(brake, "brake is null");
    }

    /** The control of a run that obeys no brake. */
    public RunControl(Timing timing, StopSignal stopping, ApplyProgress progress, Timeouts timeouts) {
        this(timing, stopping, progress, timeouts, Optional.empty());
    }

    /** Waits, but not longer than until somebody asks the run to stop. */
    public void pause(Duration pause) throws InterruptedException {
        stopping.pause(timing, pause);
    }

    public boolean isStopping() {
        return stopping.isRequested();
    }
}
