package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Rule;
import io.github.rocketmigrate.plan.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A plan that was written from a running cluster, or one to which was added what is new there.
 *
 * @param file the plan's file as the user named it
 * @param cluster the name of the source
 * @param evidence the file with the evidence
 * @param sizes the numbers of batches, topics and groups
 * @param confidences the numbers of types and orders with each confidence; of a plan that was added to, of the new ones
 * @param merged what became of a plan that was there before
 * @param files the parameters of metadata files that stood for the source; none if it was read
 * @param problems of the plan as it is now; those that the user has to decide are among them
 */
public record DiscoveryReport(
        String file,
        String cluster,
        String evidence,
        Map<String, Long> sizes,
        Map<String, Long> confidences,
        Optional<Merged> merged,
        List<String> files,
        List<Problem> problems) {
    /** The goal's name in its result. */
    public static final String GOAL = "discover";

    public DiscoveryReport {
        requireNonNull(file, "file is null");
        requireNonNull(cluster, "cluster is null");
        requireNonNull(evidence, "evidence is null");
        sizes = Map.copyOf(sizes);
        confidences = Map.copyOf(confidences);
        requireNonNull(merged, "merged is null");
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    /**
     * What is different at the source than in the plan.
     *
     * @param topics the new topics, with their batches in words
     * @param groups the new groups, with their batches in words
     * @param vanishedTopics the topics of the plan that the source no longer has, in words
     * @param vanishedGroups the groups of the plan that the source no longer has, in words
     */
    public record Merged(
            List<Located<String>> topics,
            List<Located<String>> groups,
            List<Located<String>> vanishedTopics,
            List<Located<String>> vanishedGroups) {
        public Merged {
            topics = List.copyOf(topics);
            groups = List.copyOf(groups);
            vanishedTopics = List.copyOf(vanishedTopics);
            vanishedGroups = List.copyOf(vanishedGroups);
        }

        boolean isUnchanged() {
            return topics.isEmpty() && groups.isEmpty();
        }

        private Map<String, Long> counts() {
            return Map.of(
                    "addedTopics", (long) topics.size(),
                    "addedGroups", (long) groups.size(),
                    "vanishedTopics", (long) vanishedTopics.size(),
                    "vanishedGroups", (long) vanishedGroups.size());
        }
    }

    /** Whether the plan had everything that the source has. */
    boolean isUnchanged() {
        return merged.filter(Merged::isUnchanged).isPresent();
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
        merged.ifPresent(it -> counts.putAll(it.counts()));
        return counts;
    }

    public Result result() {
        return new Result(GOAL, outcome(), file, counts(), Result.Details.of(problems));
    }
}
