package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.Terminal;
import io.github.rocketmigrate.write.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C and SIGTERM into the wish to stop, and gives the goal the time to end what it is at. */
final class Interruption implements AutoCloseable {
    /** Longer than a write may take, with its reading back. */
    private static final int MOST_SECONDS = 60;

    private final StopSignal stopping = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::await, "migrate-stop");

    private final Terminal terminal;

    Interruption(Terminal terminal) {
        this.terminal = terminal;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    StopSignal stopping() {
        return stopping;
    }

    private void await() {
        stopping.request();
        terminal.line("Told to stop: what is being written now comes to its end first.");
        try {
            boolean unused = ended.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal has come just now: the hook runs, and has nothing to wait for.
        }
    }
}
