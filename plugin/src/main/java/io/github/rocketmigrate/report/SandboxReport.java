package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The result of starting a sandbox.
 *
 * @param folder the folder of the sandbox as the user would name it
 * @param clusters the metadata that each cluster reports
 * @param wasRunning whether the sandbox was already running
 * @param restarted servers of a running sandbox that were down
 */
public record SandboxReport(
        Path folder,
        Endpoints endpoints,
        Map<Side, Metadata> clusters,
        boolean wasRunning,
        List<String> restarted,
        Duration took) {
    public SandboxReport {
        requireNonNull(folder, "folder is null");
        requireNonNull(endpoints, "endpoints is null");
        requireNonNull(took, "took is null");
        clusters = Map.copyOf(clusters);
        restarted = List.copyOf(restarted);
    }
}
