package io.github.rocketmigrate.wire;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Loads, beside the caller, what connections are made of: in a new JVM that takes as long as to read a large plan. */
public final class Preparation {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private Preparation() {}

    /** Begins, once; nothing is sent. What fails here fails again, and is told, when a connection is opened. */
    public static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(Preparation::load, "migrate-prepare");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((failed, why) -> BEGUN.set(false));
            thread.start();
        }
    }

    private static void load() {
        try (Requests requests = new Requests(false, Optional.empty())) {
            RemotingCommand request = RemotingCommand.createRequestCommand(ReadRequest.BROKERS.code(), null);
            RemotingCommand.decode(request.encode().position(Integer.BYTES));
        } catch (RemotingCommandException e) {
            throw new IllegalStateException("what it writes it cannot read", e);
        }
    }
}
