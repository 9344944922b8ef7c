package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.ClusterMembers;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.MetadataReader;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterReader;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterWriter;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.GateLook;
import io.github.rocketmigrate.observe.GateReader;
import io.github.rocketmigrate.plan.Gate;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.PlannedCluster;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.GoalCommand;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.wire.Credentials;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import io.github.rocketmigrate.wire.WritingConnection;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Opens the two clusters of a plan once for each run and reads both at the same time.
 *
 * <p>Longer than 300 lines: every way to open clusters, and what is asked beside them, is here.
 */
final class Connections implements AutoCloseable {
    static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

    private final MigrationPlan plan;
    /** The clusters that run, and files of those that are not reached. */
    private final Map<Side, MetadataReader> ofMetadata = new EnumMap<>(Side.class);

    private final Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
    private final Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
    private final Timing.Workers sides;
    private final GateReader gates;
    private Optional<Set<String>> recordedAddresses = Optional.empty();

    private Connections(MigrationPlan plan, Timing timing, GateReader gates) {
        this.plan = requireNonNull(plan, "plan is null");
        this.gates = requireNonNull(gates, "gates is null");
        this.sides = timing.workers("migrate-side", Side.values().length);
    }

    /** Opens both clusters for reading, without sending anything. */
    static Connections open(MigrationPlan plan, Accounts accounts, Timing timing) {
        return open(plan, accounts, Optional.empty(), Optional.empty(), timing);
    }

    /** Opens the destination for reading, without sending anything. Files stand for the source. */
    static Connections comparing(MigrationPlan plan, MetadataReader source, Accounts accounts, Timing timing) {
        return open(plan, accounts, Optional.empty(), Optional.of(source), timing);
    }

    /**
     * Opens both clusters for writing; the source only if the plan moves traffic.
     *
     * @param timeout how long a server may take to answer a write
     */
    static Connections openForWriting(MigrationPlan plan, Accounts accounts, Duration timeout, Timing timing) {
        return open(plan, accounts, Optional.of(timeout), Optional.empty(), timing);
    }

    /** Uses clusters that are open for reading, without gates. */
    static Connections ofReaders(MigrationPlan plan, Map<Side, ? extends ClusterReader> readers, Timing timing) {
        Connections clusters = new Connections(plan, timing, (asked, at) -> Map.of());
        readers.forEach(clusters::add);
        return clusters;
    }

    /** Uses clusters that are open for writing, without gates. */
    static Connections of(MigrationPlan plan, Map<Side, ? extends ClusterWriter> writers, Timing timing) {
        return of(plan, writers, timing, (asked, at) -> Map.of());
    }

    /** Uses clusters that are open for writing, and a way to gates. */
    static Connections of(
            MigrationPlan plan, Map<Side, ? extends ClusterWriter> writers, Timing timing, GateReader gates) {
        Connections clusters = new Connections(plan, timing, gates);
        clusters.writers.putAll(writers);
        writers.forEach((side, writer) -> clusters.add(side, writer.reader()));
        return clusters;
    }

    /** Uses a destination that is open for reading, and files that stand for the source. */
    static Connections comparing(MigrationPlan plan, MetadataReader source, ClusterReader destination, Timing timing) {
        Connections clusters = new Connections(plan, timing, (asked, at) -> Map.of());
        clusters.ofMetadata.put(Side.SOURCE, source);
        clusters.add(Side.DESTINATION, destination);
        return clusters;
    }

    private void add(Side side, ClusterReader reader) {
        ofMetadata.put(side, reader);
        readers.put(side, reader);
    }

    private static Connections open(
            MigrationPlan plan,
            Accounts accounts,
            Optional<Duration> writeTimeout,
            Optional<MetadataReader> source,
            Timing timing) {
        List<Side> running = source.isPresent() ? List.of(Side.DESTINATION) : List.of(Side.values());
        Map<Side, Optional<Credentials>> credentials = new EnumMap<>(Side.class);
        List<Fault> faults = new ArrayList<>();
        for (Side side : running) {
            Optional<Located<String>> account = plan.at(side).credentials();
            try {
                credentials.put(side, account.map(Located::value).map(accounts::find));
            } catch (Fault fault) {
                faults.add(fault.at(account.map(Located::at)));
            }
        }
        if (!faults.isEmpty()) {
            throw Fault.all(faults);
        }
        Connections clusters = new Connections(plan, timing, new HttpGates());
        source.ifPresent(files -> clusters.ofMetadata.put(Side.SOURCE, files));
        for (Side side : running) {
            PlannedCluster planned = plan.at(side);
            Encryption encryption = new Encryption(planned.tls(), accounts.trustedCertificates());
            RemotingClusterReader.Target target = target(side, planned, positions(plan, side));
            if (writeTimeout.isPresent()
                    && (side == Side.DESTINATION || plan.traffic().isPresent())) {
                ClusterWriter writer = new RemotingClusterWriter(
                        target,
                        WritingConnection.open(encryption, credentials.get(side), READ_TIMEOUT, writeTimeout.get()));
                clusters.writers.put(side, writer);
                clusters.add(side, writer.reader());
            } else {
                clusters.add(
                        side,
                        new RemotingClusterReader(
                                target, ReadingConnection.open(encryption, credentials.get(side), READ_TIMEOUT)));
            }
        }
        return clusters;
    }

