package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps the summary line of {@code apply} and its published counts in agreement. */
final class ApplyCounts {
    private final ApplyReport report;

    ApplyCounts(ApplyReport report) {
        this.report = requireNonNull(report, "report is null");
    }

    /** The objects that this run changed; a topic counts as moved once it has arrived where the run was to take it. */
    ObjectTally tally() {
        ObjectTally tally = new ObjectTally();
        report.application().changes().stream()
                .filter(one -> one.outcome() == WriteOutcome.CONFIRMED
                        && !(one.change() instanceof Change.MoveTopic || one.change() instanceof Change.SeedOffsets))
                .forEach(one -> tally.add(ObjectKey.of(one.change()), PlanAction.of(one.change())));
        report.moved()
                .forEach((topic, journey) -> tally.add(new ObjectKey(Subject.Kind.TOPIC, topic, false), journey.end()));
        return tally;
    }

    long failed() {
        return report.application().count(WriteOutcome.FAILED);
    }

    long unknown() {
        return report.application().count(WriteOutcome.UNKNOWN);
    }

    long notAttempted() {
        return report.isDryRun()
                ? report.run().executable().size()
                : report.application().count(WriteOutcome.NOT_ATTEMPTED);
    }

    long blocked() {
        return report.left().figures().blocked();
    }

    /** The topics that nothing blocks, but whose wait took too long for this run. */
    long overdue() {
        return report.onlyLate().size();
    }

    /** The topics that the line counts twice: this run moved them, and they cannot move on now. */
    private String movedAndHeld() {
        Set<String> held = new HashSet<>(report.onlyLate());
        report.left().figures().held().stream()
                .filter(subject -> subject.kind() == Subject.Kind.TOPIC)
                .forEach(subject -> held.add(subject.name()));
        long moved =
                held.stream().filter(topic -> report.moved().containsKey(topic)).count();
        return moved == 1 && held.size() == 1 ? "the same topic" : ObjectTally.some(moved, "of them moved");
    }

    long unchanged() {
        return report.plan().figures().unchanged() + report.application().count(WriteOutcome.UNCHANGED);
    }

    /** The counts by their public names. */
    Map<String, Long> byName() {
        Map<String, Long> counts = report.plan().figures().ofScope();
        ObjectTally tally = tally();
        counts.put("created", tally.count(PlanAction.CREATE));
        counts.put("updated", tally.count(PlanAction.UPDATE));
        counts.put("removed", tally.count(PlanAction.REMOVE));
        counts.put("moved", tally.count(PlanAction.MOVE) + tally.count(PlanAction.OPEN));
        counts.put("onTheWay", tally.count(PlanAction.MOVE_PARTLY));
        counts.put("joined", tally.count(PlanAction.JOIN));
        counts.put("left", tally.count(PlanAction.LEAVE));
        counts.put("failed", failed());
        counts.put("unknown", unknown());
        counts.put("notAttempted", notAttempted());
        counts.put("blocked", blocked());
        counts.putAll(report.left().figures().blockedByKind());
        counts.put("waiting", report.left().figures().waiting());
        counts.put("overdue", overdue());
        counts.put("unchanged", unchanged());
        return counts;
    }

    /** The counts in one line, without zeros: pipelines read {@link #byName} instead. */
    String summary() {
        String goal = report.goal().equals(ApplyReport.ROLLBACK) ? "Rollback" : "Apply";
        if (!report.stale().isEmpty()) {
            return goal + " (stale): nothing was changed.";
        }
        if (report.isDryRun()) {
            return report.plan().figures().amounts(goal + " (dry run)");
        }
        PlanCounts left = report.left().figures();
        return ObjectTally.line(
                goal,
                work(),
                ObjectTally.some(List.of(
                        left.blockedWords(),
                        ObjectTally.some(left.waiting(), "waiting"),
                        ObjectTally.some(overdue(), "overdue"),
                        movedAndHeld())),
                ObjectTally.some(unchanged(), "unchanged"));
    }

    private String work() {
        String work = ObjectTally.some(List.of(
                tally().done(),
                ObjectTally.some(failed(), "failed"),
                ObjectTally.some(unknown(), "unknown"),
                ObjectTally.some(notAttempted(), "not attempted")));
        return work.isEmpty() ? "nothing changed" : work;
    }
}
