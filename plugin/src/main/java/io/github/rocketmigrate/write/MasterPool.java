package io.github.rocketmigrate.write;

import io.github.rocketmigrate.model.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does the same with several masters at once. */
public final class MasterPool implements AutoCloseable {
    private static final int AT_ONCE = 16;
    private static final int MOST_SECONDS = 10;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "migrate-master");
        thread.setDaemon(true);
        return thread;
    });

    /** Something that is done with one master. */
    @FunctionalInterface
    public interface MasterTask<B> {
        void with(B master) throws InterruptedException, Halt;
    }

    /** Does it with all; when some fail, the others still come to their end, and the first failure is thrown. */
    public <B> void each(Collection<B> all, MasterTask<B> deed) throws InterruptedException, Halt {
        List<Exception> failures = failures(all, deed);
        for (Exception failure : failures) {
            if (failure instanceof Halt halt) {
                throw halt;
            }
            throw failure instanceof Fault fault ? fault : new IllegalStateException(failure);
        }
    }

    /** The same, where a server that does not answer is no reason to stop. */
    public <B> void eachSafely(Collection<B> all, MasterTask<B> deed) throws InterruptedException {
        for (Exception failure : failures(all, deed)) {
            if (!(failure instanceof Fault)) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private <B> List<Exception> failures(Collection<B> all, MasterTask<B> deed) throws InterruptedException {
        List<Future<?>> futures = new ArrayList<>();
        for (B one : all) {
            Callable<Void> task = () -> {
                deed.with(one);
                return null;
            };
            futures.add(threads.submit(task));
        }
        List<Exception> failures = new ArrayList<>();
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                failures.add(e.getCause() instanceof Exception cause ? cause : e);
            }
        }
        return failures;
    }

    @Override
    public void close() {
        // Nothing is under way here, but when this thread was interrupted: then nothing more may be written.
        threads.shutdownNow();
        try {
            boolean unused = threads.awaitTermination(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