    static RemotingClusterReader.Target target(Side side, PlannedCluster planned, PlanPositions positions) {
        return new RemotingClusterReader.Target(
                side.word(),
                planned.nameServers().stream().map(Located::value).distinct().toList(),
                planned.cluster().map(Located::value),
                positions);
    }

    private static PlanPositions positions(MigrationPlan plan, Side side) {
        PlannedCluster planned = plan.at(side);
        PlannedCluster other = side == Side.SOURCE ? plan.destination() : plan.source();
        Map<String, Position> nameServers = new HashMap<>();
        planned.nameServers().forEach(address -> nameServers.putIfAbsent(address.value(), address.at()));
        return new PlanPositions(
                nameServers,
                planned.cluster().map(Located::at).or(planned::written),
                planned.credentials().map(Located::at).or(planned::written),
                other.nameServers().stream().map(Located::value).collect(toSet()));
    }

    /** Asks the servers behind gates; what nobody has answered is unknown. */
    Map<Gate, GateLook> gates(Collection<Gate> asked, Instant at) {
        try {
            return gates.read(asked, at);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Reading the gates was interrupted.", "Run again.", e);
        }
    }

    /** The writer of the destination. */
    ClusterWriter destination() {
        return Optional.ofNullable(writers.get(Side.DESTINATION))
                .orElseThrow(() -> new IllegalStateException("open for reading only"));
    }

    /** The writers of the clusters that were opened for writing. */
    Map<Side, ClusterWriter> writers() {
        return Map.copyOf(writers);
    }

    /** A reading of one cluster. */
    @FunctionalInterface
    interface SideReading<T> {
        T from(Side side, ClusterReader reader) throws InterruptedException;
    }

    /** Reads both clusters at the same time. If both readings fail, one fault reports both failures. */
    <T> Map<Side, T> both(SideReading<T> reading) {
        List<Fault> faults = new ArrayList<>();
        Map<Side, T> read = read(reading, faults);
        if (!faults.isEmpty()) {
            throw Fault.all(faults);
        }
        return read;
    }

    /** A reading of what one cluster stores in files. */
    private interface MetadataOfSide<T> {
        T from(Side side, MetadataReader reader) throws InterruptedException;
    }

    private <T> Map<Side, T> bothStored(MetadataOfSide<T> reading) {
        List<Fault> faults = new ArrayList<>();
        Map<Side, T> read = inParallel(side -> reading.from(side, ofMetadata.get(side)), faults);
        if (!faults.isEmpty()) {
            throw Fault.all(faults);
        }
        return read;
    }

    /** The running cluster of a side. */
    private ClusterReader running(Side side) {
        return Optional.ofNullable(readers.get(side))
                .orElseThrow(() -> new Fault(
                        "This needs the running " + side.word() + ", and only its metadata files were read.",
                        "Remove migrate.from, so that the goal reads the " + side.word() + "."));
    }

    /** Reads both clusters at the same time; those that fail go to {@code faults}. */
    <T> Map<Side, T> read(SideReading<T> reading, List<Fault> faults) {
        return inParallel(side -> reading.from(side, running(side)), faults);
    }

    private interface OfSide<T> {
        T read(Side side) throws InterruptedException;
    }

