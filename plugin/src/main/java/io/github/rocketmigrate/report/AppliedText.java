package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints confirmed changes as they happen: one line for objects that were changed together and alike. */
public final class AppliedText {
    /** More new objects are named without their settings, which the plan has shown: they may differ. */
    private static final int MOST_WITH_SETTINGS = 2;

    private static final int MOST_SHOWN = 20;
    private static final int MOST_NAMED = 3;
    private static final long SECOND = 1_000;
    /** What would round to 0.0 s. */
    private static final long SHORTEST = 50;

    private final Terminal terminal;
    private final Layout layout;
    private final ChangeWords words;

    public AppliedText(Terminal terminal, Situation situation) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
        this.words = new ChangeWords(situation);
    }

    private record AppliedKind(PlanAction action, Subject.Kind kind) {
        static AppliedKind of(Change change) {
            return new AppliedKind(PlanAction.of(change), change.subject().kind());
        }

        /** Whether the time of the write says nothing: the topic has waited before it. */
        boolean isMove() {
            return EnumSet.of(PlanAction.MOVE, PlanAction.MOVE_PARTLY, PlanAction.OPEN)
                    .contains(action);
        }

        /** {@code moved 3 topics}. */
        String of(int changes) {
            return action.done(Counts.of(changes, kind.word()));
        }
    }

    /**
     * Prints what is confirmed; failures are printed at the end of the run, with what to do.
     *
     * @param took the time for all changes, for those that were not measured
     */
    public void print(List<AppliedChange> changes, Duration took) {
        Map<AppliedKind, List<AppliedChange>> kinds = new LinkedHashMap<>();
        for (AppliedChange one : changes) {
            if (one.outcome() == WriteOutcome.CONFIRMED && !(one.change() instanceof Change.SeedOffsets)) {
                kinds.computeIfAbsent(AppliedKind.of(one.change()), key -> new ArrayList<>())
                        .add(one);
            }
        }
        kinds.forEach((kind, of) -> {
            if (of.size() > MOST_SHOWN) {
                line(kind.of(of.size()), Names.of(names(of), MOST_NAMED), kind.isMove() ? "" : longest(of, took));
            } else {
                alike(kind, of).forEach((done, same) -> print(kind, done, same, took));
            }
        });
    }

    /** The changes of one kind by what they have done. */
    private Map<String, List<AppliedChange>> alike(AppliedKind kind, List<AppliedChange> changes) {
        Map<String, List<AppliedChange>> alike = new LinkedHashMap<>();
        boolean isBrief = kind.action() == PlanAction.CREATE && changes.size() > MOST_WITH_SETTINGS;
        for (AppliedChange one : changes) {
            String done = isBrief ? "" : words.done(one.change());
            alike.computeIfAbsent(done, key -> new ArrayList<>()).add(one);
        }
        return alike;
    }

    private void print(AppliedKind kind, String done, List<AppliedChange> changes, Duration took) {
        String time = kind.isMove() ? "" : longest(changes, took);
        if (changes.size() == 1) {
            line(kind.action().done(kind.kind().word() + " " + names(changes).get(0)), done, time);
        } else {
            String before = done.isEmpty() ? "" : done + ": ";
            line(kind.of(changes.size()), before + String.join(", ", names(changes)), time);
        }
    }

    private static List<String> names(List<AppliedChange> changes) {
        return changes.stream().map(one -> one.change().subject().name()).toList();
    }

    /** The time of the change that took longest. */
    private static String longest(List<AppliedChange> changes, Duration unmeasured) {
        return time(changes.stream()
                .map(one -> one.took().orElse(unmeasured))
                .max(Comparator.naturalOrder())
                .orElse(unmeasured));
    }

    private void line(String what, String words, String time) {
        layout.row("✓ " + what, words, time, terminal::good, line -> line);
    }

    /** Nothing for what took no time that a person notices. */
    static String time(Duration took) {
        if (took.toMillis() < SHORTEST) {
            return "";
        }
        return took.toMillis() < 10 * SECOND
                ? String.format(Locale.ROOT, "%.1f s", (double) took.toMillis() / SECOND)
                : Counts.span(took);
    }
}
