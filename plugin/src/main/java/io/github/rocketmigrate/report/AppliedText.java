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

/** Prints confirmed changes object by object as they happen; many of one kind share a line. */
public final class AppliedText {
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
            String verb = kind.action().done() + " ";
            if (of.size() > MOST_SHOWN) {
                List<String> names =
                        of.stream().map(change -> change.subject().name()).toList();
                line(verb + Counts.of(of.size(), kind.kind().word()), Names.of(names, MOST_NAMED), time);
            } else {
                of.forEach(change ->
                        line(verb + kind.kind().word() + " " + change.subject().name(), words.done(change), time));
            }
        });
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
