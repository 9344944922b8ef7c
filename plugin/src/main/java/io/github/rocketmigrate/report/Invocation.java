package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.text.GoalCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the user called a goal, so that suggested commands can be pasted as they are.
 *
 * @param file the plan's file as the user named it
 * @param changeSet the saved change set that is applied
 * @param routePoll the time after which the goal expects every client to have polled its routes
 */
public record Invocation(String file, Selection selection, Optional<String> changeSet, Optional<Duration> routePoll) {
    public static final String USUAL_FILE = GoalCommand.USUAL_FILE;

    public Invocation {
        requireNonNull(file, "file is null");
        requireNonNull(selection, "selection is null");
        requireNonNull(changeSet, "changeSet is null");
        requireNonNull(routePoll, "routePoll is null");
    }

    public Invocation(String file, Selection selection) {
        this(file, selection, Optional.empty(), Optional.empty());
    }

    /** The same with the time that the results name. */
    public Invocation with(Duration time) {
        return new Invocation(file, selection, changeSet, Optional.of(time));
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

    /** The command that moves one topic on although messages may be consumed out of order. */
    String reordering(String topic) {
        return command(ApplyReport.GOAL, list("topic", List.of(topic)), "-Dmigrate.allowReordering=true");
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
