package io.github.rocketmigrate.memory;

import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.Timing.PeriodicTask;
import io.github.rocketmigrate.write.Timing.Workers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Time that passes only while somebody waits, on the only thread there is. What was planned for a moment happens when
 * that moment comes: heartbeats, registrations, answers that are late.
 */
public final class VirtualTiming implements Timing {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private final Random random;
    private Duration now = Duration.ZERO;
    private long planned;

    private record Event(Duration at, long number, Runnable what) {}

    public VirtualTiming(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public Duration elapsed() {
        return now;
    }

    @Override
    public Clock clock() {
        InstantSource source = () -> START.plus(now);
        return source.withZone(ZoneOffset.UTC);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void sleep(Duration duration) {
        Duration end = now.plus(duration);
        while (hasEventBy(end)) {
            next();
        }
        arrive(end);
    }

    @Override
    public void await(Future<?> event, Duration most) {
        Duration end = now.plus(most);
        while (!event.isDone() && hasEventBy(end)) {
            next();
        }
        if (!event.isDone()) {
            arrive(end);
        }
    }

    private boolean hasEventBy(Duration end) {
        return !events.isEmpty() && events.peek().at().compareTo(end) <= 0;
    }

    private void next() {
        Event event = events.remove();
        arrive(event.at());
        event.what().run();
    }

    /** An event that waits itself may have come further already. */
    private void arrive(Duration moment) {
        now = now.compareTo(moment) < 0 ? moment : now;
    }

    /** Plans something for later, as servers do. */
    public void after(Duration delay, Runnable what) {
        planned++;
        events.add(new Event(now.plus(delay), planned, what));
    }

    /** Ends all periodic tasks, as the end of a process does; what servers have planned still comes. */
    public void forgetPeriodicTasks() {
        events.removeIf(event -> event.what() instanceof Beat);
    }

    /** How many periodic tasks have not ended. */
    public long periodicTasks() {
        return events.stream()
                .filter(event -> event.what() instanceof Beat beat && !beat.closed)
                .count();
    }

    /** Runs the tasks one after the other on the caller, whatever becomes of each. */
    @Override
    public Workers workers(String name, int count) {
        return new Workers() {
            @Override
            public <T> List<Future<T>> run(List<Callable<T>> tasks) {
                List<Future<T>> done = new ArrayList<>();
                for (Callable<T> task : tasks) {
                    FutureTask<T> future = new FutureTask<>(task);
                    future.run();
                    done.add(future);
                }
                return done;
            }

            @Override
            public void close() {
                // Only the caller runs.
            }
        };
    }

    @Override
    public Lock lock() {
        return new ReentrantLock();
    }

    @Override
    public PeriodicTask every(Duration period, String name, Runnable task) {
        Beat beat = new Beat(period, task);
        after(period, beat);
        return beat;
    }

    private final class Beat implements PeriodicTask, Runnable {
        private final Duration period;
        private final Runnable task;
        private boolean closed;

        Beat(Duration period, Runnable task) {
            this.period = period;
            this.task = task;
        }

        @Override
        public void run() {
            if (!closed) {
                task.run();
                after(period, this);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
