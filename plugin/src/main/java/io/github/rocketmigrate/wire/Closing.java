package io.github.rocketmigrate.wire;

/** Closes RocketMQ's clients without waiting for their sleeping threads. */
final class Closing {
    private static final long NUDGE_MILLIS = 10;

    private Closing() {}

    /** Runs {@code close}, which waits up to 3 s for a thread that sleeps; an interrupt ends this wait. */
    static void hurried(Runnable close) {
        Thread closing = new Thread(close, "migrate-close");
        closing.start();
        try {
            closing.join(NUDGE_MILLIS);
            while (closing.isAlive()) {
                closing.interrupt();
                closing.join(NUDGE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
