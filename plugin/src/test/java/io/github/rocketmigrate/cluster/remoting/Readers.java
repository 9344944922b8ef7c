package io.github.rocketmigrate.cluster.remoting;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.wire.Credentials;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Readers for clusters of a sandbox. */
public final class Readers {
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private Readers() {}

    public static ClusterReader of(Endpoints endpoints, Side side) {
        return of(
                side.word(),
                endpoints.cluster(side).nameServers(),
                Optional.of(endpoints.cluster(side).name()),
                endpoints.reader());
    }

    static ClusterReader of(
            String who, String nameServer, Optional<String> cluster, Optional<Credentials> credentials) {
        return new RemotingClusterReader(
                new RemotingClusterReader.Target(who, List.of(nameServer), cluster),
                ReadingConnection.open(false, credentials, PATIENCE));
    }

    public static Metadata metadata(ClusterReader reader) throws InterruptedException {
        return reader.metadata(reader.nameServers(), Set.of());
    }
}
