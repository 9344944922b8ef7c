package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Keeps the summary line of a plan and its published counts in agreement. */
final class PlanCounts {
    private final PlanReport report;
    private final long pending;
    private final Map<Subject.Kind, Long> blocked;

    PlanCounts(PlanReport report) {
        this.report = requireNonNull(report, "report is null");
        this.pending = objects(change -> true).count();
        this.blocked = objects(report::isHeld)
                .collect(groupingBy(Subject::kind, () -> new EnumMap<>(Subject.Kind.class), counting()));
    }

    /** The objects with such a change, and those that no change can make as planned. */
    private Stream<Subject> objects(Predicate<Change> such) {
        return Stream.concat(
                        report.changes().changes().stream().filter(such).map(Change::subject),
                        report.changes().impossible().stream().map(Impossible::subject))
                .distinct();
    }

    long create() {
        return report.unblocked().stream().filter(PlanReport::isCreation).count();
    }

    long update() {
        return report.unblocked().stream()
                .filter(change -> change instanceof Change.AlignObject && !PlanReport.isCreation(change))
                .count();
    }

    /** The brokers that join, and those that leave the join at the end. */
    private long registrations(boolean leaving) {
        return report.unblocked().stream()
                .filter(change -> change instanceof Change.RegisterBroker && change.leavesJoin() == leaving)
                .count();
    }

    long join() {
        return registrations(false);
    }

    long leave() {
        return registrations(true);
    }

    long remove() {
        return report.unblocked().stream()
                .filter(Change.Remove.class::isInstance)
                .count();
    }

    long move() {
        return report.unblocked().stream()
                .filter(Change.MoveTopic.class::isInstance)
                .count();
    }

    /** The objects with a change, blocked or not. */
    long pending() {
        return pending;
    }

    /** The number of blocked objects, however many changes each needs, and of failed checks of both clusters. */
    long blocked() {
        return blockedByKind().values().stream().mapToLong(Long::longValue).sum();
    }

    /** What {@link #blocked} is the sum of, by public names. */
    Map<String, Long> blockedByKind() {
        return Map.of(
                "blockedTopics", blocked(Subject.Kind.TOPIC),
                "blockedGroups", blocked(Subject.Kind.GROUP),
                "blockedBrokers", blocked(Subject.Kind.BROKER),
                "failedClusterChecks", (long) report.barriers().size());
    }

    private long blocked(Subject.Kind kind) {
        return blocked.getOrDefault(kind, 0L);
    }

    /** The blocked objects that a run waits for by itself: they need no more than another reading. */
    private long waiting() {
        Set<Subject> waiting = new HashSet<>();
        Set<Subject> others = new HashSet<>();
        report.changes().changes().stream()
                .filter(report::isHeld)
                .forEach(change ->
                        (report.decision(change).isWorthWaitingFor() ? waiting : others).add(change.subject()));
        waiting.removeAll(others);
        return waiting.size();
    }

    long drifted() {
        return report.drifted().size();
    }

    long unchanged() {
        return report.unchanged().size();
    }

    /** The counts by their public names. */
    Map<String, Long> byName() {
        Map<String, Long> counts = ofScope();
        counts.put("create", create());
        counts.put("update", update());
        counts.put("move", move());
        counts.put("remove", remove());
        counts.put("join", join());
        counts.put("leave", leave());
        counts.put("blocked", blocked());
        counts.putAll(blockedByKind());
        counts.put("unchanged", unchanged());
        counts.put("checksFailed", checks(Verdict.Failed.class));
        counts.put("checksUnknown", checks(Verdict.Unknown.class));
        counts.put("checksWaived", checks(Verdict.Waived.class));
        return counts;
    }

    /** A check of both clusters counts once, one of topics for each topic: what is unknown has not failed. */
    private long checks(Class<? extends Verdict> verdict) {
        return report.judgements().stream()
                .filter(judgement -> verdict.isInstance(judgement.verdict()))
                .count();
    }

    /** The counts that applying does not change. */
    Map<String, Long> ofScope() {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("drifted", drifted());
        for (Side side : Side.values()) {
            counts.put(side.word() + "Unplanned", (long)
                    report.changes().unplanned(side).size());
        }
        counts.put("batches", (long) report.situation().plan().batches().size());
        counts.put("topics", (long) report.situation().scope().topics().size());
        counts.put("groups", (long) report.situation().scope().groups().size());
        return counts;
    }

    /** Pipelines parse this line, so its format is public. */
    String summary() {
        return summary(0);
    }

    /** The same at the beginning of a run, which waits for some blocked objects. */
    String summaryOfRun() {
        return summary(waiting());
    }

    private String summary(long waiting) {
        if (report.outcome() == Outcome.CLEAN) {
            return "No changes. Both clusters agree with the "
                    + (report.changes().partial() ? "selected part of the plan." : "plan.");
        }
        return "Plan: " + amounts(waiting);
    }

    /** What is to be done, and what is not. */
    String amounts() {
        return amounts(0);
    }

    private String amounts(long waiting) {
        return create() + " to create, " + update() + " to update, " + move() + " to move, " + remove()
                + " to remove"
                + (join() > 0 ? ", " + join() + " to join" : "")
                + (leave() > 0 ? ", " + leave() + " to leave" : "") + "; "
                + (blocked() - waiting) + " blocked, "
                + (waiting > 0 ? waiting + " waiting, " : "")
                + drifted() + " drifted, " + unchanged() + " unchanged.";
    }
}
