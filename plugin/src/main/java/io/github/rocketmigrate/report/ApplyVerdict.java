package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The message of a build that fails because of a run: the outcome, the objects or the cause, and where to read on. */
final class ApplyVerdict {
    private final ApplyReport report;

    ApplyVerdict(ApplyReport report) {
        this.report = requireNonNull(report, "report is null");
    }

    String words() {
        return switch (report.outcome()) {
            case STALE -> {
                Set<String> names = new TreeSet<>();
                report.stale().stream().map(Stale::name).forEach(names::add);
                yield "Stale: the change set no longer fits " + PlanVerdict.named(names) + "; nothing was changed.";
            }
            case INCOMPLETE -> "Incomplete: " + incomplete();
            case BLOCKED -> blocked();
            default -> report.left().verdict();
        };
    }

    private String incomplete() {
        if (!report.unfinished().isEmpty()) {
            List<String> parts = new ArrayList<>();
            List<AppliedChange> tried = report.unfinished().stream()
                    .filter(one -> one.outcome() != WriteOutcome.NOT_ATTEMPTED)
                    .toList();
            for (WriteOutcome outcome :
                    List.of(WriteOutcome.FAILED, WriteOutcome.UNKNOWN, WriteOutcome.NOT_ATTEMPTED)) {
                List<AppliedChange> alike = report.unfinished().stream()
                        .filter(one -> one.outcome() == outcome)
                        .toList();
                if (tried.equals(alike) && alike.size() == 1) {
                    parts.add(only(alike.get(0)));
                } else if (!alike.isEmpty()) {
                    Set<String> names = new TreeSet<>();
                    alike.forEach(one -> names.add(one.change().subject().name()));
                    parts.add(alike.size() + " " + ApplyText.words(outcome) + " (" + PlanVerdict.named(names) + ")");
                }
            }
            return String.join(", ", parts) + "; see 'Not done' above.";
        }
        if (report.isWithoutDestination()) {
            return openedAtSource();
        }
        return report.withheld().isEmpty()
                ? report.stopped()
                        .map(stop -> "the run stopped: " + Sentences.open(stop.what()) + "; see 'Stopped' above.")
                        .orElse("the run stopped before the end.")
                : isOrAre(report.withheld()) + " in the fence; see 'In the fence' above.";
    }

    /** The only change that did not succeed says why: the others were not attempted for the same reason. */
    private static String only(AppliedChange change) {
        String why = Sentences.firstOpen(change.why());
        String name = change.change().subject().name();
        return (why.contains(name) ? "" : name + ": ") + why;
    }

    /** Such a run has done all that it could; the rest waits for the destination, not for people. */
    private String openedAtSource() {
        int opened = report.moved().size();
        int waiting = Math.toIntExact(report.left().changes().impossible().stream()
                .filter(one -> one.reason() == Cause.ORDER_WITHOUT_DESTINATION)
                .count());
        return (opened == 0 ? "no further topic can be" : Counts.of(opened, "topic")) + " opened at the source"
                + (waiting == 0
                        ? "; run again when the destination is back."
                        : ", " + waiting + " " + Counts.verb(waiting, "waits", "wait")
                                + " for the destination; run again when it is back.");
    }

    private String blocked() {
        String done = report.figures().tally().done();
        String outcome = done.isEmpty() ? "Blocked" : "Blocked after " + done;
        Set<String> late = report.late().keySet();
        return late.isEmpty()
                ? report.left().verdict().replaceFirst("^Blocked", outcome)
                : outcome + ": " + PlanVerdict.named(late) + " " + Counts.hasOrHave(late.size())
                        + " waited too long; see 'Overdue' above.";
    }

    private static String isOrAre(Collection<String> names) {
        return PlanVerdict.named(names) + " " + Counts.isOrAre(names.size());
    }
}
