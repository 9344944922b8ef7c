package io.github.rocketmigrate.report;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Describes the changes of a plan object by object, in the order of the plan's file. */
final class PlanRows {
    private static final int MOST_NAMED = 2;
    private static final int MOST_REASONS = 3;
    /** About a line of a narrow terminal. */
    private static final int MOST_CHARACTERS = 60;

    private final PlanReport report;
    private final ChangeWords words;
    private final Set<String> topicsOfNewGroups;

    PlanRows(PlanReport report) {
        this.report = report;
        this.words = new ChangeWords(report.situation());
        this.topicsOfNewGroups = topicsOfNewGroups(report.changes().changes());
    }

    /** The topics whose groups the same plan creates: the rows of the groups say the rest. */
    private static Set<String> topicsOfNewGroups(List<Change> changes) {
        return changes.stream()
                .filter(change -> change instanceof Change.AlignObject object && object.isNew() && !object.isOfTopic())
                .flatMap(change -> change.neededBy().stream())
                .collect(toSet());
    }

    List<PlanBatch> all() {
        Map<Optional<String>, List<PlanRow>> rows =
                rows().stream().collect(groupingBy(row -> row.subject().batch()));
        Map<Optional<String>, List<Subject>> unchanged =
                report.unchanged().stream().collect(groupingBy(Subject::batch));
        boolean hasStages = report.situation().routing().isPresent();
        List<PlanBatch> batches = new ArrayList<>();
        // Brokers belong to no batch; those that have joined are no news.
        batches.add(ofBrokers("join of both clusters", rows, row -> row.mark() != PlanRow.Mark.LEAVE));
        for (Batch batch : report.situation().plan().batches()) {
            PlanBatch one = batch(batch.name().value(), Optional.of(batch.name().value()), rows, unchanged);
            batches.add(new PlanBatch(
                    one.name(),
                    batch.owner().map(it -> it.value()),
                    hasStages ? Optional.of(batch.wanted()) : Optional.empty(),
                    one.rows(),
                    one.unchanged()));
        }
        batches.add(ofBrokers("end of the join", rows, row -> row.mark() == PlanRow.Mark.LEAVE));
        batches.removeIf(batch -> batch.rows().isEmpty() && batch.unchanged() == 0);
        return batches;
    }

    private static PlanBatch ofBrokers(
            String name, Map<Optional<String>, List<PlanRow>> rows, Predicate<PlanRow> such) {
        List<PlanRow> ofBrokers = rows.getOrDefault(Optional.empty(), List.of());
        return batch(
                name,
                Optional.empty(),
                Map.of(Optional.empty(), ofBrokers.stream().filter(such).toList()),
                Map.of());
    }

    private static PlanBatch batch(
            String name,
            Optional<String> key,
            Map<Optional<String>, List<PlanRow>> rows,
            Map<Optional<String>, List<Subject>> unchanged) {
        List<PlanRow> sorted = new ArrayList<>(rows.getOrDefault(key, List.of()));
        sorted.sort(Comparator.comparing(PlanRow::line));
        return new PlanBatch(
                name,
                Optional.empty(),
                Optional.empty(),
                sorted,
                unchanged.getOrDefault(key, List.of()).size());
    }

    private List<PlanRow> rows() {
        Map<ObjectKey, List<Change>> objects = new LinkedHashMap<>();
        for (Change change : report.changes().changes()) {
            // Offsets have no words: the move of their topic seeds them.
            if (!(change instanceof Change.SeedOffsets)) {
                objects.computeIfAbsent(ObjectKey.of(change), key -> new ArrayList<>())
                        .add(change);
            }
        }
        List<PlanRow> rows = new ArrayList<>();
        objects.values().forEach(changes -> rows.add(row(changes)));
        for (Impossible one : report.changes().impossible()) {
            rows.add(new PlanRow(
                    PlanRow.Mark.IMPOSSIBLE,
                    one.subject(),
                    Set.of(),
                    one.reason().words(),
                    ""));
        }
        return rows;
    }

