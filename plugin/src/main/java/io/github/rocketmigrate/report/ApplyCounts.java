package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.Map;
import java.util.function.Predicate;

/** Keeps the summary line of {@code apply} and its published counts in agreement. */
final class ApplyCounts {
    private final ApplyReport report;

    ApplyCounts(ApplyReport report) {
        this.report = requireNonNull(report, "report is null");
    }

    long created() {
        return confirmed(PlanReport::isCreation);
    }

    long updated() {
        return confirmed(change -> change instanceof Change.AlignObject && !PlanReport.isCreation(change));
    }

    private long confirmed(Predicate<Change> such) {
        return report.application().changes().stream()
                .filter(change -> change.outcome() == WriteOutcome.CONFIRMED && such.test(change.change()))
                .count();
    }

    long removed() {
        return confirmed(Change.Remove.class::isInstance);
    }

    /** The brokers that this run made join. */
    long joined() {
        return confirmed(change -> change instanceof Change.RegisterBroker && !change.leavesJoin());
    }

    /** The brokers that this run made leave the join. */
    long left() {
        return confirmed(Change::leavesJoin);
    }

    /** The topics that have arrived where the run was to take them. */
    long moved() {
        return report.moved().values().stream()
                .filter(ApplyReport.TopicJourney::hasArrived)
                .count();
    }

    /** The topics that this run has moved a part of their way: the run that ends it counts them as moved. */
    long onTheWay() {
        return report.moved().size() - moved();
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
        return report.late().size();
    }

    long unchanged() {
        return report.plan().figures().unchanged() + report.application().count(WriteOutcome.UNCHANGED);
    }

    /** The counts by their public names. */
    Map<String, Long> byName() {
        Map<String, Long> counts = report.plan().figures().ofScope();
        counts.put("created", created());
        counts.put("updated", updated());
        counts.put("removed", removed());
        counts.put("moved", moved());
        counts.put("onTheWay", onTheWay());
        counts.put("joined", joined());
        counts.put("left", left());
        counts.put("failed", failed());
        counts.put("unknown", unknown());
        counts.put("notAttempted", notAttempted());
        counts.put("blocked", blocked());
        counts.putAll(report.left().figures().blockedByKind());
        counts.put("overdue", overdue());
        counts.put("unchanged", unchanged());
        return counts;
    }

    /** Pipelines parse this line, so its format is public. */
    String summary() {
        return (report.goal().equals(ApplyReport.ROLLBACK) ? "Rollback" : "Apply")
                + (report.stale().isEmpty() ? report.isDryRun() ? " (dry run): " : ": " : " (stale): ")
                + created() + " created, " + updated() + " updated, " + moved() + " moved, "
                + (onTheWay() > 0 ? onTheWay() + " on the way, " : "")
                + (removed() > 0 ? removed() + " removed, " : "")
                + (joined() > 0 ? joined() + " joined, " : "")
                + (left() > 0 ? left() + " left the join, " : "")
                + failed() + " failed, " + unknown() + " unknown, " + notAttempted() + " not attempted; " + blocked()
                + " blocked, "
                + (overdue() > 0 ? overdue() + " overdue, " : "") + unchanged() + " unchanged.";
    }
}
