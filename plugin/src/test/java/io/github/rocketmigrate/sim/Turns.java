package io.github.rocketmigrate.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Virtual time and the order in which everything happens. At any moment one thread has the turn; time passes only while
 * that thread sleeps. A sleeping thread runs the events of the world until it is woken itself, or until another thread is
 * woken, to which it hands the turn.
 */
class Turns {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "simulated");
        thread.setDaemon(true);
        return thread;
    });

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Throwable> failures = new ArrayList<>();
    private long now;
    private long planned;
    private Sleeper running = new Sleeper();

    /** Something that happens at a moment, in microseconds since the start. */
    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    /** A thread that takes part. */
    private static final class Sleeper {
        private final Semaphore turn = new Semaphore(0);
        /** Counts its sleeps: a second wake of the same sleep comes too late. */
        private long sleep;
    }

    /** Wakes a thread from one of its sleeps. */
    final class Wake implements Runnable {
        private final Sleeper sleeper;
        private final long sleep;

        private Wake(Sleeper sleeper) {
            this.sleeper = sleeper;
            this.sleep = sleeper.sleep;
        }

        private boolean isOver() {
            return sleeper.sleep != sleep;
        }

        /** Wakes it now instead of at the end of its sleep. */
        void early() {
            events.add(new Event(now, planned++, this));
        }

        /** Wakes it early when the event is done. */
        void at(CompletableFuture<?> event) {
            CompletableFuture<?> unused = event.whenComplete((value, failure) -> early());
        }

        @Override
        public void run() {
            throw new IllegalStateException("a wake is no event of the world");
        }
    }

    /** The thread that has the turn. */
    Object running() {
        return running;
    }

    /** Microseconds since the start. */
    long now() {
        return now;
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /** Plans something for later. */
    void after(long micros, Runnable what) {
        events.add(new Event(now + Math.max(0, micros), planned++, what));
    }

    /** Runs the task on a thread of its own, beside the others. */
    void start(Runnable task) {
        Sleeper sleeper = new Sleeper();
        Wake first = new Wake(sleeper);
        first.early();
        THREADS.execute(() -> {
            sleeper.turn.acquireUninterruptibly();
            try {
                task.run();
            } catch (Killed end) {
                // The process of this thread has ended.
            } catch (Throwable failure) {
                failures.add(failure);
            }
            handOver(Optional.empty());
        });
    }

    /** Sleeps; whoever knows the wake of this sleep may end it early. */
    void sleep(long micros, Consumer<Wake> wakes) {
        Sleeper me = running;
        me.sleep++;
        Wake wake = new Wake(me);
        events.add(new Event(now + Math.max(0, micros), planned++, wake));
        wakes.accept(wake);
        handOver(Optional.of(me));
    }

    /** Sleeps. If nothing happens before its end, only time passes: that is so for most requests. */
    void sleep(long micros) {
        long end = now + Math.max(0, micros);
        Event next = events.peek();
        if (next != null && next.at() <= end) {
            sleep(micros, wake -> {});
        } else {
            now = end;
        }
    }

    /** Lets the world go on until {@code me} is woken, or until a thread is woken if there is no {@code me}. */
    private void handOver(Optional<Sleeper> me) {
        while (true) {
            Event event = events.remove();
            now = Math.max(now, event.at());
            if (!(event.what() instanceof Wake wake)) {
                happen(event.what());
            } else if (!wake.isOver()) {
                Sleeper next = wake.sleeper;
                next.sleep++;
                if (me.filter(next::equals).isPresent()) {
                    return;
                }
                running = next;
                next.turn.release();
                me.ifPresent(it -> it.turn.acquireUninterruptibly());
                return;
            }
        }
    }

    /** A fault of the simulator itself must not look like a fault of the thread that happens to have the turn. */
    private void happen(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | Error failure) {
            failures.add(failure);
        }
    }

    /** Faults of the simulator itself. */
    List<Throwable> failures() {
        return failures;
    }
}
