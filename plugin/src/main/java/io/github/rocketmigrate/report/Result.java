package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.plan.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a goal came to, for pipelines.
 *
 * @param file the plan's as the user named it
 * @param counts figures by their public names
 * @param problems of the plan's file
 * @param checks that were made
 * @param impossible what cannot be done
 * @param fault why the goal could not work, if it could not
 */
public record Result(
        String goal,
        Outcome outcome,
        String file,
        Map<String, Long> counts,
        List<Problem> problems,
        List<Judgement> checks,
        List<Impossible> impossible,
        Optional<Fault> fault) {
    public Result {
        requireNonNull(goal, "goal is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(file, "file is null");
        counts = new TreeMap<>(counts);
        problems = List.copyOf(problems);
        checks = List.copyOf(checks);
        impossible = List.copyOf(impossible);
        requireNonNull(fault, "fault is null");
    }

    /** Of a goal that has nothing to count. */
    public static Result of(String goal, String file, Outcome outcome) {
        return new Result(goal, outcome, file, Map.of(), List.of(), List.of(), List.of(), Optional.empty());
    }

    /** Of a goal that could not work. */
    public static Result of(String goal, String file, Fault fault) {
        return new Result(goal, Outcome.ERROR, file, Map.of(), List.of(), List.of(), List.of(), Optional.of(fault));
    }
}
