package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.Terminal;
import io.github.rocketmigrate.write.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C and SIGTERM into a stop signal, and keeps the JVM alive until the goal has finished its last write. */
final class Interruption implements AutoCloseable {
    /** Longer than one write and its read-back may take. */
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
        terminal.line("Stopping as soon as the write in progress is finished.");
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
            // A signal has just started the hook, which no longer waits.
        }
    }
}
