package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.text.Wrapped;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Prints the result of {@code apply}: briefly what it changed, and in detail what it did not change and why. */
public final class ApplyText {
    private static final int MOST_SHOWN = 20;
    private static final int MOST_NAMED = 4;
    private static final String DETAIL = "      ";

    private final Terminal terminal;

    public ApplyText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    public void print(ApplyReport report) {
        stale(report.stale());
        if (!report.isDryRun()) {
            moved(report.moved());
            unfinished(report.unfinished());
            report.stopped().ifPresent(this::stopped);
            blocked(report.blockedTopics());
        }
        report.warnings()
                .forEach(warning -> Wrapped.lines(warning, Wrapped.WIDTH).forEach(terminal::warning));
        terminal.line("");
        report.evidence().ifPresent(evidence -> terminal.line("Evidence: " + evidence));
        terminal.line(terminal.strong(report.summary()));
        terminal.line("Next: " + report.next() + ".");
    }

    private void stale(List<Stale> stale) {
        if (stale.isEmpty()) {
            return;
        }
        heading("The change set no longer fits; nothing was changed.");
        stale.stream().limit(MOST_SHOWN).forEach(one -> {
            terminal.line("  " + terminal.bad("!") + " " + one.kind() + "  " + one.name());
            indented(one.what());
        });
        more(stale.size());
    }

    private void moved(SortedMap<String, ApplyReport.TopicJourney> moved) {
        if (moved.isEmpty()) {
            return;
        }
        heading("moved");
        Map<ApplyReport.TopicJourney, List<String>> alike = new LinkedHashMap<>();
        moved.forEach((topic, way) ->
                alike.computeIfAbsent(way, key -> new ArrayList<>()).add(topic));
        alike.forEach((way, topics) ->
                item(terminal.good("~"), named("topic", topics) + "  " + way.from() + " → " + way.to(), DETAIL));
    }

    /** Prints topics that are blocked for the same reason together. */
    private void blocked(SortedMap<String, String> blocked) {
        if (blocked.isEmpty()) {
            return;
        }
        heading("blocked");
        Map<String, List<String>> alike = new LinkedHashMap<>();
        blocked.forEach((topic, why) ->
                alike.computeIfAbsent(why, key -> new ArrayList<>()).add(topic));
        alike.entrySet().stream().limit(MOST_SHOWN).forEach(reason -> {
            terminal.line("  " + terminal.bad("!") + " " + named("topic", reason.getValue()));
            indented(reason.getKey());
        });
        more(alike.size());
    }

    /** The properties that changes must share to be printed together. */
    private record Failure(WriteOutcome result, PlanAction action, Subject.Kind kind, String why, String fix) {
        static Failure of(AppliedChange one) {
            return new Failure(
                    one.outcome(),
                    PlanAction.of(one.change()),
                    one.change().subject().kind(),
                    one.why(),
                    one.fix());
        }
    }

    private void unfinished(List<AppliedChange> unfinished) {
        if (unfinished.isEmpty()) {
            return;
        }
        heading("not done");
        Map<Failure, List<String>> alike = new LinkedHashMap<>();
        unfinished.forEach(one -> alike.computeIfAbsent(Failure.of(one), key -> new ArrayList<>())
                .add(one.change().subject().name()));
        alike.entrySet().stream().limit(MOST_SHOWN).forEach(one -> {
            Failure failure = one.getKey();
            item(
                    terminal.bad("!"),
                    words(failure.result()) + "  " + failure.action().word() + " "
                            + named(failure.kind().word(), one.getValue()),
                    DETAIL);
            indented(Sentences.of(failure.why(), failure.fix()));
        });
        more(alike.size());
    }

    static String words(WriteOutcome result) {
        return switch (result) {
            case CONFIRMED -> "confirmed";
            case UNCHANGED -> "unchanged";
            case FAILED -> "failed";
            case UNKNOWN -> "unknown";
            case NOT_ATTEMPTED -> "not attempted";
        };
    }

    /** Prints why the run stopped while no change was in progress. */
    private void stopped(Stop stop) {
        heading("stopped");
        item(terminal.bad("!"), Sentences.of(stop.what(), stop.fix()), "    ");
    }

    /** {@code topic  a}, or {@code 2 topics  a, b}. */
    private static String named(String kind, List<String> names) {
        return (names.size() == 1 ? kind : Counts.of(names.size(), kind)) + "  " + Names.of(names, MOST_NAMED);
    }

    private void heading(String text) {
        terminal.line("");
        terminal.line(terminal.strong(text));
    }

    private void item(String sign, String text, String indent) {
        List<String> lines = Wrapped.lines(text, Wrapped.WIDTH - 4);
        terminal.line("  " + sign + " " + lines.get(0));
        lines.stream().skip(1).forEach(line -> terminal.line(indent + line));
    }

    private void indented(String text) {
        Wrapped.lines(text, Wrapped.WIDTH - DETAIL.length()).forEach(line -> terminal.line(DETAIL + line));
    }

    private void more(int all) {
        if (all > MOST_SHOWN) {
            terminal.line("  and " + (all - MOST_SHOWN) + " more; see " + ResultFile.NAME);
        }
    }
}
