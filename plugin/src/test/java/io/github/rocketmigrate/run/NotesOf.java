package io.github.rocketmigrate.run;

import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterReader;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterWriter;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.WritingConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is kept at the destination's name servers, for tests to look at and to spoil. */
public final class NotesOf implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RemotingClusterWriter writer;

    public NotesOf(Endpoints endpoints) {
        this(List.of(endpoints.cluster(Side.DESTINATION).nameServers()));
    }

    /** Keeps notes at some name servers, as if they were those of one cluster. */
    public NotesOf(List<String> nameServers) {
        this.writer = new RemotingClusterWriter(
                new RemotingClusterReader.Target("destination", nameServers, Optional.empty()),
                WritingConnection.open(Encryption.NONE, Optional.empty(), PATIENCE, PATIENCE));
    }

    ClusterWriter writer() {
        return writer;
    }

    public Notes notes() {
        return writer;
    }

    /** Everything, by key. */
    public Map<String, String> all() throws InterruptedException {
        Map<String, String> all = new TreeMap<>();
        writer.notes().values().forEach(all::putAll);
        return all;
    }

    @Override
    public void close() {
        writer.close();
    }
}
