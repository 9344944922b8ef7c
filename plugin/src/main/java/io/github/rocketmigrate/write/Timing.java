package io.github.rocketmigrate.write;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.random.RandomGenerator;

/**
 * Gives the engine its time, threads and random numbers. Tests and simulations replace it, so that a whole run takes
 * place in virtual time, on one thread, and can be repeated exactly.
 */
public interface Timing {
    /** Measures time that never goes backwards, from an arbitrary start. */
    Duration elapsed();

    /** Returns the clock for dates that people and files get; do not measure durations with it. */
    Clock clock();

    /**
     * Returns a clock that begins with the time of {@link #clock} and then never jumps, even if somebody sets the machine's clock:
     * for instants that are subtracted from each other.
     */
    default Clock steadyClock() {
        Instant begin = clock().instant();
        Stopwatch since = stopwatch();
        InstantSource steady = () -> begin.plus(since.passed());
        return steady.withZone(ZoneOffset.UTC);
    }

    /** Returns the source of random delays and ids. */
    RandomGenerator random();

    /** Waits until {@code event} is done, but at most for {@code most}; how it was done does not matter. */
    void await(Future<?> event, Duration most) throws InterruptedException;

    void sleep(Duration duration) throws InterruptedException;

    /**
     * Starts workers for tasks that may run side by side.
     *
     * @param name of their threads
     */
    Workers workers(String name, int count);

    /**
     * Runs a task again and again, the first time after one {@code period}, until it is closed. A task that throws is
     * not run again.
     */
    PeriodicTask every(Duration period, String name, Runnable task);

    /** Creates a lock for threads that this timing has started; a thread may acquire it again while it holds it. */
    Lock lock();

    /** Starts to measure how long something takes. */
    default Stopwatch stopwatch() {
        return new Stopwatch(this, elapsed());
    }

    /** Runs tasks side by side for one caller, who waits for all of them. */
    interface Workers extends AutoCloseable {
        /** Runs all tasks and returns them, finished and in the order of {@code tasks}: none makes its caller wait. */
        <T> List<Future<T>> run(List<Callable<T>> tasks) throws InterruptedException;

        /** Interrupts tasks that still run because their caller was interrupted, and waits a moment for their end. */
        @Override
        void close();
    }

    /** Runs beside the caller until it is closed. */
    interface PeriodicTask extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Measures how long something takes.
     *
     * @param begin when it began, as {@link Timing#elapsed} told it
     */
    record Stopwatch(Timing timing, Duration begin) {
        public Duration passed() {
            return timing.elapsed().minus(begin);
        }

        public boolean isOver(Duration limit) {
            return passed().compareTo(limit) > 0;
        }
    }
}
