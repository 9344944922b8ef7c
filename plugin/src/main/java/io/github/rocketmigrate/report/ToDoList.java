package io.github.rocketmigrate.report;

import static java.util.Comparator.comparing;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.check.Finding;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.text.HelpPages;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gathers what blocks a plan by the people who can act. A finding about a group belongs to the owner of that group,
 * any other to the owner of the topic. Findings that end by themselves are left out, because nobody has to act.
 */
final class ToDoList {
    private static final String BOTH_CLUSTERS = "both clusters";

    private static final int DAYS_OF_A_WAIVER = 14;

    private final BatchOwners owners;
    private final LocalDate expires;
    private final Map<TaskKey, TaskObjects> tasks = new LinkedHashMap<>();

    /**
     * What distinguishes one task from another.
     *
     * @param isWaivable whether a waiver is offered
     * @param group that the waiver names; empty for a finding that is not about a group
     * @param entry the line that adds a group to the plan
     */
    private record TaskKey(
            String owner,
            String state,
            String what,
            String fix,
            boolean isWaivable,
            Optional<String> group,
            Optional<String> entry) {
        TaskKey(String owner, String state, String what, String fix) {
            this(owner, state, what, fix, false, Optional.empty(), Optional.empty());
        }
    }

    private record TaskObjects(Set<String> checks, Set<String> objects, Set<String> help) {}

    private ToDoList(PlanReport report) {
        this.expires =
                LocalDate.ofInstant(report.situation().readAt(), ZoneOffset.UTC).plusDays(DAYS_OF_A_WAIVER);
        this.owners = new BatchOwners(report.situation().plan());
    }

    static List<ToDo> of(PlanReport report) {
        ToDoList list = new ToDoList(report);
        for (Judgement judgement : report.barriers()) {
            judgement.findings().forEach(finding -> list.add(BOTH_CLUSTERS, judgement, finding));
        }
        for (Impossible one : report.changes().impossible()) {
            list.add(
                    new TaskKey(list.ownerOf(one.subject()), one.reason().state(), one.what(), one.fix()),
                    Optional.empty(),
                    one.subject().name(),
                    one.reason().help());
        }
        report.removals().all().forEach((removal, reason) -> {
            // A removal that only waits for another one asks nobody to act.
            if (!reason.fix().isEmpty()) {
                list.add(
                        new TaskKey(list.ownerOf(removal.subject()), "blocked", reason.what(), reason.fix()),
                        Optional.empty(),
                        removal.subject().name(),
                        HelpPages.check("destination-clean"));
            }
        });
        for (Change change : report.changes().changes()) {
            if (change instanceof Change.MoveTopic && report.decision(change) instanceof Decision.Held held) {
                list.add(held, list.ownerOf(change.subject()));
            }
        }
        return list.byOwner();
    }

    private String ownerOf(Subject subject) {
        return owners.batchOf(subject).map(BatchOwners::name).orElse(BOTH_CLUSTERS);
    }

    private void add(Decision.Held held, String owner) {
        for (Reason reason : held.reasons()) {
            if (reason instanceof Reason.OfCheck check && !check.endsByItself() && !check.isOfClusters()) {
                check.judgement().findings().forEach(finding -> add(owner, check.judgement(), finding));
            }
        }
    }

    private void add(String owner, Judgement judgement, Finding finding) {
        if (judgement.topic().isPresent() && isOfBothClusters(finding)) {
            return;
        }
        boolean isWaivable = mayBeWaived(judgement, finding);
        add(
                new TaskKey(
                        finding.group()
                                .flatMap(owners::batchOfGroup)
                                .map(BatchOwners::name)
                                .orElse(owner),
                        finding.verdict().word(),
                        finding.verdict().what(),
                        finding.verdict().fix(),
                        isWaivable,
                        finding.group().filter(group -> isWaivable),
                        finding.entry()),
                Optional.of(judgement.check()),
                judgement.topic().or(finding::group).orElse(""),
                judgement.check().help());
    }

    /** What concerns both clusters is not repeated for each topic. */
    private boolean isOfBothClusters(Finding finding) {
        return tasks.containsKey(new TaskKey(
                BOTH_CLUSTERS,
                finding.verdict().word(),
                finding.verdict().what(),
                finding.verdict().fix()));
    }

    /** A waiver is suggested only for what nobody may be able to measure, never for a failure. */
    private static boolean mayBeWaived(Judgement judgement, Finding finding) {
        return judgement.check().isWaivable()
                && !finding.isFinal()
                && judgement.topic().isPresent()
                && finding.verdict() instanceof Verdict.Unknown
                && !finding.verdict().fix().isEmpty();
    }

    private void add(TaskKey key, Optional<Check> check, String object, String help) {
        TaskObjects found =
                tasks.computeIfAbsent(key, one -> new TaskObjects(new TreeSet<>(), new TreeSet<>(), new TreeSet<>()));
        check.ifPresent(one -> found.checks().add(one.name()));
        found.help().add(help);
        if (!object.isEmpty()) {
            found.objects().add(object);
        }
    }

    private ToDo.ToPaste toPaste(TaskKey key, TaskObjects found) {
        if (key.entry().isPresent()) {
            return new ToDo.ToPaste(
                    "To add it, put this line under groups of a batch:",
                    List.of(key.entry().get()));
        }
        return key.isWaivable() && found.checks().size() == 1
                ? new ToDo.ToPaste(
                        "To waive it, add this to the waivers of the topic's batch:", waiver(key.group(), found))
                : ToDo.ToPaste.NOTHING;
    }

    private List<String> waiver(Optional<String> group, TaskObjects found) {
        List<String> lines = new ArrayList<>();
        lines.add("- check: " + found.checks().iterator().next());
        lines.add("  topics: [" + String.join(", ", found.objects()) + "]");
        group.ifPresent(name -> lines.add("  groups: [" + name + "]"));
        lines.add("  reason: WHY");
        lines.add("  owner: WHO");
        lines.add("  expires: " + expires);
        return lines;
    }

    private List<ToDo> byOwner() {
        Map<String, List<ToDo.ToDoItem>> owners = new LinkedHashMap<>();
        tasks.forEach((key, found) -> owners.computeIfAbsent(key.owner(), one -> new ArrayList<>())
                .add(new ToDo.ToDoItem(
                        key.state(),
                        found.checks(),
                        found.objects(),
                        key.what(),
                        key.fix(),
                        found.help(),
                        toPaste(key, found))));
        List<ToDo> all = new ArrayList<>();
        owners.forEach((owner, of) -> {
            of.sort(comparing(task -> String.join(",", task.objects())));
            all.add(new ToDo(owner, of));
        });
        return all;
    }
}
