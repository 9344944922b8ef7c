package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.sim.SimulationResult.Violation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Simulates many migrations and reports what was violated: {@code mvn -Psimulate verify -Dsim.seeds=10000}. With {@code
 * -Dsim.seed=7} it prints the history of one, also of a mutant; with {@code -Dsim.mutant=all} alone it shows which seed
 * finds each mutant. With {@code -Dsim.exhaustive=true} it explores small worlds instead.
 */
public final class Simulate {
    private static final int REPORTS = 20;
    /** More than one for each processor: a processor would idle each time one thread of a seed wakes another one. */
    private static final int AT_ONCE = 2;

    private static final String NOT_FOUND = "NOT FOUND";

    private final PrintStream out;
    private final Seeds seeds = new Seeds();

    private Simulate(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        Simulate simulate = new Simulate(System.out);
        long from = Long.getLong("sim.from", 0);
        long count = Long.getLong("sim.seeds", 300);
        String mutant = System.getProperty("sim.mutant", "");
        boolean fine;
        if (Boolean.getBoolean("sim.exhaustive")) {
            System.exit(simulate.exhaustive(mutant) ? 0 : 1);
        }
        if (!System.getProperty("sim.seed", "").isEmpty() && !mutant.isEmpty()) {
            System.setProperty("sim.mutant", "");
            new MutantLoader(named(mutant).get(0))
                    .loadClass(Simulate.class.getName())
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
            return;
        }
        if (!System.getProperty("sim.seed", "").isEmpty()) {
            fine = simulate.one(Long.getLong("sim.seed"));
        } else if (mutant.isEmpty()) {
            fine = simulate.many(from, count);
        } else {
            fine = simulate.mutants(mutant, from, count);
        }
        // Threads of the simulations are daemons.
        System.exit(fine ? 0 : 1);
    }

    /** Explores all rungs side by side, or one rung of a mutant until it violates something. */
    private boolean exhaustive(String mutant) throws InterruptedException {
        List<RungCase> rungs = RungCase.all().stream()
                .filter(rung -> rung.name().startsWith(System.getProperty("sim.rung", "")))
                .toList();
        int most = Integer.getInteger("sim.most", Integer.MAX_VALUE);
        return mutant.isEmpty()
                ? new RungExplorer(most).all(rungs, out)
                : rungs.stream().noneMatch(rung -> {
                    String found =
                            new MutantLoader(named(mutant).get(0)).rungs(most).apply(rung.name());
                    out.println(rung.name() + ": " + (found.isEmpty() ? "nothing is violated" : "\n" + found));
                    return found.isEmpty();
                });
    }

    /** Prints the history of a seed, and of the smallest scenario that violates the same. */
    private boolean one(long seed) {
        Scenario scenario = Scenario.of(seed);
        Seeds.Ended ended = seeds.simulate(scenario);
        print(scenario, ended);
        List<Violation> violations = ended.result().violations();
        if (!violations.isEmpty()) {
            Scenario smallest = new Shrinking(seeds, violations.get(0).invariant()).shrink(scenario);
            out.println();
            out.println("Smallest scenario that violates '" + violations.get(0).invariant() + "':");
            print(smallest, seeds.simulate(smallest));
        }
        return violations.isEmpty();
    }

    private void print(Scenario scenario, Seeds.Ended ended) {
        out.println(scenario);
        ended.history().lines().forEach(out::println);
        ended.result().violations().forEach(one -> out.println("VIOLATED " + one.invariant() + ": " + one.what()));
    }

    private boolean many(long from, long count) throws InterruptedException {
        long begin = System.nanoTime();
        List<SimulationResult> results = all(from, count);
        List<SimulationResult> violating =
                results.stream().filter(it -> !it.violations().isEmpty()).toList();
        violating.forEach(it -> report(it.seed(), it.violations()));
        boolean complete = summary(results, Duration.ofNanos(System.nanoTime() - begin));
        return violating.isEmpty() && (complete || count < Unreached.ENOUGH);
    }

    private void report(long seed, List<Violation> violations) {
        violations.forEach(one -> out.println("seed " + seed + " violates " + one.invariant() + ": " + one.what()));
        out.println("  mvn -Psimulate verify -Dsim.seed=" + seed);
    }

    private List<SimulationResult> all(long from, long count) throws InterruptedException {
        List<SimulationResult> results = new ArrayList<>();
        inOrder(
                LongStream.range(from, from + count).boxed().toList(),
                seed -> seeds.result(Scenario.of(seed)),
                (seed, result) -> {
                    results.add(result);
                    if (results.size() % Math.max(1, count / REPORTS) == 0) {
                        out.println(results.size() + " of " + count + " migrations");
                    }
                });
        return results;
    }