    private <T> Map<Side, T> inParallel(OfSide<T> reading, List<Fault> faults) {
        List<Callable<T>> tasks = new ArrayList<>();
        for (Side side : Side.values()) {
            tasks.add(() -> reading.read(side));
        }
        Map<Side, T> read = new EnumMap<>(Side.class);
        try {
            Iterator<Future<T>> done = sides.run(tasks).iterator();
            for (Side side : Side.values()) {
                try {
                    read.put(side, done.next().get());
                } catch (ExecutionException e) {
                    faults.add(fault(e.getCause()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Reading the clusters was interrupted.", "Run again.", e);
        }
        return read;
    }

    private static Fault fault(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof Fault fault) {
            return fault;
        }
        throw new IllegalStateException(cause);
    }

    /** Reads one cluster. */
    <T> T one(Side side, SideReading<T> reading) {
        try {
            return reading.from(side, running(side));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Reading the " + side.word() + " was interrupted.", "Run again.", e);
        }
    }

    /**
     * Reads brokers, topics and groups of both clusters. Source brokers that have joined the destination count as the
     * source's.
     */
    Map<Side, Metadata> metadata() {
        Map<Side, List<NameServer>> nameServers = bothStored((side, reader) -> reader.nameServers());
        Set<String> sources = sources(nameServers);
        if (listOnly(nameServers.get(Side.DESTINATION), sources)) {
            destinationDown().ifPresent(down -> {
                throw down;
            });
        }
        Map<Side, Metadata> metadata = bothStored(
                (side, reader) -> reader.metadata(nameServers.get(side), side == Side.SOURCE ? Set.of() : sources));
        metadata.get(Side.DESTINATION).versions().stream()
                .filter(ServerVersion::isFour)
                .findFirst()
                .ifPresent(version -> {
                    throw new Fault(
                                    "The destination "
                                            + metadata.get(Side.DESTINATION).cluster() + " runs RocketMQ " + version
                                            + ", which has neither message types nor orderly groups.",
                                    "Set destination.nameServers to the name servers of a 5.x cluster.")
                            .at(plan.destination().written());
                });
        return metadata;
    }

    /**
     * The addresses of the source's brokers. One that its own name servers have lost may still be listed by the
     * destination's: there it is as little a broker of the destination as before.
     */
    private Set<String> sources(Map<Side, List<NameServer>> nameServers) {
        ClusterMembers source = ClusterMembers.of(
                Side.SOURCE.word(),
                plan.source().cluster().map(Located::value),
                nameServers.get(Side.SOURCE),
                Set.of(),
                positions(plan, Side.SOURCE));
        Set<String> addresses = new TreeSet<>(source.addresses());
        boolean isInQuestion = nameServers.get(Side.DESTINATION).stream()
                .anyMatch(nameServer -> nameServer.clusters().getOrDefault(source.cluster(), new TreeSet<>()).stream()
                        .map(broker -> nameServer.brokers().getOrDefault(broker, Map.of()))
                        .anyMatch(broker -> !addresses.containsAll(broker.values())));
        if (isInQuestion) {
            addresses.addAll(recordedAddresses(source.cluster()));
        }
        return addresses;
    }

    /** The addresses of the source that earlier runs have recorded. They are read once: they do not change in a run. */
    private Set<String> recordedAddresses(String cluster) {
        if (recordedAddresses.isEmpty()) {
            recordedAddresses = Optional.of(
                    RecordFormat.read(plan.name().value(), one(Side.DESTINATION, (side, reader) -> reader.notes()))
                            .source()
                            .filter(recorded -> recorded.cluster().equals(cluster))
                            .map(recorded -> Set.copyOf(recorded.addresses()))
                            .orElse(Set.of()));
        }
        return recordedAddresses.get();
    }

    /** Reads the source alone, while the destination cannot be read. */
    Metadata source() {
        return one(Side.SOURCE, (side, reader) -> reader.metadata(reader.nameServers(), Set.of()));
    }

    private static boolean listOnly(List<NameServer> nameServers, Set<String> addresses) {
        return nameServers.stream()
                .flatMap(nameServer -> nameServer.brokers().values().stream())
                .allMatch(broker -> addresses.containsAll(broker.values()));
    }

    /** If earlier runs have found masters of the destination, its addresses are right and its brokers are down. */
    private Optional<Fault> destinationDown() {
        SortedSet<String> masters = RecordFormat.read(
                        plan.name().value(), one(Side.DESTINATION, (side, reader) -> reader.notes()))
                .mastersOf(Side.DESTINATION);
        return masters.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault(
                                "The destination's name servers list none of its brokers. Earlier runs found "
                                        + Names.of(masters, Counts.MOST_NAMED) + ".",
                                "If a name server has just started, wait 30 s and run again: brokers register every"
                                        + " 30 s. If the brokers are down, start them. If this is not possible, go back"
                                        + " without the destination (" + HelpPages.DESTINATION_DOWN + "): "
                                        + plan.command(
                                                "rollback", GoalCommand.parameter("reason", "The destination is down")))
                        .at(plan.destination().written()));
    }

    @Override
    public void close() {
        // Closing is mostly waiting, so both clusters are closed at the same time.
        boolean interrupted = Thread.interrupted();
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (MetadataReader reader : ofMetadata.values()) {
                tasks.add(() -> {
                    reader.close();
                    return null;
                });
            }
            List<Future<Void>> unused = sides.run(tasks);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            sides.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
