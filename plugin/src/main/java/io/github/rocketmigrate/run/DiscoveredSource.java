package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Consumers;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.file.MetadataFiles;
import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.discover.BatchSplit;
import io.github.rocketmigrate.discover.Discovery;
import io.github.rocketmigrate.discover.SourceGroup;
import io.github.rocketmigrate.discover.SourceReadings;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.text.Counts;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What was read of a source.
 *
 * @param discovery of the topics that were selected, and of the groups that consume them
 * @param topics all topics of the source
 * @param groups all groups of the source
 * @param isNamed whether the name of the source is known
 * @param files the metadata files that were read in place of the source
 */
record DiscoveredSource(
        Discovery discovery, Set<String> topics, Set<String> groups, boolean isNamed, Optional<String> files) {
    /** Of each topic, to learn who sends to it. */
    static final long MESSAGES_WITH_SENDERS = 32;

    DiscoveredSource {
        requireNonNull(discovery, "discovery is null");
        topics = Set.copyOf(topics);
        groups = Set.copyOf(groups);
        requireNonNull(files, "files is null");
    }

    /** Reads the topics that are selected from metadata files. Their groups are not known, so all groups are included. */
    static DiscoveredSource stored(MetadataFiles files, Selection selection) {
        Metadata metadata = files.metadata(files.nameServers(), Set.of());
        SortedSet<String> topics = metadata.topics();
        topics.removeIf(topic -> !selection.includes(topic));
        SortedSet<String> groups = metadata.groups();
        if (topics.isEmpty() && (groups.isEmpty() || selection.isPartial())) {
            throw new Fault(
                    selection.isPartial()
                            ? "No topic of " + files.names() + " matches " + selection.words() + "."
                            : files.names() + " has neither topics nor groups beside RocketMQ's own.",
                    "Name the files of the right cluster with migrate.from, and correct the patterns if there are any.");
        }
        return new DiscoveredSource(
                Discovery.ofSettings(metadata, topics, groups),
                metadata.topics(),
                metadata.groups(),
                !metadata.cluster().equals(StoredCluster.UNNAMED),
                Optional.of(files.names()));
    }

    /**
     * Reads the topics that are selected, and the groups that consume them.
     *
     * @param progress is called with a sentence before each reading that may take long
     */
    static DiscoveredSource read(
            ClusterReader reader, Selection selection, InstantSource clock, Consumer<String> progress)
            throws InterruptedException {
        progress.accept("Reading topics and groups…");
        Metadata metadata = reader.metadata(reader.nameServers(), Set.of());
        SortedSet<String> topics = metadata.topics();
        topics.removeIf(topic -> !selection.includes(topic));
        ConsumerOffsets offsets = reader.consumerOffsets(metadata);
        Consumers consumers = new Consumers(reader.subscribers(metadata, topics), offsets);
        ProxiedClients proxied = reader.proxied(metadata, clock);
        SortedSet<String> groups = groups(metadata, consumers, proxied, topics, selection);
        if (topics.isEmpty() && groups.isEmpty()) {
            throw new Fault(
                    selection.isPartial()
                            ? "No topic of " + metadata.cluster() + " matches " + selection.words() + "."
                            : metadata.cluster() + " has neither topics nor groups beside RocketMQ's own.",
                    "Check that -Dmigrate.source.nameServers lists the name servers of the right cluster, and correct the"
                            + " patterns if there are any.");
        }
        progress.accept("Reading the clients of " + Counts.of(groups.size(), "group") + "…");
        Set<String> andProxies = new TreeSet<>(groups);
        andProxies.addAll(Proxies.groups(metadata));
        Clients clients = reader.clients(metadata, andProxies).behindProxies(proxied);
        ClientReports reports = reader.clientReports(metadata, clients, members(clients, groups));
        Map<String, LastConsumed> lastConsumed =
                reader.lastConsumed(metadata, offsets, withoutMembers(clients, groups));
        progress.accept("Sampling the newest messages of " + Counts.of(topics.size(), "topic") + "…");
        QueueOffsets queues = reader.queueOffsets(metadata, topics);
        Map<String, Long> newest = topics.stream().collect(toMap(topic -> topic, topic -> MESSAGES_WITH_SENDERS));
        Clients andSenders =
                clients.and(new Clients(Map.of(), clients.producers(), reader.senders(metadata, queues, newest)));
        Set<String> published = new TreeSet<>();
        reader.orderedTopics().values().forEach(published::addAll);
        Discovery discovery = Discovery.of(
                new SourceReadings(
                        metadata,
                        consumers,
                        queues,
                        reader.samples(metadata, queues, topics),
                        andSenders,
                        reports,
                        lastConsumed,
                        published),
                topics,
                groups);
        Set<String> allGroups = new HashSet<>(metadata.groups());
        allGroups.addAll(offsets.groups().keySet());
        for (SourceGroup group : discovery.groups().values()) {
            if (group.isThere()) {
                allGroups.add(group.name());
            } else {
                allGroups.remove(group.name());
            }
        }
        return new DiscoveredSource(discovery, metadata.topics(), allGroups, true, Optional.empty());
    }

    /** The same without the groups that are not selected. */
    DiscoveredSource choosing(Selection ofGroups) {
        return new DiscoveredSource(discovery.choosing(ofGroups::includes), topics, groups, isNamed, files);
    }

    /** The same with batches as the user wants them. */
    DiscoveredSource splitting(BatchSplit split) {
        return new DiscoveredSource(discovery.splitting(split), topics, groups, isNamed, files);
    }

    /** All groups, or those that consume a selected topic. Offsets may be of a group that has no settings anymore. */
    private static SortedSet<String> groups(
            Metadata metadata,
            Consumers consumers,
            ProxiedClients proxied,
            Collection<String> topics,
            Selection selection) {
        SortedSet<String> groups = new TreeSet<>();
        for (String topic : topics) {
            groups.addAll(consumers.of(topic));
            groups.addAll(proxied.groupsOf(topic));
        }
        if (!selection.isPartial()) {
            groups.addAll(metadata.groups());
        }
        groups.removeIf(SystemNames::isGroup);
        return groups;
    }

    private static SortedSet<String> withoutMembers(Clients clients, SortedSet<String> groups) {
        SortedSet<String> without = new TreeSet<>(groups);
        without.removeIf(group -> !clients.group(group).members().isEmpty()
                || !clients.proxied().of(group).isEmpty());
        return without;
    }

    private static Map<String, Collection<String>> members(Clients clients, SortedSet<String> groups) {
        Map<String, Collection<String>> members = new TreeMap<>();
        groups.forEach(
                group -> members.put(group, clients.group(group).members().keySet()));
        return members;
    }
}
