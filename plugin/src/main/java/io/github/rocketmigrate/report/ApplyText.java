package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Prints the end of {@code apply}: what was not done and why, what is left to do, and the next step. What was done has
 * been printed as it happened.
 */
public final class ApplyText {
    private static final int MOST_SHOWN = 20;
    private static final int MOST_NAMED = 4;
    private static final int DETAIL = 6;
    private static final String BAD = "  ! ";

    private final Terminal terminal;
    private final Layout layout;
    private final boolean details;

    /**
     * Prints to a terminal.
     *
     * @param details whether to name everything, however long the lists become
     */
    public ApplyText(Terminal terminal, boolean details) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.details = details;
        this.layout = new Layout(terminal);
    }

    /** Prints what the run is going to do: for a dry run the whole plan, otherwise one line. */
    public void begin(PlanReport plan, boolean isDryRun) {
        PlanText text = new PlanText(terminal, details, false);
        if (isDryRun) {
            text.work(plan);
            return;
        }
        text.title(plan);
        layout.text(0, plan.figures().summaryOfRun());
    }

    public void print(ApplyReport report) {
        stale(report.stale(), report.plan().invocation().changeSet());
        if (!report.isDryRun()) {
            withheld(report);
            unfinished(report.unfinished());
            report.stopped().ifPresent(this::stopped);
            overdue(report.late());
            awaited(report.awaited());
            new ToDoText(terminal).print(report.left());
        }
        if (!report.warnings().isEmpty()) {
            layout.blank();
        }
        report.warnings().forEach(layout::warning);
        layout.blank();
        if (!report.isDryRun()) {
            PassedFences.lines(report.run().fences()).forEach(line -> layout.text(0, line));
            report.left().notes().forEach(note -> layout.text(0, note));
        }
        report.onHold().forEach(line -> layout.text(0, line));
        report.endpoint().ifPresent(line -> layout.text(0, line));
        report.evidence().ifPresent(evidence -> layout.text(0, "Evidence: " + evidence));
        layout.text(0, report.summary(), terminal::strong);
        layout.next(report.next());
    }

    private void stale(List<Stale> stale, Optional<String> changeSet) {
        if (stale.isEmpty()) {
            return;
        }
        layout.heading("The change set" + changeSet.map(file -> " " + file).orElse("") + " no longer fits");
        stale.stream().limit(mostShown()).forEach(one -> {
            layout.item(BAD, one.kind() + "  " + one.name(), terminal::bad);
            layout.text(DETAIL, one.what());
        });
        more(stale.size());
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

    /** Comes before everything else: until the fence opens, consumers wait. */
    private void withheld(ApplyReport report) {
        SortedSet<String> topics = report.withheld();
        if (topics.isEmpty()) {
            return;
        }
        layout.heading("In the fence");
        SortedSet<String> paused = report.paused();
        withheld(paused, ": producers find no queue until a run ends the pause. Continue at once:");
        SortedSet<String> closed = new TreeSet<>(topics);
        closed.removeAll(paused);
        withheld(closed, ": consumers get no new messages until a run opens the fence. Continue at once:");
        layout.command(DETAIL, report.plan().invocation().again());
    }

    private void withheld(SortedSet<String> topics, String what) {
        if (!topics.isEmpty()) {
            layout.item(BAD, Names.of(topics, details ? Integer.MAX_VALUE : MOST_NAMED) + what, terminal::bad);
        }
    }

    private void unfinished(List<AppliedChange> unfinished) {
        if (unfinished.isEmpty()) {
            return;
        }
        layout.heading("Not done");
        Map<Failure, List<String>> alike = new LinkedHashMap<>();
        unfinished.forEach(one -> alike.computeIfAbsent(Failure.of(one), key -> new ArrayList<>())
                .add(one.change().subject().name()));
        alike.entrySet().stream().limit(mostShown()).forEach(one -> {
            Failure failure = one.getKey();
            layout.item(
                    BAD,
                    words(failure.result()) + "  "
                            + failure.action().word(named(failure.kind().word(), one.getValue())),
                    terminal::bad);
            layout.text(DETAIL, Sentences.of(failure.why(), failure.fix()));
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
        layout.heading("Stopped");
        layout.item(BAD, Sentences.of(stop.what(), stop.fix()), terminal::bad);
    }

    private void overdue(Map<String, String> late) {
        if (late.isEmpty()) {
            return;
        }
        layout.heading("Overdue");
        late.entrySet().stream().limit(mostShown()).forEach(topic -> {
            layout.item(BAD, "topic  " + topic.getKey(), terminal::bad);
            layout.text(DETAIL, topic.getValue());
        });
        more(late.size());
    }

    private void awaited(SortedMap<String, SortedSet<String>> awaited) {
        if (awaited.isEmpty()) {
            return;
        }
        layout.heading("The next run continues with");
        awaited.entrySet().stream().limit(mostShown()).forEach(reason -> {
            layout.item("  … ", named("topic", reason.getValue()), terminal::doubtful);
            layout.text(DETAIL, "waits for " + reason.getKey());
        });
        more(awaited.size());
    }

    /** {@code topic  a}, or {@code 2 topics  a, b}. */
    private String named(String kind, Collection<String> names) {
        return (names.size() == 1 ? kind : Counts.of(names.size(), kind)) + "  "
                + Names.of(names, details ? names.size() : MOST_NAMED);
    }

    private int mostShown() {
        return details ? Integer.MAX_VALUE : MOST_SHOWN;
    }

    private void more(int all) {
        if (all > mostShown()) {
            layout.text(2, "and " + (all - MOST_SHOWN) + " more; see " + ResultFile.NAME);
        }
    }
}
