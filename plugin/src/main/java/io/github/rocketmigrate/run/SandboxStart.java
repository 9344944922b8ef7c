package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterReader;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.report.SandboxReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.SandboxProgress;
import io.github.rocketmigrate.sandbox.SandboxSettings;
import io.github.rocketmigrate.sandbox.ServerJars;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import io.github.rocketmigrate.write.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the goal {@code sandbox-start}: starts the clusters, then reads them like any others. */
public final class SandboxStart {
    private final Sandbox sandbox;
    private final Path name;
    private final ServerJars jars;
    private final Timing timing;

    /** Reports name the sandbox's folder by {@code name}, as the user would write it. */
    public SandboxStart(Sandbox sandbox, Path name, ServerJars jars, Timing timing) {
        this.sandbox = requireNonNull(sandbox, "sandbox is null");
        this.name = requireNonNull(name, "name is null");
        this.jars = requireNonNull(jars, "jars is null");
        this.timing = requireNonNull(timing, "timing is null");
    }

    public SandboxReport run(SandboxSettings settings, Lifetime lifetime, SandboxProgress progress) {
        Timing.Stopwatch starting = timing.stopwatch();
        Sandbox.Started started = sandbox.start(settings, jars, lifetime, progress);
        Map<Side, Metadata> clusters = new EnumMap<>(Side.class);
        try {
            for (Side side : Side.values()) {
                clusters.put(side, read(started.endpoints(), side, settings.startTimeout()));
            }
        } catch (Fault fault) {
            if (!started.wasRunning()) {
                sandbox.stop(Lifetime.UNTIL_STOPPED);
            }
            throw fault;
        }
        return new SandboxReport(
                name, started.endpoints(), clusters, started.wasRunning(), started.restarted(), starting.passed());
    }

    private static Metadata read(Endpoints endpoints, Side side, Duration timeout) {
        Endpoints.SandboxCluster cluster = endpoints.cluster(side);
        RemotingClusterReader.Target target = new RemotingClusterReader.Target(
                side.word(), List.of(cluster.nameServers()), Optional.of(cluster.name()));
        ReadingConnection connection = ReadingConnection.open(Encryption.NONE, endpoints.reader(), timeout);
        try (ClusterReader reader = new RemotingClusterReader(target, connection)) {
            return reader.metadata(reader.nameServers(), Set.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Reading " + cluster.name() + " was interrupted.", "Run again.", e);
        }
    }
}
