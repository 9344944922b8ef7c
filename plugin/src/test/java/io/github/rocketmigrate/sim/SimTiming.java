package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.write.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;
import java.util.random.RandomGenerator;

/** The time of one process, whose threads take turns with the world and with the threads of other processes. */
final class SimTiming implements Timing {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    /** How rarely the tasks of a process that may interleave them do so. */
    private static final int ONE_OF_TASKS = 3;

    /** How much later than others a periodic task may run: no two threads run at the same moment again and again. */
    private static final long PHASES = 100 * World.MILLIS;

    private final Turns turns;
    private final SimProcess process;
    private final Random random;

    SimTiming(Turns turns, SimProcess process, long seed) {
        this.turns = turns;
        this.process = process;
        this.random = new Random(seed);
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(turns.now() * 1_000);
    }

    @Override
    public Clock clock() {
        InstantSource source = () -> START.plusNanos(turns.now() * 1_000).plus(process.clockError());
        return source.withZone(ZoneOffset.UTC);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void sleep(Duration duration) {
        process.rest(Turns.micros(duration), wake -> {});
    }

    @Override
    public void await(Future<?> event, Duration most) {
        if (event.isDone()) {
            return;
        }
        process.rest(Turns.micros(most), wake -> {
            if (event instanceof CompletableFuture<?> completable) {
                wake.at(completable);
            }
        });
    }

    /**
     * Runs the tasks on threads that take turns, or one after the other in an order that the seed gives, which is much
     * faster: a thread of its own costs more than the reading that it does.
     */
    @Override
    public Workers workers(String name, int count) {
        return new Workers() {
            @Override
            public <T> List<Future<T>> run(List<Callable<T>> tasks) {
                List<FutureTask<T>> all = new ArrayList<>();
                tasks.forEach(task -> all.add(new FutureTask<>(task)));
                List<FutureTask<T>> order = new ArrayList<>(all);
                Collections.shuffle(order, random);
                if (tasks.size() > 1 && process.isInterleaved() && random.nextInt(ONE_OF_TASKS) == 0) {
                    together(order, count);
                } else {
                    order.forEach(FutureTask::run);
                }
                process.check();
                return new ArrayList<>(all);
            }

            @Override
            public void close() {
                // All tasks have ended.
            }
        };
    }

    /** Runs the tasks on at most {@code count} threads, of which this one is the first, and waits for all of them. */
    private <T> void together(List<FutureTask<T>> tasks, int count) {
        List<FutureTask<T>> waiting = new ArrayList<>(tasks);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        int[] threads = {Math.min(count, tasks.size())};
        Runnable work = () -> {
            while (!waiting.isEmpty()) {
                waiting.remove(0).run();
            }
            threads[0]--;
            if (threads[0] == 0) {
                ended.complete(null);
            }
        };
        for (int i = threads[0]; i > 1; i--) {
            turns.start(work);
        }
        work.run();
        while (!ended.isDone()) {
            turns.sleep(World.MINUTES, wake -> wake.at(ended));
        }
    }

    @Override
    public Lock lock() {
        return new SimLock(turns);
    }

    @Override
    public PeriodicTask every(Duration period, String name, Runnable task) {
        boolean[] closed = {false};
        long late = random.nextLong(PHASES);
        turns.start(() -> {
            process.rest(late, wake -> {});
            while (!closed[0]) {
                process.rest(Turns.micros(period), wake -> {});
                if (!closed[0]) {
                    task.run();
                }
            }
        });
        return () -> closed[0] = true;
    }
}
