package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Rule;
import io.github.rocketmigrate.plan.Severity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan that was written from a running cluster.
 *
 * @param file the plan's file as the user named it
 * @param cluster the name of the source
 * @param evidence the file with the evidence
 * @param sizes the numbers of batches, topics and groups
 * @param confidences the numbers of types and orders with each confidence
 * @param problems of the plan as it is now; those that the user has to decide are among them
 */
public record DiscoveryReport(
        String file,
        String cluster,
        String evidence,
        Map<String, Long> sizes,
        Map<String, Long> confidences,
        List<Problem> problems) {
    /** The goal's name in its result. */
    public static final String GOAL = "discover";

    public DiscoveryReport {
        requireNonNull(file, "file is null");
        requireNonNull(cluster, "cluster is null");
        requireNonNull(evidence, "evidence is null");
        sizes = Map.copyOf(sizes);
        confidences = Map.copyOf(confidences);
        problems = List.copyOf(problems);
    }

    /** What the user has to decide. */
    List<Problem> undecided() {
        return problems.stream()
                .filter(problem -> problem.rule() == Rule.UNDECIDED)
                .toList();
    }

    /** Errors of the plan that no decision ends, such as a name that the destination does not accept. */
    List<Problem> errors() {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR && problem.rule() != Rule.UNDECIDED)
                .toList();
    }

    public Outcome outcome() {
        return undecided().isEmpty() && errors().isEmpty() ? Outcome.CLEAN : Outcome.PENDING;
    }

    /** The counts by their public names. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>(sizes);
        counts.putAll(confidences);
        return counts;
    }

    public Result result() {
        return new Result(GOAL, outcome(), file, counts(), Result.Details.of(problems));
    }
}
