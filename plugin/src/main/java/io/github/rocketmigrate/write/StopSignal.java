package io.github.rocketmigrate.write;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks a run to end after the current write, for example after Ctrl-C. */
public final class StopSignal {
    private final CompletableFuture<Void> requested = new CompletableFuture<>();

    public void request() {
        requested.complete(null);
    }

    public boolean isRequested() {
        return requested.isDone();
    }

    /** Waits, but not longer than until the run is asked to stop. */
    public void pause(Timing timing, Duration pause) throws InterruptedException {
        timing.await(requested, pause);
    }
}