    /** Does something with each on all processors, and passes the results on in their order. */
    private static <T, R> void inOrder(List<T> all, Function<T, R> what, BiConsumer<T, R> results)
            throws InterruptedException {
        ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE * Runtime.getRuntime().availableProcessors());
        try {
            List<Future<R>> running = all.stream()
                    .map(one -> threads.submit(() -> what.apply(one)))
                    .toList();
            for (int i = 0; i < all.size(); i++) {
                results.accept(all.get(i), running.get(i).get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns whether all was met that has no reason why not. */
    private boolean summary(List<SimulationResult> results, Duration took) {
        SortedMap<String, Integer> troubles = new TreeMap<>();
        results.forEach(it -> it.troubles().forEach((kind, times) -> troubles.merge(kind, times, Integer::sum)));
        long micros = results.stream().mapToLong(SimulationResult::lasted).sum();
        out.printf(
                Locale.ROOT,
                "%n%,d migrations, %.1f simulated days, %,d messages (%,d consumed again), %,d runs of apply, in %d s%n",
                results.size(),
                micros / 1e6 / Duration.ofDays(1).toSeconds(),
                results.stream().mapToLong(SimulationResult::messages).sum(),
                results.stream().mapToLong(SimulationResult::repeated).sum(),
                results.stream().mapToLong(SimulationResult::runs).sum(),
                took.toSeconds());
        out.printf(
                Locale.ROOT,
                "%d violate an invariant%n",
                results.stream().filter(it -> !it.violations().isEmpty()).count());
        troubles.forEach((kind, times) -> out.printf(Locale.ROOT, "%,8d  %s%n", times, kind));
        return coverage(results);
    }

    private boolean coverage(List<SimulationResult> results) {
        Coverage all = new Coverage();
        results.forEach(it -> all.add(it.coverage()));
        int rungs = Coverage.reachableRungs().size();
        out.printf(
                Locale.ROOT,
                "%nMet: %d of %d steps of the ladder, %d of %d pairs of a step and a fault, %d of %d kinds of decisions%n",
                rungs - all.unmetRungs().size(),
                rungs,
                all.possiblePairs() - all.unmetPairs().size(),
                all.possiblePairs(),
                all.decisions().size(),
                Coverage.possibleDecisions().size());
        all.decisions().forEach(decision -> out.println("Met: " + decision));
        return Stream.of(
                        unmet("step from ", all.unmetRungs()),
                        unmet("write of ", all.unmetSteps()),
                        unmet("", all.unmetPairs()),
                        unmet("", all.unmetDecisions()))
                .allMatch(Boolean::booleanValue);
    }

    /** Prints what was not met, and returns whether all of it has a reason. */
    private boolean unmet(String kind, Set<String> unmet) {
        unmet.forEach(what -> out.println("Not met: " + kind + what
                + Unreached.why(what).map(why -> " (" + why + ")").orElse("")));
        return unmet.stream().allMatch(what -> Unreached.why(what).isPresent());
    }

    private static List<Mutant> named(String name) {
        return name.equals("all")
                ? Mutant.all()
                : Arrays.stream(name.split(","))
                        .map(one ->
                                Mutant.named(one).orElseThrow(() -> new IllegalArgumentException("no mutant " + one)))
                        .toList();
    }

    /** Looks side by side for the first seed that finds each mutant, and prints a table. */
    private boolean mutants(String name, long from, long count) throws InterruptedException {
        boolean[] allFound = {true};
        inOrder(named(name), mutant -> found(mutant, from, count), (mutant, line) -> {
            allFound[0] &= !line.startsWith(NOT_FOUND);
            out.printf(Locale.ROOT, "%-24s  %s%n", mutant.name(), line);
        });
        return allFound[0];
    }

    private static String found(Mutant mutant, long from, long count) {
        MutantLoader loader = new MutantLoader(mutant);
        LongFunction<String> mutated = loader.seeds();
        for (long seed = from; seed < from + count; seed++) {
            Optional<String> violated = mutated.apply(seed).lines().findFirst();
            if (violated.isPresent()) {
                return String.format(Locale.ROOT, "seed %3d  %s", seed, violated.get());
            }
        }
        SortedSet<String> uncalled = loader.uncalled();
        return NOT_FOUND + " in " + count + " seeds" + (uncalled.isEmpty() ? "" : ", which never call " + uncalled);
    }
}
