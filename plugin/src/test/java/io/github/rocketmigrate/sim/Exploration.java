package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.sim.EngineRequest.Kind;
import io.github.rocketmigrate.sim.Memory.Image;
import io.github.rocketmigrate.sim.SimulationResult.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Explores everything that can happen while runs make one rung in a small world. In each state either the run gets the
 * answer to its request, or it is killed, or a client or server makes a step. A run is killed at most once; people start
 * the next one when clients have followed. States are one only if the world with its notes and the place of the run are the
 * same. States that need fewer steps and kills come first, so the first violation has the shortest way.
 *
 * <p>Longer than 300 lines: the ways from a state to the next are read side by side.
 */
final class Exploration {
    private static final int MOST_RUNS = 6;
    private static final long BETWEEN_RUNS = 5 * World.MINUTES;

    private final RungCase rung;
    private final int most;
    private final Path folder;
    private final Scenario scenario;
    private final SmallWorld small;
    private final Memory memory;
    private final EngineMap engine;
    private final Independence independence;
    /** Runs have ended, and clients do what is left. */
    private final EnginePosition over;
    /** A run has ended before the rung was made. */
    private final EnginePosition between;

    private final Map<State, Integer> costs = new HashMap<>();
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private final SortedMap<String, Integer> writes = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> polls = new TreeMap<>();
    private boolean limited;
    private List<Violation> violations = List.of();
    private Trail violating = Trail.EMPTY;

    /** A state; {@code idle} are the steps on which something has to depend before the run continues. */
    private record State(EnginePosition at, Image image, int run, boolean killed, SortedSet<String> idle) {}

    /** A way to a state, with the number of steps and kills on it. */
    private record Arrival(State state, List<Step> idle, Trail trail, int cost) {}

    /**
     * Prepares a rung.
     *
     * @param most of steps and kills together; further ones are left out
     * @param folder for what runs write
     */
    Exploration(RungCase rung, int most, Path folder) {
        this.rung = rung;
        this.most = most;
        this.folder = folder;
        this.scenario = rung.scenario();
        this.small = new SmallWorld(scenario);
        prepare();
        this.memory = new Memory(small.roots());
        this.engine = new EngineMap(small, Plans.whole(scenario.plan(rung.to(), true)), folder);
        this.independence = new Independence(small);
        this.over = engine.still();
        this.between = engine.still();
    }

    /** Makes the rungs before this one, while everything happens as soon as it can. */
    private void prepare() {
        for (int i = 0; i < rung.path().size(); i++) {
            Stage stage = rung.path().get(i);
            EngineRun.End end = new EngineRun(-i, small.world().now(), request -> {
                        small.makeAll();
                        if (request.is(Kind.PAUSE)) {
                            small.readSettings();
                            small.makeAll();
                        }
                        return small.answer(request);
                    })
                    .apply(Plans.whole(scenario.plan(stage, true)), small.world(), folder);
            if (!isReached(end, stage)) {
                throw new IllegalStateException(rung.name() + " cannot be prepared: " + end.words());
            }
            if (stage == Stage.SOURCE) {
                small.startClients();
            }
            small.makeAll();
            small.passUntilNext(BETWEEN_RUNS);
        }
    }

    private boolean isReached(EngineRun.End end, Stage stage) {
        Invariants invariants = new Invariants(small.world(), scenario);
        boolean reached = end.outcome()
                .filter(outcome -> invariants.isReached(outcome, stage))
                .isPresent();
        violations = invariants.violations();
        return reached;
    }

