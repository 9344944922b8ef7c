package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import java.util.Map;

/**
 * A file that was written with the topics and groups of a cluster.
 *
 * @param plan the plan's file as the user named it
 * @param file as the user would write it
 * @param isMetadata whether it is a metadata file, and not a plan
 * @param cluster the name of the cluster
 * @param counts by their public names
 */
public record ExportReport(
        String plan, String file, Side side, boolean isMetadata, String cluster, Map<String, Long> counts) {
    /** The goal's name in its result. */
    public static final String GOAL = "export";

    public ExportReport {
        requireNonNull(plan, "plan is null");
        requireNonNull(file, "file is null");
        requireNonNull(side, "side is null");
        requireNonNull(cluster, "cluster is null");
        counts = Map.copyOf(counts);
    }

    public Outcome outcome() {
        return Outcome.CLEAN;
    }

    public Result result() {
        return new Result(GOAL, outcome(), plan, counts, Result.Details.NONE);
    }
}
