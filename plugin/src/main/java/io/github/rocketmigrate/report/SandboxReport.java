package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterOverview;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import java.time.Duration;
import java.util.Map;

/**
 * The sandbox that is running now.
 *
 * @param clusters what the name servers and brokers of each side say of themselves
 * @param wasRunning whether it ran before it was asked for
 */
public record SandboxReport(
        Endpoints endpoints, Map<Side, ClusterOverview> clusters, boolean wasRunning, Duration took) {
    public SandboxReport {
        requireNonNull(endpoints, "endpoints is null");
        requireNonNull(took, "took is null");
        clusters = Map.copyOf(clusters);
    }
}
