package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.record.Brakes;
import io.github.rocketmigrate.text.GoalCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * How the user called a goal, so that suggested commands can be pasted as they are.
 *
 * @param file the plan's file as the user named it
 * @param changeSet the saved change set that is applied
 * @param rollback the parameters of {@code rollback} that say how far and why; none for another goal
 * @param routePoll the time after which the goal expects every client to have polled its routes
 * @param files the parameters of metadata files that stand for the source; none if it is read
 */
public record Invocation(
        String file,
        Selection selection,
        Optional<String> changeSet,
        List<String> rollback,
        Optional<Duration> routePoll,
        List<String> files) {
    public static final String USUAL_FILE = GoalCommand.USUAL_FILE;

    /** In quotes, so that words can be put there. */
    private static final String WHY = "-Dmigrate.reason='WHY'";

    public Invocation {
        requireNonNull(file, "file is null");
        requireNonNull(selection, "selection is null");
        requireNonNull(changeSet, "changeSet is null");
        rollback = List.copyOf(rollback);
        requireNonNull(routePoll, "routePoll is null");
        files = List.copyOf(files);
    }

    public Invocation(String file, Selection selection) {
        this(file, selection, Optional.empty(), List.of(), Optional.empty(), List.of());
    }

    /** The same with the time that the results name. */
    public Invocation with(Duration time) {
        return new Invocation(file, selection, changeSet, rollback, Optional.of(time), files);
    }

    /** The same with metadata files in place of the source. */
    public Invocation comparing(List<String> parameters) {
        return new Invocation(file, selection, changeSet, rollback, routePoll, parameters);
    }

    /** Whether metadata files stood for the source. */
    boolean isOfFiles() {
        return !files.isEmpty();
    }

    /** The same with a change set that is applied. */
    public Invocation applying(String saved) {
        return new Invocation(file, selection, Optional.of(saved), rollback, routePoll, List.of());
    }

    /**
     * The same call of {@code rollback}.
     *
     * @param parameters by name without the prefix
     */
    public Invocation rollingBack(SortedMap<String, String> parameters) {
        List<String> all = parameters.entrySet().stream()
                .map(one -> GoalCommand.parameter(one.getKey(), one.getValue()))
                .toList();
        return new Invocation(file, selection, changeSet, all, routePoll, List.of());
    }

    /** The command that continues a run. */
    String again() {
        return changeSet
                .map(this::apply)
                .orElseGet(() -> rollback.isEmpty()
                        ? command(ApplyReport.GOAL)
                        : command(ApplyReport.ROLLBACK, rollback.toArray(String[]::new)));
    }

    /** Whether the goal is a rollback. */
    boolean isRollback() {
        return !rollback.isEmpty();
    }

    /** The command that takes the same topics back further, for the same reason. */
    String further(Stage to) {
        String reason = GoalCommand.parameter("reason", "");
        List<String> parameters = new ArrayList<>(List.of(GoalCommand.parameter("to", to.word())));
        rollback.stream().filter(one -> one.startsWith(reason)).forEach(parameters::add);
        return command(ApplyReport.ROLLBACK, parameters.toArray(String[]::new));
    }

    /** The command with which a rollback can be called that has no reason yet. */
    public String rollback(SortedMap<String, String> parameters) {
        List<String> all = parameters.entrySet().stream()
                .map(one -> GoalCommand.parameter(one.getKey(), one.getValue()))
                .toList();
        return command(
                ApplyReport.ROLLBACK,
                Stream.concat(all.stream(), Stream.of(WHY)).toArray(String[]::new));
    }

    /** The command with which the brake can be put on. */
    public String brake() {
        return command("brake", WHY);
    }

    /** The selected part of the plan in words. */
    String part() {
        return changeSet.map(name -> "the changes in " + name).orElseGet(selection::words);
    }

    /** A complete command that works on the same part of the plan. */
    String command(String goal, String... more) {
        List<String> parameters = new ArrayList<>(list("batch", selection.batches()));
        parameters.addAll(list("topic", selection.topics()));
        parameters.addAll(list("excludeTopic", selection.excluded()));
        if (goal.equals(PlanReport.GOAL) || goal.equals(AssessmentReport.GOAL)) {
            parameters.addAll(files);
        }
        return command(goal, parameters, more);
    }

    /** The command that applies a saved change set, which contains its selection. */
    String apply(String saved) {
        return command("apply", list("changeSet", List.of(saved)));
    }

    /** The command that releases the leases of a dead run, which belong to no part of the plan. */
    public String unlock(String leaseId) {
        return command("unlock", list("leaseId", List.of(leaseId)));
    }

    /** The command that releases the topics of this call from their holds. */
    String resume() {
        return command(NextStep.RESUME);
    }

    /** The command that releases the brakes that are on. */
    String releasing(Brakes brakes) {
        return brakes.ofPlan().isPresent()
                ? command(NextStep.RESUME, List.of())
                : command(NextStep.RESUME, list("batch", List.copyOf(brakes.scopes())));
    }

    /** The command that releases one topic from its hold. */
    String resume(String topic) {
        return command(NextStep.RESUME, list("topic", List.of(topic)));
    }

    /** The command that moves these topics and no others. */
    String topics(SortedSet<String> topics) {
        return command(ApplyReport.GOAL, list("topic", List.copyOf(topics)));
    }

    /** The command that moves topics on although messages may be consumed out of order. */
    String reordering(List<String> topics) {
        return command(ApplyReport.GOAL, list("topic", topics), "-Dmigrate.allowReordering=true");
    }

    private String command(String goal, List<String> parameters, String... more) {
        List<String> all = new ArrayList<>(parameters);
        all.addAll(List.of(more));
        return GoalCommand.of(file, goal, all);
    }

    private static List<String> list(String name, List<String> values) {
        return values.isEmpty() ? List.of() : List.of(GoalCommand.parameter(name, String.join(",", values)));
    }
}
