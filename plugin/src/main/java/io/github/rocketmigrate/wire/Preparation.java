package io.github.rocketmigrate.wire;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Loads the classes of connections in the background: in a new JVM this takes as long as reading a large plan. */
public final class Preparation {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private Preparation() {}

    /** Starts once; sends no request. A failure is ignored here: opening a connection fails again and reports it. */
    public static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(Preparation::load, "migrate-prepare");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((failed, why) -> BEGUN.set(false));
            thread.start();
        }
    }

    private static void load() {
        try (Requests requests = new Requests(Encryption.NONE, Optional.empty())) {
            RemotingCommand request = RemotingCommand.createRequestCommand(ReadRequest.BROKERS.code(), null);
            RemotingCommand.decode(request.encode().position(Integer.BYTES));
        } catch (RemotingCommandException e) {
            throw new IllegalStateException("an encoded request cannot be decoded", e);
        }
    }
}
