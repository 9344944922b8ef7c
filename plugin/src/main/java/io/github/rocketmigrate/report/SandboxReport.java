package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The sandbox that is running now.
 *
 * @param folder where it lives, as the user would name it
 * @param clusters what the name servers and brokers of each side say of themselves
 * @param wasRunning whether it ran before it was asked for
 */
public record SandboxReport(
        Path folder, Endpoints endpoints, Map<Side, Metadata> clusters, boolean wasRunning, Duration took) {
    public SandboxReport {
        requireNonNull(folder, "folder is null");
        requireNonNull(endpoints, "endpoints is null");
        requireNonNull(took, "took is null");
        clusters = Map.copyOf(clusters);
    }
}
