package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.run.SimulatedGoals;
import io.github.rocketmigrate.sim.EngineRequest.Kind;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Timing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Runs {@code apply} on one thread. All that it learns of the world are the answers to its requests, so the same answers
 * bring it to the same request again.
 */
final class EngineRun implements Requests, Timing {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final Function<EngineRequest, Object> answers;
    private final Random random;
    private long now;
    private boolean killed;

    /** How a run has ended. */
    record End(Optional<Outcome> outcome, String words) {}

    /**
     * Creates a run.
     *
     * @param number tells its notes from those of other runs
     * @param now when it begins
     * @param answers answers its requests; what it throws ends the run
     */
    EngineRun(int number, long now, Function<EngineRequest, Object> answers) {
        this.random = new Random(number);
        this.now = now;
        this.answers = answers;
    }

    End apply(MigrationPlan plan, World world, Path folder) {
        Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            writers.put(side, new SimWriter(world, this, side));
        }
        try {
            ApplyReport report = SimulatedGoals.apply(plan, writers, this, folder, false, ApplyProgress.SILENT);
            return new End(Optional.of(report.outcome()), report.outcome().word());
        } catch (Fault fault) {
            return new End(Optional.empty(), "error: " + fault.getMessage());
        }
    }

    private Object answer(EngineRequest request) {
        check();
        try {
            return answers.apply(request);
        } catch (Killed end) {
            killed = true;
            throw end;
        }
    }

    private void check() {
        if (killed) {
            throw new Killed();
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T ask(String address, String what, Supplier<T> answer) {
        return (T) answer(new EngineRequest(Kind.ASK, address, what, answer, 0));
    }

    @Override
    public Claim tell(String address, String what, Supplier<Claim> effect) {
        return (Claim) answer(new EngineRequest(Kind.TELL, address, what, effect, 0));
    }

    @Override
    public void sleep(Duration duration) {
        long micros = Turns.micros(duration);
        now += (Long) answer(new EngineRequest(Kind.PAUSE, "", "", () -> micros, micros));
    }

    @Override
    public void await(Future<?> event, Duration most) {
        if (!event.isDone()) {
            sleep(most);
        }
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(now * 1_000);
    }

    @Override
    public Clock clock() {
        InstantSource source = () -> START.plusNanos(now * 1_000);
        return source.withZone(ZoneOffset.UTC);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Workers workers(String name, int count) {
        return new Workers() {
            @Override
            public <T> List<Future<T>> run(List<Callable<T>> tasks) {
                List<Future<T>> all = new ArrayList<>();
                for (Callable<T> task : tasks) {
                    FutureTask<T> future = new FutureTask<>(task);
                    future.run();
                    all.add(future);
                }
                check();
                return all;
            }

            @Override
            public void close() {
                // All tasks have ended.
            }
        };
    }

    /** Heartbeats of a lease are for other runs, of which none is alive at the same time. */
    @Override
    public PeriodicTask every(Duration period, String name, Runnable task) {
        return () -> {};
    }

    @Override
    public Lock lock() {
        return new ReentrantLock();
    }
}
