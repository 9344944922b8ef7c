package io.github.rocketmigrate.write;

import io.github.rocketmigrate.model.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Runs the same task for several masters at once. */
public final class MasterPool implements AutoCloseable {
    private static final int AT_ONCE = 16;

    private final Timing.Workers workers;

    public MasterPool(Timing timing) {
        this.workers = timing.workers("migrate-master", AT_ONCE);
    }

    /** A task for one master. */
    @FunctionalInterface
    public interface MasterTask<B> {
        void with(B master) throws InterruptedException, Halt;
    }

    /** Runs the task for all; if some fail, the others still finish, and the first failure is thrown. */
    public <B> void each(Collection<B> all, MasterTask<B> deed) throws InterruptedException, Halt {
        List<Exception> failures = failures(all, deed);
        for (Exception failure : failures) {
            if (failure instanceof Halt halt) {
                throw halt;
            }
            throw failure instanceof Fault fault ? fault : new IllegalStateException(failure);
        }
    }

    /** Runs the task for all; a server that does not answer is skipped. */
    public <B> void eachSafely(Collection<B> all, MasterTask<B> deed) throws InterruptedException {
        for (Exception failure : failures(all, deed)) {
            if (!(failure instanceof Fault)) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private <B> List<Exception> failures(Collection<B> all, MasterTask<B> task) throws InterruptedException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (B one : all) {
            tasks.add(() -> {
                task.with(one);
                return null;
            });
        }
        List<Exception> failures = new ArrayList<>();
        for (Future<Void> done : workers.run(tasks)) {
            try {
                done.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                failures.add(e.getCause() instanceof Exception cause ? cause : e);
            }
        }
        return failures;
    }

    @Override
    public void close() {
        // Tasks still run only if this thread was interrupted; then nothing more may be written.
        workers.close();
    }
}
