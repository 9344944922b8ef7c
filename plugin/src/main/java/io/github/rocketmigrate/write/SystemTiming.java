package io.github.rocketmigrate.write;

import io.github.rocketmigrate.write.Timing.PeriodicTask;
import io.github.rocketmigrate.write.Timing.Workers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** Reads the clocks of this machine and starts daemon threads: the only class of the engine that may. */
public final class SystemTiming implements Timing {
    private static final int CLOSING_SECONDS = 10;

    private final SecureRandom random = new SecureRandom();

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void await(Future<?> event, Duration most) throws InterruptedException {
        try {
            Object unused = event.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            // The caller asks the event itself.
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }

    @Override
    public Workers workers(String name, int count) {
        return new ThreadWorkers(Executors.newFixedThreadPool(count, daemons(name)));
    }

    @Override
    public PeriodicTask every(Duration period, String name, Runnable task) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(daemons(name));
        ScheduledFuture<?> unused =
                thread.scheduleAtFixedRate(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return thread::shutdown;
    }

    @Override
    public Lock lock() {
        return new ReentrantLock();
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private record ThreadWorkers(ExecutorService threads) implements Workers {
        @Override
        public <T> List<Future<T>> run(List<Callable<T>> tasks) throws InterruptedException {
            return threads.invokeAll(tasks);
        }

        @Override
        public void close() {
            threads.shutdownNow();
            try {
                boolean unused = threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
