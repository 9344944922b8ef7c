package io.github.rocketmigrate.bench;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterReader;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Connections to both clusters, which are used side by side, as goals use them. */
final class BothClusters implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Map<Side, ReadingConnection> connections = new EnumMap<>(Side.class);
    private final Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
    private final ExecutorService sides = Executors.newFixedThreadPool(Side.values().length);

    BothClusters(Map<Side, String> nameServers) {
        nameServers.forEach((side, address) -> {
            ReadingConnection connection = ReadingConnection.open(Encryption.NONE, Optional.empty(), PATIENCE);
            connections.put(side, connection);
            readers.put(
                    side,
                    new RemotingClusterReader(
                            new RemotingClusterReader.Target(side.word(), List.of(address), Optional.empty()),
                            connection));
        });
    }

    static BothClusters of(Endpoints endpoints) {
        Map<Side, String> nameServers = new EnumMap<>(Side.class);
        endpoints.clusters().forEach((side, cluster) -> nameServers.put(side, cluster.nameServers()));
        return new BothClusters(nameServers);
    }

    /** Something that is read from one cluster. */
    @FunctionalInterface
    interface Task<T> {
        T from(Side side, ClusterReader reader) throws Exception;
    }

    <T> Map<Side, T> read(Task<T> task) throws Exception {
        Map<Side, Future<T>> futures = new EnumMap<>(Side.class);
        readers.forEach((side, reader) -> futures.put(side, sides.submit(() -> task.from(side, reader))));
        Map<Side, T> read = new EnumMap<>(Side.class);
        for (Side side : futures.keySet()) {
            read.put(side, futures.get(side).get());
        }
        return read;
    }

    Map<Side, Reading> everything() throws Exception {
        return read((side, reader) -> Reading.of(reader));
    }

    void send(Map<Side, List<RawRequest>> requests) throws Exception {
        read((side, reader) -> {
            RawRequest.send(requests.get(side), connections.get(side));
            return side;
        });
    }

    Map<ReadRequest, Long> asked(Side side) {
        return connections.get(side).asked();
    }

    long received() {
        return connections.values().stream()
                .mapToLong(ReadingConnection::received)
                .sum();
    }

    ClusterReader reader(Side side) {
        return readers.get(side);
    }

    @Override
    public void close() {
        readers.values().forEach(ClusterReader::close);
        sides.shutdown();
    }
}
