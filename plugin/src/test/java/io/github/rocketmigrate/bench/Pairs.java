package io.github.rocketmigrate.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** How long two pieces of work took, run in turn, so that whatever slows the machine down slows both. */
record Pairs(List<Duration> ours, List<Duration> others) {
    Pairs {
        ours = List.copyOf(ours);
        others = List.copyOf(others);
    }

    /** Something whose time is taken. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    static Pairs measure(int warmUps, int pairs, Work our, Work other) throws Exception {
        List<Duration> ours = new ArrayList<>();
        List<Duration> others = new ArrayList<>();
        for (int round = -warmUps; round < pairs; round++) {
            Duration one = time(our);
            Duration two = time(other);
            if (round >= 0) {
                ours.add(one);
                others.add(two);
            }
        }
        return new Pairs(ours, others);
    }

    /** The same, where the other work was only a part, {@code times} of which make the whole. */
    Pairs withOther(int times) {
        return new Pairs(
                ours, others.stream().map(part -> part.multipliedBy(times)).toList());
    }

    static Duration time(Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    double ourMedian() {
        return median(ours.stream().map(Pairs::millis).toList());
    }

    double otherMedian() {
        return median(others.stream().map(Pairs::millis).toList());
    }

    /** Ours by the other's, pair by pair. */
    List<Double> ratios() {
        return paired((our, other) -> our / other);
    }

    /** Ours less the other's in milliseconds, pair by pair. */
    List<Double> differences() {
        return paired((our, other) -> our - other);
    }

    private List<Double> paired(ToDoubleBiFunction<Double, Double> join) {
        List<Double> joined = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            joined.add(join.applyAsDouble(millis(ours.get(i)), millis(others.get(i))));
        }
        return joined;
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static double least(List<Double> values) {
        return values.stream().min(Double::compare).orElseThrow();
    }
}
