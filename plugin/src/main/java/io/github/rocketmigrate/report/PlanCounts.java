package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps the summary line of a plan and its published counts in agreement. A blocked object asks somebody to act; one that
 * waits only for another object, or for a check of both clusters, is not counted with it.
 */
final class PlanCounts {
    private static final List<Subject.Kind> KINDS =
            List.of(Subject.Kind.TOPIC, Subject.Kind.GROUP, Subject.Kind.BROKER);

    private final PlanReport report;
    private final long pending;
    private final ObjectTally tally = new ObjectTally();
    private final Map<Subject.Kind, Long> blocked;
    private final Set<Subject> held;
    private final long waiting;

    PlanCounts(PlanReport report) {
        this.report = requireNonNull(report, "report is null");
        this.pending = objects(change -> true).count();
        report.unblocked().stream()
                .filter(change -> !(change instanceof Change.SeedOffsets))
                .forEach(change -> tally.add(ObjectKey.of(change), PlanAction.of(change)));
        this.held = objects(report::isHeld).collect(toSet());
        Set<Subject> acting = objects(report::isBlocked).collect(toSet());
        this.blocked =
                acting.stream().collect(groupingBy(Subject::kind, () -> new EnumMap<>(Subject.Kind.class), counting()));
        this.waiting = (long) held.size() - acting.size();
    }

    /** The objects with such a change, and those that no change can make as planned. */
    private Stream<Subject> objects(Predicate<Change> such) {
        return Stream.concat(
                        report.changes().changes().stream().filter(such).map(Change::subject),
                        report.changes().impossible().stream().map(Impossible::subject))
                .distinct();
    }

    long remove() {
        return tally.count(PlanAction.REMOVE);
    }

    /** The objects with a change that can be made now. */
    long unblocked() {
        return tally.objects();
    }

    /** The objects with a change, blocked or not. */
    long pending() {
        return pending;
    }

    /** The number of blocked objects, however many changes each needs, and of checks of both clusters that did not pass. */
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

    /** The objects that are blocked or wait for what is blocked. */
    Set<Subject> held() {
        return Set.copyOf(held);
    }

    private long blocked(Subject.Kind kind) {
        return blocked.getOrDefault(kind, 0L);
    }

    /** The objects that wait for what is blocked, and ask nobody to act. */
    long waiting() {
        return waiting;
    }

    /** The blocked objects that a run waits for by itself, by kind: they need no more than another reading. */
    private Map<Subject.Kind, Long> worthWaitingFor() {
        Set<Subject> worth = new HashSet<>();
        Set<Subject> others = new HashSet<>();
        report.changes().changes().stream()
                .filter(report::isBlocked)
                .forEach(
                        change -> (report.decision(change).isWorthWaitingFor() ? worth : others).add(change.subject()));
        worth.removeAll(others);
        return worth.stream().collect(groupingBy(Subject::kind, counting()));
    }

    long drifted() {
        return report.drifted().size();
    }

    /** Without brokers that have joined: no row shows them. */
    long unchanged() {
        return report.unchanged().stream()
                .filter(subject -> subject.kind() != Subject.Kind.BROKER)
                .count();
    }

    /** The counts by their public names. */
    Map<String, Long> byName() {
        Map<String, Long> counts = ofScope();
        counts.put("create", tally.count(PlanAction.CREATE));
        counts.put("update", tally.count(PlanAction.UPDATE));
        counts.put("move", tally.count(PlanAction.MOVE) + tally.count(PlanAction.OPEN));
        counts.put("remove", remove());
        counts.put("join", tally.count(PlanAction.JOIN));
        counts.put("leave", tally.count(PlanAction.LEAVE));
        counts.put("blocked", blocked());
        counts.putAll(blockedByKind());
        counts.put("waiting", waiting());
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

    /** The counts in one line, without zeros: pipelines read {@link #byName} instead. */
    String summary() {
        return summary(Map.of());
    }

    /** The same at the beginning of a run, which waits for some blocked objects. */
    String summaryOfRun() {
        return summary(worthWaitingFor());
    }

    private String summary(Map<Subject.Kind, Long> worthWaitingFor) {
        if (report.outcome() == Outcome.CLEAN) {
            return "No changes. Both clusters agree with the "
                    + (report.changes().partial() ? "selected part of the plan." : "plan.");
        }
        return amounts("Plan", worthWaitingFor);
    }

    /** What is to be done, and what is not. */
    String amounts(String goal) {
        return amounts(goal, Map.of());
    }

    private String amounts(String goal, Map<Subject.Kind, Long> worthWaitingFor) {
        long later =
                worthWaitingFor.values().stream().mapToLong(Long::longValue).sum();
        return ObjectTally.line(
                goal,
                tally.planned(),
                ObjectTally.some(
                        List.of(blockedWords(worthWaitingFor), ObjectTally.some(waiting() + later, "waiting"))),
                ObjectTally.some(
                        List.of(ObjectTally.some(drifted(), "drifted"), ObjectTally.some(unchanged(), "unchanged"))));
    }

    /** {@code 2 topics and 1 group blocked (3 tasks)}; the number of tasks is that of the list of things to do. */
    String blockedWords() {
        return blockedWords(Map.of());
    }

    private String blockedWords(Map<Subject.Kind, Long> without) {
        List<String> objects = KINDS.stream()
                .filter(kind -> blocked(kind) > without.getOrDefault(kind, 0L))
                .map(kind -> Counts.of(blocked(kind) - without.getOrDefault(kind, 0L), kind.word()))
                .toList();
        String checks = report.barriers().isEmpty()
                ? ""
                : Counts.of(report.barriers().size(), "check") + " of both clusters not passed";
        String blocked =
                ObjectTally.some(List.of(objects.isEmpty() ? "" : String.join(" and ", objects) + " blocked", checks));
        return blocked.isEmpty() || !without.isEmpty() ? blocked : blocked + " (" + PlanVerdict.tasks(report) + ")";
    }
}
