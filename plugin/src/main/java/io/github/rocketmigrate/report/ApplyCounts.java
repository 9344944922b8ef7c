package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
        return report.onlyLate().size();
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

    /** Pipelines parse this line, so its format is public: rare counts appear only if they are not 0. */
    String summary() {
        String goal = report.goal().equals(ApplyReport.ROLLBACK) ? "Rollback" : "Apply";
        if (!report.stale().isEmpty()) {
            return goal + " (stale): nothing was changed.";
        }
        if (report.isDryRun()) {
            return goal + " (dry run): " + report.plan().figures().amounts();
        }
        return goal + ": " + work() + "; " + blocked() + " blocked, " + (overdue() > 0 ? overdue() + " overdue, " : "")
                + unchanged() + " unchanged.";
    }

    private String work() {
        if (created() + updated() + moved() + onTheWay() + removed() + joined() + left() == 0
                && failed() + unknown() + notAttempted() == 0) {
            return "nothing changed";
        }
        Stream<String> rare = Stream.of(
                rare(onTheWay(), "on the way"),
                rare(removed(), "removed"),
                rare(joined(), "joined"),
                rare(left(), "left the join"));
        Stream<String> unclear = Stream.of(rare(unknown(), "unknown"), rare(notAttempted(), "not attempted"));
        return Stream.of(usual(), rare, Stream.of(failed() + " failed"), unclear)
                .flatMap(counts -> counts)
                .filter(count -> !count.isEmpty())
                .collect(joining(", "));
    }

    private Stream<String> usual() {
        return Stream.of(created() + " created", updated() + " updated", moved() + " moved");
    }

    private static String rare(long count, String what) {
        return count == 0 ? "" : count + " " + what;
    }
}
