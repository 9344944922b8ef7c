package io.github.rocketmigrate.wire;

/** Closes clients of RocketMQ without the rest that they take. */
final class Closing {
    private static final long NUDGE_MILLIS = 10;

    private Closing() {}

    /** Runs {@code close}, which joins, for up to 3 s, a thread that sleeps on an empty queue; interrupted, it goes on. */
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
