package io.github.rocketmigrate.write;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody's wish that a run ends after the write that is under way: a signal, most often. */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    public void request() {
        requested.countDown();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits, though not longer than until the wish comes. */
    public void pause(Duration pause) throws InterruptedException {
        boolean unused = requested.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