    private PlanRow row(List<Change> changes) {
        // The last change is the move, if there is one; it is the one that waits.
        Change last = changes.get(changes.size() - 1);
        Subject subject = last.subject();
        String drift = report.hasDrifted(subject) ? "; changed without the plan (drift)" : "";
        return new PlanRow(
                mark(changes),
                subject,
                changes.stream().filter(not(report::isHeld)).map(PlanAction::of).collect(toSet()),
                changes.stream().map(this::words).collect(joining(", then ")) + drift,
                because(isHeldRemoval(changes.get(0)) ? changes.get(0) : last));
    }

    private PlanRow.Mark mark(List<Change> changes) {
        if (changes.stream().anyMatch(report::isHeld)) {
            return changes.stream().anyMatch(report::isBlocked) ? PlanRow.Mark.BLOCKED : PlanRow.Mark.WAITING;
        }
        if (changes.stream().anyMatch(Change.Remove.class::isInstance)) {
            return PlanRow.Mark.REMOVE;
        }
        if (changes.stream().anyMatch(PlanReport::isCreation)) {
            return PlanRow.Mark.CREATE;
        }
        if (changes.stream().anyMatch(Change.MoveTopic.class::isInstance)) {
            return PlanRow.Mark.MOVE;
        }
        if (changes.stream().anyMatch(Change.RegisterBroker.class::isInstance)) {
            return changes.stream().anyMatch(Change::leavesJoin) ? PlanRow.Mark.LEAVE : PlanRow.Mark.JOIN;
        }
        return PlanRow.Mark.UPDATE;
    }

    private boolean isHeldRemoval(Change change) {
        return change instanceof Change.Remove && report.isHeld(change);
    }

    /** The short names of what holds a change; their findings are in the list of things to do. */
    private String because(Change change) {
        Decision decision = report.decision(change);
        if (decision instanceof Decision.Later later) {
            return change.leavesJoin()
                    ? "after all other changes"
                    : later.after() instanceof Change.RegisterBroker ? "after the join" : "";
        }
        if (decision instanceof Decision.Awaited awaited) {
            boolean isAfterGroups = awaited.reasons().stream().allMatch(Reason.OfGroups.class::isInstance)
                    && topicsOfNewGroups.contains(change.subject().name());
            // The rows of these groups name the topic.
            return isAfterGroups ? "" : "waits for " + names(awaited.reasons());
        }
        if (!(decision instanceof Decision.Held held)) {
            return "";
        }
        if (isHeldRemoval(change)) {
            return "waits until it can be removed";
        }
        boolean follows =
                change instanceof Change.AlignObject && !change.neededBy().isEmpty();
        if (follows) {
            return "waits for " + Counts.noun(change.neededBy().size(), "topic") + " "
                    + Names.of(change.neededBy(), MOST_NAMED);
        }
        List<Reason> asking =
                held.reasons().stream().filter(reason -> !reason.mayClear()).toList();
        List<Reason> passing = held.reasons().stream().filter(Reason::mayClear).toList();
        if (!report.isBlocked(change) || asking.isEmpty()) {
            return (report.isBlocked(change) ? "blocked by " : "waits for ") + names(held.reasons());
        }
        return "blocked by " + names(asking) + (passing.isEmpty() ? "" : "; waits for " + names(passing));
    }

    private static String names(List<Reason> reasons) {
        List<String> names = reasons.stream()
                .map(reason -> reason instanceof Reason.OfCheck check
                        ? check.judgement().check().name()
                        : reason.words())
                .distinct()
                .toList();
        int shown = Math.min(MOST_REASONS, names.size());
        while (shown > 1 && String.join(", ", names.subList(0, shown)).length() > MOST_CHARACTERS) {
            shown--;
        }
        return Names.of(names, shown);
    }

    private String words(Change change) {
        // A row that waits for its topics names them at its end.
        String neededBy = change instanceof Change.AlignObject object && !report.isHeld(change) ? neededBy(object) : "";
        return words.of(change) + neededBy;
    }

    /** The topics of other rows that need a group before they move. */
    private static String neededBy(Change.AlignObject object) {
        boolean own = object.neededBy().contains(object.subject().name());
        return own || object.neededBy().isEmpty() ? "" : "; needed by " + Names.of(object.neededBy(), MOST_NAMED);
    }
}
