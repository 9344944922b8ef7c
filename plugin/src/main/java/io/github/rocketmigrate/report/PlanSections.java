package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Difference;
import io.github.rocketmigrate.change.Differences;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes the changes of a plan, batch by batch in the order of the plan's file. */
final class PlanSections {
    private static final int MOST_MOVERS = 2;

    private final PlanReport report;
    private final Map<String, List<Judgement>> ofTopics;
    private final Optional<Change> firstJoin;

    PlanSections(PlanReport report) {
        this.report = report;
        this.ofTopics = report.failing();
        this.firstJoin = report.changes().changes().stream()
                .filter(change -> change instanceof Change.RegisterBroker register && register.joins())
                .findFirst();
    }

    List<PlanSection> all() {
        ByBatch objects = new ByBatch(
                report.changes().changes().stream()
                        .collect(groupingBy(change -> change.subject().batch())),
                report.changes().impossible().stream()
                        .collect(groupingBy(one -> one.subject().batch())),
                report.changes().unchanged().stream().collect(groupingBy(Subject::batch)));
        List<PlanSection> sections = new ArrayList<>();
        sections.add(section("join of both clusters", Side.SOURCE, Optional.empty(), objects));
        for (Batch batch : report.situation().plan().batches()) {
            String name = batch.name().value();
            String owner = batch.owner().map(it -> " (" + it.value() + ")").orElse("");
            sections.add(section(name + owner, Side.DESTINATION, Optional.of(name), objects));
        }
        sections.removeIf(section -> section.entries().isEmpty() && section.unchanged() == 0);
        return sections;
    }

    /** The objects of a change set by batch. Brokers belong to no batch. */
    private record ByBatch(
            Map<Optional<String>, List<Change>> changes,
            Map<Optional<String>, List<Impossible>> impossible,
            Map<Optional<String>, List<Subject>> unchanged) {}

    private PlanSection section(String title, Side side, Optional<String> batch, ByBatch objects) {
        List<PlanEntry> entries = new ArrayList<>();
        // Offsets have no line: the move of their topic seeds them.
        objects.changes().getOrDefault(batch, List.of()).stream()
                .filter(change -> !(change instanceof Change.SeedOffsets))
                .forEach(change -> entries.add(entry(change)));
        objects.impossible().getOrDefault(batch, List.of()).forEach(one -> entries.add(entry(one)));
        entries.sort(Comparator.comparing(PlanEntry::line));
        return new PlanSection(
                title,
                report.situation().at(side).cluster(),
                entries,
                objects.unchanged().getOrDefault(batch, List.of()).size());
    }

    private static PlanEntry entry(Impossible one) {
        return new PlanEntry(
                PlanEntry.Mark.BLOCKED, PlanAction.IMPOSSIBLE, one.subject(), one.what(), List.of(one.fix()));
    }

    private PlanEntry entry(Change change) {
        boolean held = report.isHeld(change);
        boolean heldMove = held && change instanceof Change.MoveTopic;
        Subject subject = change.subject();
        PlanEntry.Mark mark = held
                ? PlanEntry.Mark.BLOCKED
                : PlanReport.isCreation(change) ? PlanEntry.Mark.CREATE : PlanEntry.Mark.UPDATE;
        return new PlanEntry(
                mark,
                heldMove ? PlanAction.BLOCKED : PlanAction.of(change),
                subject,
                detail(change)
                        + neededBy(change)
                        + (report.hasDrifted(subject) ? "; changed without the plan (drift)" : ""),
                heldMove ? reasons(subject.name()) : consequences(change));
    }

    /** The side effects of a join, which only the first broker of a plan names. */
    private List<String> consequences(Change change) {
        return firstJoin.filter(first -> first == change).isPresent()
                ? List.of(
                        "All topics of the source become visible at the destination's name servers.",
                        "The broker writes all its settings to its configuration file. If another tool manages"
                                + " this file, add namesrvAddr there too.")
                : List.of();
    }

    /** The topics that need the change before they move. */
    private static String neededBy(Change change) {
        if (change.neededBy().isEmpty()) {
            return "";
        }
        boolean own = change.neededBy().contains(change.subject().name());
        return "; needed before " + (own ? "it" : Names.of(change.neededBy(), MOST_MOVERS))
                + (own || change.neededBy().size() == 1 ? " leaves" : " leave") + " the source";
    }

    /** The failed checks of a topic. Checks with the same finding share a line. */
    private List<String> reasons(String topic) {
        Map<Verdict, List<String>> checks = new LinkedHashMap<>();
        ofTopics.getOrDefault(topic, List.of())
                .forEach(judgement -> checks.computeIfAbsent(judgement.verdict(), key -> new ArrayList<>())
                        .add(judgement.check().name()));
        return checks.entrySet().stream()
                .map(reason -> String.join(", ", reason.getValue()) + " "
                        + reason.getKey().word() + ": " + words(reason.getKey()))
                .toList();
    }

    static String words(Verdict verdict) {
        return Sentences.of(verdict.what(), verdict.fix());
    }

    private String detail(Change change) {
        if (change instanceof Change.AlignObject object) {
            return object.isNew()
                    ? settings(object.after().get(object.after().firstKey()))
                    : differences(Differences.of(object));
        }
        if (change instanceof Change.MoveTopic move) {
            return move(move);
        }
        if (change instanceof Change.SeedOffsets seed) {
            return "offsets of " + Names.of(seed.offsets().keySet(), MOST_MOVERS) + " at the destination";
        }
        Change.RegisterBroker register = (Change.RegisterBroker) change;
        return "name servers " + register.before() + " → " + register.after();
    }

    private static String settings(ObjectSettings settings) {
        return settings instanceof TopicSettings topic ? topic(topic) : group((GroupSettings) settings);
    }

    private static String topic(TopicSettings topic) {
        return topic.type() + ", " + Counts.of(topic.readQueues(), "queue")
                + (topic.access() == Access.READ_WRITE
                        ? ""
                        : ", " + topic.access().word());
    }

    private static String group(GroupSettings group) {
        return group.order().name() + ", " + Counts.of(group.retries(), "retry");
    }

    private String differences(List<Difference> differences) {
        return differences.stream().map(this::difference).collect(joining("; "));
    }

    private String difference(Difference difference) {
        boolean all = difference.brokers().size()
                == report.situation().destination().brokers().size();
        String where = all ? "" : " on " + String.join(", ", difference.brokers());
        return difference.attribute().equals(Differences.EVERYTHING)
                ? "missing" + where
                : difference.attribute() + " " + difference.from() + " → " + difference.to() + where;
    }

    private static String move(Change.MoveTopic move) {
        String first = move.rung() instanceof Rung.Wait wait
                ? "once the " + wait.until().word() + " is drained, "
                : "";
        String to =
                first + move.rung().writes().stream().map(PlanSections::write).collect(joining(", then "));
        return move.found().words() + " → " + move.wanted().word() + "; next: " + to;
    }

    private static String write(Rung.AccessChange write) {
        return write.access().word() + " in the " + write.side().word();
    }
}
