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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints confirmed changes as they happen: one line for objects that were changed together and alike. */
public final class AppliedText {
    private static final int MOST_ALONE = 2;
    private static final int MOST_SHOWN = 20;
    private static final int MOST_NAMED = 3;
    private static final long SECOND = 1_000;

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

        /** {@code moved 3 topics}. */
        String of(List<Change> changes) {
            return action.done() + " " + Counts.of(changes.size(), kind.word());
        }
    }

    /** Failures are printed at the end of the run, with what to do. */
    public void print(List<AppliedChange> changes, Duration took) {
        Map<AppliedKind, List<Change>> kinds = new LinkedHashMap<>();
        for (AppliedChange one : changes) {
            if (one.outcome() == WriteOutcome.CONFIRMED && !(one.change() instanceof Change.SeedOffsets)) {
                kinds.computeIfAbsent(AppliedKind.of(one.change()), key -> new ArrayList<>())
                        .add(one.change());
            }
        }
        String time = time(took);
        kinds.forEach((kind, of) -> {
            if (of.size() > MOST_SHOWN) {
                line(kind.of(of), Names.of(names(of), MOST_NAMED), time);
            } else {
                alike(kind, of).forEach((done, same) -> print(kind, done, same, time));
            }
        });
    }

    /** The changes of one kind by what they have done. The settings of new objects are in the plan: they may differ. */
    private Map<String, List<Change>> alike(AppliedKind kind, List<Change> changes) {
        Map<String, List<Change>> alike = new LinkedHashMap<>();
        for (Change change : changes) {
            String done = kind.action() == PlanAction.CREATE ? "" : words.done(change);
            alike.computeIfAbsent(done, key -> new ArrayList<>()).add(change);
        }
        return alike;
    }

    private void print(AppliedKind kind, String done, List<Change> changes, String time) {
        if (changes.size() > MOST_ALONE) {
            line(kind.of(changes), (done.isEmpty() ? "" : done + ": ") + String.join(", ", names(changes)), time);
            return;
        }
        for (Change change : changes) {
            String what = kind.action().done() + " " + kind.kind().word() + " "
                    + change.subject().name();
            line(what, words.done(change), time);
        }
    }

    private static List<String> names(List<Change> changes) {
        return changes.stream().map(change -> change.subject().name()).toList();
    }

    private void line(String what, String words, String time) {
        layout.row("✓ " + what, words, time, terminal::good);
    }

    static String time(Duration took) {
        return took.toMillis() < 10 * SECOND
                ? String.format(Locale.ROOT, "%.1f s", (double) took.toMillis() / SECOND)
                : Counts.span(took);
    }
}
