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
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.Position;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a plan's changes into words, batch by batch in the order of the plan. */
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
        Map<Optional<String>, List<Change>> changes = report.changes().changes().stream()
                .collect(groupingBy(change -> change.subject().batch()));
        Map<Optional<String>, List<Impossible>> impossible = report.changes().impossible().stream()
                .collect(groupingBy(one -> one.subject().batch()));
        Map<Optional<String>, List<Subject>> unchanged =
                report.changes().unchanged().stream().collect(groupingBy(Subject::batch));
        List<PlanSection> sections = new ArrayList<>();
        sections.add(section("join of both clusters", Side.SOURCE, Optional.empty(), changes, impossible, unchanged));
        for (Batch batch : report.situation().plan().batches()) {
            String name = batch.name().value();
            String title = name
                    + batch.owner()
                            .map(Located::value)
                            .map(it -> " (" + it + ")")
                            .orElse("");
            sections.add(section(title, Side.DESTINATION, Optional.of(name), changes, impossible, unchanged));
        }
        sections.removeIf(section -> section.entries().isEmpty() && section.unchanged() == 0);
        return sections;
    }

    private PlanSection section(
            String title,
            Side side,
            Optional<String> batch,
            Map<Optional<String>, List<Change>> changes,
            Map<Optional<String>, List<Impossible>> impossible,
            Map<Optional<String>, List<Subject>> unchanged) {
        List<PlanEntry> entries = new ArrayList<>();
        // Offsets are seeded with the move of their topic, which has a line of its own.
        changes.getOrDefault(batch, List.of()).stream()
                .filter(change -> !(change instanceof Change.SeedOffsets))
                .forEach(change -> entries.add(entry(change)));
        impossible.getOrDefault(batch, List.of()).forEach(one -> entries.add(entry(one)));
        entries.sort(Comparator.comparing(PlanEntry::line));
        return new PlanSection(
                title,
                report.situation().at(side).cluster(),
                entries,
                unchanged.getOrDefault(batch, List.of()).size());
    }

    private static PlanEntry entry(Impossible one) {
        return new PlanEntry(
                PlanEntry.Mark.BLOCKED,
                PlanEntry.IMPOSSIBLE + " " + one.subject().kind().word(),
                one.subject().name(),
                one.what(),
                line(one.subject()),
                List.of(one.fix()));
    }

    private PlanEntry entry(Change change) {
        boolean held = report.isHeld(change);
        Subject subject = change.subject();
        PlanEntry.Mark mark = held
                ? PlanEntry.Mark.BLOCKED
                : PlanReport.isCreation(change) ? PlanEntry.Mark.CREATE : PlanEntry.Mark.UPDATE;
        return new PlanEntry(
                mark,
                (held && change instanceof Change.MoveTopic ? "blocked" : verb(change)) + " "
                        + subject.kind().word(),
                subject.name(),
                detail(change)
                        + together(change)
                        + (report.hasDrifted(subject) ? "; changed behind git's back (drift)" : ""),
                line(subject),
                held && change instanceof Change.MoveTopic ? reasons(subject.name()) : consequences(change));
    }

    /** What a join brings with it is said once. */
    private List<String> consequences(Change change) {
        return firstJoin.filter(first -> first == change).isPresent()
                ? List.of(
                        "All topics of the source become visible at the destination's name servers.",
                        "The broker writes all its settings to its file: where that is managed from outside, put"
                                + " namesrvAddr there too.")
                : List.of();
    }

    /** What goes together with the move of a topic is told so. */
    private static String together(Change change) {
        if (change.movers().isEmpty()) {
            return "";
        }
        boolean own = change.movers().contains(change.subject().name());
        return ", before " + (own ? "it" : Names.of(change.movers(), MOST_MOVERS))
                + (own || change.movers().size() == 1 ? " leaves" : " leave") + " the source";
    }

    /** Why a topic is held; checks that come to the same are told together. */
    private List<String> reasons(String topic) {
        Map<String, List<String>> checks = new LinkedHashMap<>();
        ofTopics.getOrDefault(topic, List.of())
                .forEach(judgement -> checks.computeIfAbsent(
                                judgement.verdict().word() + ": " + words(judgement.verdict()),
                                key -> new ArrayList<>())
                        .add(judgement.check().name()));
        return checks.entrySet().stream()
                .map(reason -> String.join(", ", reason.getValue()) + " " + reason.getKey())
                .toList();
    }

    static String words(Verdict verdict) {
        return verdict instanceof Verdict.Failed failed ? Sentences.of(failed.what(), failed.fix()) : verdict.what();
    }

    static String verb(Change change) {
        if (change instanceof Change.AlignObject object) {
            return object.isNew() ? "create" : "update";
        }
        if (change instanceof Change.RegisterBroker register) {
            return register.joins() ? "join" : "unjoin";
        }
        return change instanceof Change.MoveTopic ? "move" : "seed";
    }

    private static int line(Subject subject) {
        return subject.at().map(Position::line).orElse(0);
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
        return topic.type() + ", " + topic.readQueues() + " queues"
                + (topic.access() == Access.READ_WRITE
                        ? ""
                        : ", " + topic.access().word());
    }

    private static String group(GroupSettings group) {
        return group.order().name() + ", " + group.retries() + " retries";
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
        return move.found().words() + " → " + move.wanted().word() + "; next " + to;
    }

    private static String write(Rung.AccessChange write) {
        return write.access().word() + " in the " + write.side().word();
    }
}
