package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.cluster.AclTable;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.TimedTraffic;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.cluster.TrafficQuestion;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** Reads a cluster over RocketMQ's remoting protocol: it asks every server itself, with many requests at once. */
public final class RemotingClusterReader implements ClusterReader {
    private final Target target;
    private final ReadingConnection connection;

    /**
     * A cluster and how to find it.
     *
     * @param side the side of the cluster, as in "source", for messages
     * @param nameServers the addresses of all its name servers, {@code host:port}
     * @param cluster the name of the cluster; needed only if the name servers list several
     * @param positions for messages
     */
    public record Target(String side, List<String> nameServers, Optional<String> cluster, PlanPositions positions) {
        public Target {
            requireNonNull(side, "side is null");
            nameServers = List.copyOf(nameServers);
            requireNonNull(cluster, "cluster is null");
            requireNonNull(positions, "positions is null");
        }

        /** A cluster that is in no plan. */
        public Target(String side, List<String> nameServers, Optional<String> cluster) {
            this(side, nameServers, cluster, PlanPositions.NONE);
        }
    }

    public RemotingClusterReader(Target target, ReadingConnection connection) {
        this.target = requireNonNull(target, "target is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    @Override
    public List<NameServer> nameServers() throws InterruptedException {
        return ofNameServers().nameServers();
    }

    @Override
    public Metadata metadata(List<NameServer> nameServers, Set<String> foreign) throws InterruptedException {
        return new MetadataReading(target, this::requestGroup).read(nameServers, foreign);
    }

    @Override
    public ConsumerOffsets consumerOffsets(Metadata metadata) throws InterruptedException {
        return new OffsetsReading(this::requestGroup).consumerOffsets(metadata);
    }

    @Override
    public Map<String, LastConsumed> lastConsumed(Metadata metadata, ConsumerOffsets offsets, Collection<String> groups)
            throws InterruptedException {
        return new LastConsumedReading(this::requestGroup).read(metadata, offsets, groups);
    }

    @Override
    public QueueOffsets queueOffsets(Metadata metadata, Collection<String> topics) throws InterruptedException {
        return new OffsetsReading(this::requestGroup).queueOffsets(metadata, topics);
    }

    @Override
    public Map<String, TopicSenders> senders(Metadata metadata, QueueOffsets queues, Map<String, Long> newest)
            throws InterruptedException {
        return new SendersReading(connection).newest(metadata, queues, newest);
    }

    @Override
    public Map<String, MessageSample> samples(Metadata metadata, QueueOffsets queues, Collection<String> topics)
            throws InterruptedException {
        return new SampleReading(connection).read(metadata, queues, topics);
    }

    @Override
    public Clients clients(Metadata metadata, Collection<String> groups) throws InterruptedException {
        return new ClientsReading(this::requestGroup).clients(metadata, groups);
    }

    @Override
    public Map<String, Map<String, String>> runtime(Metadata metadata) throws InterruptedException {
        return new RuntimeReading(this::requestGroup).read(metadata);
    }

    @Override
    public ProxiedClients proxied(Metadata metadata, InstantSource clock) throws InterruptedException {
        return new ProxiedClientsReading(this::requestGroup, connection).read(metadata, clock.instant());
    }

    @Override
    public Map<String, AclTable> acls(Metadata metadata) throws InterruptedException {
        return new AclReading(this::requestGroup).read(metadata);
    }

    @Override
    public Subscribers subscribers(Metadata metadata, Collection<String> topics) throws InterruptedException {
        return new SubscribersReading(this::requestGroup).read(metadata, topics);
    }

    @Override
    public TimedTraffic traffic(Metadata metadata, TrafficQuestion question, InstantSource clock)
            throws InterruptedException {
        return new TrafficReading(this::requestGroup, connection).read(metadata, question, clock);
    }

    @Override
    public ClientReports clientReports(
            Metadata metadata, Clients clients, Map<String, ? extends Collection<String>> members)
            throws InterruptedException {
        return new ClientReportsReading(this::requestGroup).read(metadata, clients, members);
    }

    @Override
    public Map<String, Map<String, Map<String, RouteEntry>>> routes(Collection<String> topics)
            throws InterruptedException {
        return ofNameServers().routes(topics);
    }

    @Override
    public Map<String, Map<String, RouteEntry>> routes(String nameServer, Collection<String> topics)
            throws InterruptedException {
        return ofNameServers().routes(nameServer, topics);
    }

    @Override
    public Map<String, SortedSet<String>> orderedTopics() throws InterruptedException {
        return ofNameServers().orderedTopics();
    }

    @Override
    public Map<String, Map<String, String>> notes() throws InterruptedException {
        return ofNameServers().notes();
    }

    @Override
    public Map<String, String> note(String key) throws InterruptedException {
        return ofNameServers().note(key);
    }

    @Override
    public Map<String, Long> requests() {
        return connection.asked().entrySet().stream()
                .collect(toMap(asked -> asked.getKey().name().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    private NameServerReading ofNameServers() {
        return new NameServerReading(target.nameServers(), this::requestGroup);
    }

    private RequestGroup requestGroup() {
        return new RequestGroup(target.side(), target.positions(), connection);
    }

    @Override
    public void close() {
        connection.close();
    }
}
