package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.report.ValidationReport.amount;
import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;
import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What {@code apply} came to.
 *
 * @param plan what was to be done, and what stood in the way, at the beginning
 * @param left the same at the end
 * @param free the changes that could be made
 * @param application what has become of them
 * @param overdue the topics that were waited for in vain, with why
 * @param stale why a saved change set does not fit; nothing is done then
 * @param isDryRun whether it was only to look
 * @param evidence the folder in which this run is kept, if anything was attempted
 * @param warnings about what went wrong besides
 */
public record ApplyReport(
        PlanReport plan,
        PlanReport left,
        List<Change> free,
        AppliedChanges application,
        SortedMap<String, String> overdue,
        List<Stale> stale,
        boolean isDryRun,
        Optional<String> evidence,
        List<String> warnings) {
    public static final String GOAL = "apply";

    private static final String GOES_ON = "run again: it goes on from here";

    public ApplyReport {
        requireNonNull(plan, "plan is null");
        requireNonNull(left, "left is null");
        free = List.copyOf(free);
        requireNonNull(application, "application is null");
        overdue = unmodifiableSortedMap(overdue);
        stale = List.copyOf(stale);
        requireNonNull(evidence, "evidence is null");
        warnings = List.copyOf(warnings);
    }

    /** All that applies, the worst first. */
    public Set<Outcome> outcomes() {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        if (!stale.isEmpty()) {
            outcomes.add(Outcome.STALE);
            return outcomes;
        }
        if (!isDryRun && (!unfinished().isEmpty() || application.stopped().isPresent())) {
            outcomes.add(Outcome.INCOMPLETE);
        }
        if (left.outcomes().contains(Outcome.BLOCKED) || !overdue.isEmpty()) {
            outcomes.add(Outcome.BLOCKED);
        }
        if (isDryRun && plan.outcomes().contains(Outcome.DRIFT)) {
            outcomes.add(Outcome.DRIFT);
        }
        if (isDryRun ? !free.isEmpty() : !later().isEmpty()) {
            outcomes.add(Outcome.PENDING);
        }
        if (application.count(WriteOutcome.CONFIRMED) > 0) {
            outcomes.add(Outcome.APPLIED);
        }
        if (outcomes.isEmpty()) {
            outcomes.add(Outcome.CLEAN);
        }
        return outcomes;
    }

    /** What is left to be done, and in nobody's way. */
    private List<Change> later() {
        return left.changes().changes().stream()
                .filter(change -> (change instanceof Change.RegisterBroker || change instanceof Change.MoveTopic)
                        && !left.isHeld(change)
                        && !overdue.containsKey(change.subject().name()))
                .toList();
    }

    public Outcome outcome() {
        return outcomes().iterator().next();
    }

    /** What was to be made and is not. */
    List<AppliedChange> unfinished() {
        return application.changes().stream()
                .filter(change -> !change.outcome().isDone())
                .toList();
    }

    /** Why the run ended while it waited, with nothing left half done that would tell. */
    Optional<Stop> stopped() {
        return unfinished().isEmpty() ? application.stopped() : Optional.empty();
    }

    /** The figures by their public names. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>(plan.counts());
        counts.remove("create");
        counts.remove("update");
        counts.remove("remove");
        counts.put("blocked", left.counts().get("blocked") + late().size());
        counts.put("created", confirmed(true));
        counts.put("updated", confirmed(false));
        if (isAboutTraffic()) {
            counts.put("moved", (long) moved().size());
        }
        counts.put("failed", application.count(WriteOutcome.FAILED));
        counts.put("unknown", application.count(WriteOutcome.UNKNOWN));
        counts.put("notAttempted", isDryRun ? free.size() : application.count(WriteOutcome.NOT_ATTEMPTED));
        counts.merge("unchanged", application.count(WriteOutcome.UNCHANGED), Long::sum);
        return counts;
    }

    private long confirmed(boolean creations) {
        return application.changes().stream()
                .filter(change -> change.outcome() == WriteOutcome.CONFIRMED)
                .map(AppliedChange::change)
                .filter(change -> PlanReport.isCreation(change) == creations
                        && !(change instanceof Change.MoveTopic || change instanceof Change.SeedOffsets))
                .count();
    }

    private boolean isAboutTraffic() {
        return plan.situation().routing().isPresent();
    }

    /**
     * How far a topic has come.
     *
     * @param from where it stood at the beginning
     * @param to where it stands now
     */
    record TopicJourney(String from, String to) {}

    /** The topics that have moved, each from its first step to its last. */
    SortedMap<String, TopicJourney> moved() {
        SortedMap<String, TopicJourney> moved = new TreeMap<>();
        for (AppliedChange one : application.changes()) {
            if (one.outcome() == WriteOutcome.CONFIRMED && one.change() instanceof Change.MoveTopic move) {
                String to = move.after().brief();
                moved.merge(
                        move.subject().name(),
                        new TopicJourney(move.found().brief(), to),
                        (before, last) -> new TopicJourney(before.from(), to));
            }
        }
        return moved;
    }

    /** The topics that nothing holds but what was waited for in vain, with why. */
    private Map<String, String> late() {
        Map<String, String> late = new TreeMap<>(overdue);
        left.changes().changes().stream()
                .filter(left::isHeld)
                .map(change -> change.subject().name())
                .forEach(late::remove);
        return late;
    }

    /** Why topics go no further, by topic: what was waited for in vain, and what others have to do. */
    SortedMap<String, String> heldBack() {
        SortedMap<String, String> held = new TreeMap<>(overdue);
        Set<String> awaited = left.changes().changes().stream()
                .filter(left::isAwaited)
                .map(change -> change.subject().name())
                .collect(toSet());
        left.failing()
                .forEach((topic, reasons) -> held.putIfAbsent(
                        topic,
                        reasons.stream()
                                .map(reason -> why(reason, awaited.contains(topic)))
                                .collect(joining(" "))));
        return held;
    }

    private static String why(Judgement reason, boolean isAwaited) {
        return reason.check().name() + ", "
                + (isAwaited
                        ? "which the next run waits for: " + reason.verdict().what() + "."
                        : reason.verdict().word() + ": " + PlanSections.words(reason.verdict()));
    }

    /** One line that says it all; its form is public. */
    public String summary() {
        Map<String, Long> counts = counts();
        return (stale.isEmpty() ? isDryRun ? "Apply (dry run): " : "Apply: " : "Apply (stale): ")
                + counts.get("created") + " created, "
                + counts.get("updated") + " updated, "
                + (isAboutTraffic() ? counts.get("moved") + " moved, " : "") + counts.get("failed") + " failed, "
                + counts.get("unknown")
                + " unknown, " + counts.get("notAttempted") + " not attempted; " + counts.get("blocked")
                + " blocked, " + counts.get("unchanged") + " unchanged.";
    }

    /** What to do now. */
    String next() {
        return switch (outcome()) {
            case STALE -> "mvn migrate:plan, review the new change set, then apply it";
            case INCOMPLETE ->
                application
                        .stopped()
                        .map(stop -> Sentences.open(stop.fix()))
                        .or(() -> unfinished().stream()
                                .map(AppliedChange::fix)
                                .filter(not(String::isEmpty))
                                .findFirst()
                                .map(Sentences::open))
                        .orElse("run again: it looks at what is there and goes on");
            case BLOCKED -> left.outcomes().contains(Outcome.BLOCKED) ? left.next() : GOES_ON;
            case PENDING, DRIFT -> isDryRun ? "the same without -Dmigrate.dryRun" : GOES_ON;
            case APPLIED -> "mvn migrate:status";
            default -> left.next();
        };
    }

    /** What a build that fails says. */
    public String verdict() {
        return switch (outcome()) {
            case STALE ->
                "The change set fits no more, and nothing was changed: "
                        + stale.get(0).kind() + " " + stale.get(0).name() + ": "
                        + stale.get(0).what() + more(stale.size()) + " Next: " + next() + ".";
            case INCOMPLETE -> summary() + reason().map(it -> " " + it).orElse("") + " Next: " + next() + ".";
            default ->
                summary()
                        + late().entrySet().stream()
                                .findFirst()
                                .map(topic -> "topic " + topic.getKey() + ": " + topic.getValue())
                                .or(left::obstacle)
                                .map(it -> " In the way: " + Sentences.open(it) + ".")
                                .orElse("")
                        + " Next: " + next() + ".";
        };
    }

    private static String more(int all) {
        return all == 1 ? "." : ", and " + amount(all - 1, "other") + ".";
    }

    /** The first thing that went wrong, for those who see nothing but this. */
    private Optional<String> reason() {
        return application
                .stopped()
                .map(AppliedChanges.Stop::what)
                .or(() -> unfinished().stream().findFirst().map(one -> words(one) + ": " + one.why() + "."));
    }

    static String words(AppliedChange one) {
        return one.change().subject().kind().word() + " "
                + one.change().subject().name();
    }

    /** The same for pipelines. */
    public Result result() {
        return new Result(
                GOAL,
                outcome(),
                plan.file(),
                counts(),
                List.of(),
                left.judgements(),
                left.changes().impossible(),
                Optional.empty());
    }

    /** Every check as a test, and whatever is not done as one that failed. */
    public List<JUnitFile.Case> tests() {
        List<JUnitFile.Case> cases = new ArrayList<>(left.tests());
        Stream<JUnitFile.Case> failed = unfinished().stream()
                .map(one ->
                        JUnitFile.Case.failed(words(one), one.outcome().word(), Sentences.of(one.why(), one.fix())));
        if (!isDryRun) {
            failed.forEach(cases::add);
            stopped()
                    .ifPresent(stop ->
                            cases.add(JUnitFile.Case.failed(GOAL, "stopped", Sentences.of(stop.what(), stop.fix()))));
        }
        late().forEach((topic, why) ->
                cases.add(JUnitFile.Case.failed("topic " + topic, Outcome.BLOCKED.word(), Sentences.of(why, ""))));
        stale.forEach(one ->
                cases.add(JUnitFile.Case.failed(one.kind() + " " + one.name(), Outcome.STALE.word(), one.what())));
        return cases;
    }
}
