package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.assess.ClusterObservation;
import io.github.rocketmigrate.assess.Measured;
import io.github.rocketmigrate.assess.Observation;
import io.github.rocketmigrate.assess.ObservedLoad;
import io.github.rocketmigrate.assess.RecordedPlans;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterMembers;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Consumers;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.TrafficQuestion;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads both clusters for the examination, part by part: a part that cannot be read takes nothing from the others.
 * It changes no offset, joins no group and keeps nothing.
 */
final class AssessSurvey {
    private static final String OF_SOURCE_ONLY = "it is read of the source only";

    private final MigrationPlan plan;
    private final Timing timing;
    private final Duration observe;
    private final Consumer<String> progress;

    /** @param observe how long the load of the source is observed; zero for not at all */
    AssessSurvey(MigrationPlan plan, Timing timing, Duration observe, Consumer<String> progress) {
        this.plan = requireNonNull(plan, "plan is null");
        this.timing = requireNonNull(timing, "timing is null");
        this.observe = requireNonNull(observe, "observe is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** Files that stand for the source show its topics and groups, and nothing that lives. */
    static ClusterObservation ofFiles(Metadata stored, String names) {
        String why = "only metadata files of the source were read (" + names + ")";
        return ClusterObservation.absent(why).withMetadata(stored);
    }

    /** What both clusters show. */
    Observation of(ClusterObservation source, ClusterObservation destination, Measured<RecordedPlans> recorded) {
        return new Observation(
                plan, source, destination, recorded, timing.clock().instant());
    }

    private interface PartReading<T> {
        T read() throws InterruptedException;
    }

    private static <T> Measured<T> measured(PartReading<T> reading) {
        try {
            return Measured.of(reading.read());
        } catch (Fault fault) {
            return Measured.unread(String.join("; ", fault.getMessage().split("\n", -1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("The examination was interrupted.", "Run assess again.", e);
        }
    }

    /** What earlier runs have left at the destination. */
    Measured<RecordedPlans> recorded(ClusterReader destination) {
        return measured(() -> {
            Map<String, Map<String, String>> notes = destination.notes();
            String name = plan.name().value();
            return new RecordedPlans(RecordFormat.read(name, notes), RecordFormat.objectsOfOthers(name, notes));
        });
    }

    ClusterObservation source(ClusterReader reader) {
        progress.accept("Reading the topics and groups of the source…");
        Measured<List<NameServer>> nameServers = measured(reader::nameServers);
        Measured<Metadata> metadata = metadata(reader, nameServers, Set.of());
        if (metadata instanceof Measured.Unread<Metadata> unread) {
            return ClusterObservation.unread(unread.why()).withNameServers(nameServers);
        }
        Metadata cluster = metadata.known().orElseThrow();
        SortedSet<String> topics = cluster.topics();
        Measured<Consumers> consumers = measured(() -> {
            ConsumerOffsets offsets = reader.consumerOffsets(cluster);
            return new Consumers(reader.subscribers(cluster, topics), offsets);
        });
        SortedSet<String> groups = cluster.groups();
        consumers.known().ifPresent(known -> {
            topics.forEach(topic -> groups.addAll(known.of(topic)));
            groups.removeIf(SystemNames::isGroup);
        });
        progress.accept("Reading the clients of " + Counts.of(groups.size(), "group") + "…");
        Measured<Clients> clients = measured(() -> clients(reader, cluster, groups));
        Measured<ClientReports> reports = measured(() -> reports(reader, cluster, needed(clients), groups));
        progress.accept("Sampling the newest messages of " + Counts.of(topics.size(), "topic") + "…");
        Measured<QueueOffsets> queues = measured(() -> reader.queueOffsets(cluster, andSystem(cluster, topics)));
        Measured<Clients> andSenders = measured(() -> andSenders(reader, cluster, needed(clients), needed(queues)));
        return new ClusterObservation(
                Optional.empty(),
                nameServers,
                metadata,
                consumers,
                andSenders.known().isPresent() ? andSenders : clients,
                reports,
                queues,
                measured(() -> reader.samples(cluster, needed(queues), topics)),
                measured(() -> held(reader, cluster, needed(consumers))),
                ordered(reader),
                measured(() -> reader.runtime(cluster)),
                measured(() -> reader.acls(cluster)),
                load(reader, cluster));
    }

    ClusterObservation destination(ClusterReader reader, Optional<Metadata> source) {
        progress.accept("Reading the destination…");
        Measured<List<NameServer>> nameServers = measured(reader::nameServers);
        Set<String> foreign =
                source.stream().flatMap(Metadata::servers).map(Server::address).collect(toSet());
        Measured<Metadata> metadata = metadata(reader, nameServers, foreign);
        if (metadata instanceof Measured.Unread<Metadata> unread) {
            return ClusterObservation.unread(unread.why()).withNameServers(nameServers);
        }
        Metadata cluster = metadata.known().orElseThrow();
        Measured<Consumers> consumers =
                measured(() -> new Consumers(Subscribers.NONE, reader.consumerOffsets(cluster)));
        SortedSet<String> groups = cluster.groups();
        return new ClusterObservation(
                Optional.empty(),
                nameServers,
                metadata,
                consumers,
                measured(() -> clients(reader, cluster, groups)),
                Measured.unread(OF_SOURCE_ONLY),
                Measured.unread(OF_SOURCE_ONLY),
                Measured.unread(OF_SOURCE_ONLY),
                Measured.unread(OF_SOURCE_ONLY),
                ordered(reader),
                measured(() -> reader.runtime(cluster)),
                measured(() -> reader.acls(cluster)),
                Measured.unread(OF_SOURCE_ONLY));
    }

    /** Observes the masters for a while. Two requests to each of them. */
    private Measured<ObservedLoad> load(ClusterReader reader, Metadata cluster) {
        if (observe.isZero()) {
            return new Measured.Unobserved<>();
        }
        return measured(() -> {
            Instant begin = timing.clock().instant();
            Map<String, Map<String, String>> before = reader.runtime(cluster);
            progress.accept("Observing the load of the source for " + Counts.span(observe) + "…");
            timing.sleep(observe);
            Map<String, Map<String, String>> after = reader.runtime(cluster);
            return new ObservedLoad(
                    before, after, Duration.between(begin, timing.clock().instant()));
        });
    }

    private static <T> T needed(Measured<T> part) {
        return part.known().orElseThrow(() -> new Fault(((Measured.Unread<T>) part).why(), ""));
    }

    /** A broker without a master is a row of its own, and must not hide the others. */
    private static Measured<Metadata> metadata(
            ClusterReader reader, Measured<List<NameServer>> nameServers, Set<String> foreign) {
        return measured(() -> reader.metadata(
                needed(nameServers).stream()
                        .map(nameServer -> led(nameServer, needed(nameServers)))
                        .toList(),
                foreign));
    }

    private static NameServer led(NameServer nameServer, List<NameServer> all) {
        Set<String> led = all.stream()
                .flatMap(one -> one.brokers().entrySet().stream())
                .filter(broker -> broker.getValue().containsKey(ClusterMembers.MASTER))
                .map(Map.Entry::getKey)
                .collect(toSet());
        TreeMap<String, Map<Long, String>> brokers = new TreeMap<>(nameServer.brokers());
        brokers.keySet().retainAll(led);
        TreeMap<String, Set<String>> clusters = new TreeMap<>();
        nameServer.clusters().forEach((cluster, names) -> {
            Set<String> some = new TreeSet<>(names);
            some.retainAll(led);
            clusters.put(cluster, some);
        });
        clusters.values().removeIf(Set::isEmpty);
        return new NameServer(nameServer.address(), clusters, brokers, nameServer.topics(), nameServer.zones());
    }

    /** The clients of brokers, and those of proxies. A topic of proxies that cannot be read hides only the latter. */
    private Clients clients(ClusterReader reader, Metadata cluster, Collection<String> groups)
            throws InterruptedException {
        Clients ofBrokers = reader.clients(cluster, andProxies(cluster, groups));
        Measured<ProxiedClients> proxied = measured(() -> reader.proxied(cluster, timing.clock()));
        return ofBrokers.behindProxies(
                proxied instanceof Measured.Unread<ProxiedClients> unread
                        ? new ProxiedClients(List.of(), Optional.of(unread.why()))
                        : proxied.known().orElseThrow());
    }

    private static Set<String> andProxies(Metadata cluster, Collection<String> groups) {
        Set<String> all = new TreeSet<>(groups);
        all.addAll(Proxies.groups(cluster));
        return all;
    }

    private static ClientReports reports(
            ClusterReader reader, Metadata cluster, Clients clients, Collection<String> groups)
            throws InterruptedException {
        Map<String, Collection<String>> members = new TreeMap<>();
        groups.forEach(
                group -> members.put(group, clients.group(group).members().keySet()));
        return reader.clientReports(cluster, clients, members);
    }

    /** The topics of users, and those of their groups: retries and dead letters. */
    private static Set<String> andSystem(Metadata cluster, Collection<String> topics) {
        Set<String> all = cluster.masters()
                .flatMap(broker -> broker.topics().keySet().stream())
                .filter(SystemNames::isOfSomeGroup)
                .collect(toCollection(TreeSet::new));
        all.addAll(topics);
        return all;
    }

    private static Clients andSenders(ClusterReader reader, Metadata cluster, Clients clients, QueueOffsets queues)
            throws InterruptedException {
        Map<String, Long> newest = cluster.topics().stream()
                .collect(toMap(topic -> topic, topic -> DiscoveredSource.MESSAGES_WITH_SENDERS));
        return clients.and(new Clients(Map.of(), clients.producers(), reader.senders(cluster, queues, newest)));
    }

    /** The messages that brokers hold back, whatever their topic. */
    private HeldMessages held(ClusterReader reader, Metadata cluster, Consumers consumers) throws InterruptedException {
        return reader.traffic(cluster, new TrafficQuestion(new TreeMap<>(), consumers), timing.clock())
                .traffic()
                .held();
    }

    private static Measured<SortedSet<String>> ordered(ClusterReader reader) {
        return measured(() -> reader.orderedTopics().values().stream()
                .flatMap(Collection::stream)
                .collect(toCollection(TreeSet::new)));
    }
}
