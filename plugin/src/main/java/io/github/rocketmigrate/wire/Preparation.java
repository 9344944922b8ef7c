package io.github.rocketmigrate.wire;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Loads, beside the caller, what connections are made of: in a new JVM that takes as long as to read a large plan. */
public final class Preparation {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private Preparation() {}

    /** Begins, once; nothing is sent. What fails here fails again, and is told, when a connection is opened. */
    public static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> new Requests(false, Optional.empty()).close(), "migrate-prepare");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((failed, why) -> BEGUN.set(false));
            thread.start();
        }
    }
}
