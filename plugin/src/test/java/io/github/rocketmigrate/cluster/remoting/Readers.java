package io.github.rocketmigrate.cluster.remoting;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.wire.Credentials;
import io.github.rocketmigrate.wire.Encryption;
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
            String side, String nameServer, Optional<String> cluster, Optional<Credentials> credentials) {
        return new RemotingClusterReader(
                new RemotingClusterReader.Target(side, List.of(nameServer), cluster),
                ReadingConnection.open(Encryption.NONE, credentials, PATIENCE));
    }

    public static Metadata metadata(ClusterReader reader) throws InterruptedException {
        return reader.metadata(reader.nameServers(), Set.of());
    }

    /** Why a name server cannot be read; nothing where it can. */
    public static Fault fault(String nameServer, boolean tls, Duration patience) {
        return fault(nameServer, tls ? Encryption.INSECURE : Encryption.NONE, patience);
    }

    public static Fault fault(String nameServer, Encryption encryption, Duration patience) {
        try (ClusterReader reader = new RemotingClusterReader(
                new RemotingClusterReader.Target("source", List.of(nameServer), Optional.empty()),
                ReadingConnection.open(encryption, Optional.empty(), patience))) {
            return catchThrowableOfType(Fault.class, reader::nameServers);
        }
    }
}
