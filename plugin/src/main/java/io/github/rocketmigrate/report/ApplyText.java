package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.text.Wrapped;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Tells people what {@code apply} has done, and at more length what it has not. */
public final class ApplyText {
    private static final int MOST_SHOWN = 20;
    private static final int MOST_NAMED = 4;

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
            heldBack(report.heldBack());
        }
        report.warnings()
                .forEach(warning -> Wrapped.lines(warning, Wrapped.WIDTH).forEach(terminal::warning));
        terminal.line("");
        report.evidence().ifPresent(evidence -> terminal.line("Kept in " + evidence));
        terminal.line(terminal.strong(report.summary()));
        terminal.line("Next: " + report.next() + ".");
    }

    private void stale(List<Stale> stale) {
        if (stale.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(terminal.strong("The change set fits no more; nothing was changed."));
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
        terminal.line("");
        terminal.line(terminal.strong("moved"));
        Map<ApplyReport.TopicJourney, List<String>> alike = new LinkedHashMap<>();
        moved.forEach((topic, way) ->
                alike.computeIfAbsent(way, key -> new ArrayList<>()).add(topic));
        alike.forEach((way, topics) -> {
            String what = (topics.size() == 1 ? "topic  " : topics.size() + " topics  ") + Names.of(topics, MOST_NAMED);
            List<String> lines = Wrapped.lines(what + "  " + way.from() + " → " + way.to(), Wrapped.WIDTH - 4);
            terminal.line("  " + terminal.good("~") + " " + lines.get(0));
            lines.stream().skip(1).forEach(line -> terminal.line("      " + line));
        });
    }

    /** Topics that go no further for the same reason are told together. */
    private void heldBack(SortedMap<String, String> held) {
        if (held.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(terminal.strong("held back"));
        Map<String, List<String>> alike = new LinkedHashMap<>();
        held.forEach((topic, why) ->
                alike.computeIfAbsent(why, key -> new ArrayList<>()).add(topic));
        alike.entrySet().stream().limit(MOST_SHOWN).forEach(reason -> {
            List<String> topics = reason.getValue();
            terminal.line("  " + terminal.bad("!") + " "
                    + (topics.size() == 1 ? "topic  " : topics.size() + " topics  ") + Names.of(topics, MOST_NAMED));
            indented(reason.getKey());
        });
        more(alike.size());
    }

    private void unfinished(List<AppliedChange> unfinished) {
        if (unfinished.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(terminal.strong("not done"));
        Map<String, List<AppliedChange>> alike = new LinkedHashMap<>();
        unfinished.forEach(one ->
                alike.computeIfAbsent(alikeness(one), key -> new ArrayList<>()).add(one));
        alike.values().stream().limit(MOST_SHOWN).forEach(this::alike);
        more(alike.size());
    }

    /** Why a run ended while it waited, with nothing begun. */
    private void stopped(Stop stop) {
        terminal.line("");
        terminal.line(terminal.strong("stopped"));
        List<String> lines = Wrapped.lines(Sentences.of(stop.what(), stop.fix()), Wrapped.WIDTH - 4);
        terminal.line("  " + terminal.bad("!") + " " + lines.get(0));
        lines.stream().skip(1).forEach(line -> terminal.line("    " + line));
    }

    /** What has ended alike is told once. */
    private void alike(List<AppliedChange> alike) {
        AppliedChange first = alike.get(0);
        Subject subject = first.change().subject();
        String kind = subject.kind().word();
        String what = PlanSections.verb(first.change()) + " "
                + (alike.size() == 1
                        ? kind + "  " + subject.name()
                        : ValidationReport.amount(alike.size(), kind) + "  "
                                + Names.of(
                                        alike.stream()
                                                .map(one ->
                                                        one.change().subject().name())
                                                .toList(),
                                        MOST_NAMED));
        List<String> lines = Wrapped.lines(first.outcome().word().replace('-', ' ') + "  " + what, Wrapped.WIDTH - 4);
        terminal.line("  " + terminal.bad("!") + " " + lines.get(0));
        lines.stream().skip(1).forEach(line -> terminal.line("      " + line));
        indented(Sentences.of(first.why(), first.fix()));
    }

    private static String alikeness(AppliedChange one) {
        return one.outcome().word() + one.change().word() + one.why() + one.fix();
    }

    private void indented(String text) {
        Wrapped.lines(text, Wrapped.WIDTH - 6).forEach(line -> terminal.line("      " + line));
    }

    private void more(int all) {
        if (all > MOST_SHOWN) {
            terminal.line("  and " + (all - MOST_SHOWN) + " more, in " + ResultFile.NAME);
        }
    }
}
