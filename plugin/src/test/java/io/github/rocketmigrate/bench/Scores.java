package io.github.rocketmigrate.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints what was measured, and beside it the goal where there is one. */
final class Scores {
    private final PrintStream out;
    private int missed;

    Scores(PrintStream out) {
        this.out = out;
    }

    void say(String words, Object... values) {
        out.println(String.format(Locale.ROOT, words, values));
    }

    /** Tells how long both halves of pairs took. */
    void pairs(String title, String our, String other, Pairs pairs) {
        say("%n%s, %d pairs", title, pairs.ours().size());
        say("%12.1f ms  %s", pairs.ourMedian(), our);
        say("%12.1f ms  %s", pairs.otherMedian(), other);
    }

    /** Tells, without a goal, how many times as fast ours is. */
    void faster(Pairs pairs) {
        List<Double> ratios = faster(pairs.ratios());
        say("            =  %.1f times as fast, least %.1f", Pairs.median(ratios), Pairs.least(ratios));
    }

    private static List<Double> faster(List<Double> ratios) {
        return ratios.stream().map(ratio -> 1 / ratio).toList();
    }

    /** The goal that ours takes at most {@code most} times as long as the other. */
    void atMost(double most, Pairs pairs) {
        List<Double> ratios = pairs.ratios();
        double median = Pairs.median(ratios);
        goal(median <= most, "%.2f times, least %.2f; goal: at most %s", median, Pairs.least(ratios), most);
    }

    /** The goal that the other takes at least {@code least} times as long as ours. */
    void fasterBy(double least, Pairs pairs) {
        List<Double> ratios = faster(pairs.ratios());
        double median = Pairs.median(ratios);
        goal(median >= least, "%.1f times as fast, least %.1f; goal: at least %s", median, Pairs.least(ratios), least);
    }

    /** The goal that ours takes at most {@code millis} longer than the other. */
    void longerBy(double millis, Pairs pairs) {
        List<Double> differences = pairs.differences();
        double median = Pairs.median(differences);
        goal(
                median <= millis,
                "%.0f ms longer, least %.0f ms; goal: at most %.0f ms",
                median,
                Pairs.least(differences),
                millis);
    }

    void goal(boolean met, String words, Object... values) {
        missed += met ? 0 : 1;
        say("            =  " + words + ": " + (met ? "met" : "MISSED"), values);
    }

    int missed() {
        return missed;
    }
}