    ExplorationResult explore() {
        long begin = System.nanoTime();
        Image start = memory.take();
        begin(1, false, Trail.EMPTY, 0);
        while (!arrivals.isEmpty() && violations.isEmpty()) {
            Arrival arrival = arrivals.remove();
            if (costs.get(arrival.state()) == arrival.cost()) {
                violating = arrival.trail();
                memory.restore(arrival.state().image());
                expand(arrival);
            }
        }
        return new ExplorationResult(
                rung.name(),
                !limited && violations.isEmpty(),
                costs.size(),
                memory.size(),
                engine.size(),
                engine.repeated(),
                writes,
                polls,
                violations,
                timeline(start),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private List<String> timeline(Image start) {
        if (violations.isEmpty()) {
            return List.of();
        }
        memory.restore(start);
        small.history().clear();
        violating.replay();
        return small.history().lines();
    }

    private void say(int run, String what) {
        small.history().say("run-" + run, what);
    }

    /** A run begins in the world as it is. */
    private void begin(int run, boolean killed, Trail trail, int cost) {
        Image image = memory.take();
        EnginePosition first = engine.beginning(run);
        arrive(new State(first, image, run, killed, new TreeSet<>()), trail.and(() -> say(run, "begins")), cost);
    }

    /** A state without idle steps, reached without a step. */
    private void arrive(State state, Trail trail, int cost) {
        arrive(new Arrival(state, List.of(), trail, cost), true);
    }

    private void arrive(Arrival arrival, boolean first) {
        if (arrival.cost() > most) {
            limited = true;
            return;
        }
        Integer known = costs.get(arrival.state());
        if (known == null || known > arrival.cost()) {
            costs.put(arrival.state(), arrival.cost());
            if (first) {
                arrivals.addFirst(arrival);
            } else {
                arrivals.addLast(arrival);
            }
        }
    }

    private void expand(Arrival arrival) {
        EnginePosition at = arrival.state().at();
        List<Step> steps = small.steps();
        if (at == over || at == between) {
            if (steps.isEmpty()) {
                calm(arrival);
            }
            steps.forEach(step -> make(arrival, step, List.of()));
            return;
        }
        EngineRequest request = at.request();
        if (independence.matter(steps, request)) {
            for (Step step : steps) {
                memory.restore(arrival.state().image());
                make(arrival, step, independence.idle(arrival.idle(), step, request));
            }
        }
        memory.restore(arrival.state().image());
        if (request.is(Kind.END)) {
            end(arrival, (EngineRun.End) request.effect().get());
        } else if (arrival.idle().isEmpty() && small.due(request.micros()).isEmpty()) {
            answer(arrival, request);
        }
    }

    private void make(Arrival arrival, Step step, List<Step> idle) {
        if (!violations.isEmpty()) {
            return;
        }
        State state = arrival.state();
        memory.restore(state.image());
        if (step.is(Step.Kind.POLL) && !state.at().after().isEmpty()) {
            polls.computeIfAbsent(state.at().after(), write -> new TreeSet<>())
                    .add(small.upToDate() + " " + step.who());
        }
        small.make(step);
        check();
        arrive(
                new Arrival(
                        new State(state.at(), memory.take(), state.run(), state.killed(), Independence.names(idle)),
                        idle,
                        arrival.trail().and(() -> small.make(step)),
                        arrival.cost() + 1),
                false);
        if (!violations.isEmpty()) {
            violating = arrival.trail().and(() -> small.make(step));
        }
    }

    /** Looks for what can never be repaired; messages that are not consumed yet may still be. */
    private void check() {
        Ledger ledger = small.ledger();
        if (!ledger.late().isEmpty()
                || !ledger.strange().isEmpty()
                || !ledger.refusals().isEmpty()) {
            atEnd();
            violations = violations.stream()
                    .filter(violation -> !violation.invariant().equals(Invariants.NOTHING_LOST))
                    .toList();
        }
    }

    private void atEnd() {
        Invariants invariants = new Invariants(small.world(), scenario);
        invariants.atEnd();
        violations = invariants.violations();
    }

    /** No client has anything left to do. */
    private void calm(Arrival arrival) {
        State state = arrival.state();
        if (state.at() == between) {
            small.passUntilNext(BETWEEN_RUNS);
            begin(
                    state.run() + 1,
                    state.killed(),
                    arrival.trail().and(() -> small.passUntilNext(BETWEEN_RUNS)),
                    arrival.cost());
        } else {
            atEnd();
        }
    }

    private void answer(Arrival arrival, EngineRequest request) {
        State state = arrival.state();
        boolean mayDie = request.is(Kind.TELL) && !state.killed();
        if (mayDie) {
            writes.merge(request.toString(), 1, Integer::sum);
            kill(state, arrival.trail(), arrival.cost());
        }
        Object answer = small.answer(request);
        Trail trail = request.is(Kind.ASK)
                ? arrival.trail()
                : arrival.trail().and(() -> {
                    say(state.run(), request.toString());
                    Object unusedAnswer = small.answer(request);
                });
        if (mayDie) {
            kill(state, trail, arrival.cost());
        }
        Image image = memory.take();
        EnginePosition next = engine.after(state.at(), answer);
        arrive(new State(next, image, state.run(), state.killed(), new TreeSet<>()), trail, arrival.cost());
    }

    private void kill(State state, Trail trail, int cost) {
        arrive(
                new Arrival(
                        new State(between, memory.take(), state.run(), true, new TreeSet<>()),
                        List.of(),
                        trail.and(() -> say(state.run(), "is killed")),
                        cost + 1),
                false);
    }

    private void end(Arrival arrival, EngineRun.End end) {
        State state = arrival.state();
        boolean reached = isReached(end, rung.to());
        Trail trail = arrival.trail().and(() -> say(state.run(), "ends: " + end.words()));
        violating = trail;
        if (!reached && state.run() == MOST_RUNS && violations.isEmpty()) {
            violations = List.of(new Violation("way on", MOST_RUNS + " runs do not make the rung: " + end.words()));
        }
        EnginePosition next = reached ? over : between;
        arrive(
                new State(next, arrival.state().image(), state.run(), state.killed(), new TreeSet<>()),
                trail,
                arrival.cost());
    }
}
