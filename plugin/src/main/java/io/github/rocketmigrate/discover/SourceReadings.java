package io.github.rocketmigrate.discover;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Consumers;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ProxiedClients.ProxiedClient;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.ConsumeOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was read of a source, from which each of its topics and groups is described.
 *
 * @param clients with the senders of topics, and the consumers behind proxies
 * @param lastConsumed of the groups that have offsets and no members
 * @param published the topics whose order the name servers publish
 */
public record SourceReadings(
        Metadata metadata,
        Consumers consumers,
        QueueOffsets queues,
        Map<String, MessageSample> samples,
        Clients clients,
        ClientReports reports,
        Map<String, LastConsumed> lastConsumed,
        Set<String> published) {
    public SourceReadings {
        requireNonNull(metadata, "metadata is null");
        requireNonNull(consumers, "consumers is null");
        requireNonNull(queues, "queues is null");
        samples = Map.copyOf(samples);
        requireNonNull(clients, "clients is null");
        requireNonNull(reports, "reports is null");
        lastConsumed = Map.copyOf(lastConsumed);
        published = Set.copyOf(published);
    }

    /** Topics of which nothing but the settings was read. */
    static SortedMap<String, SourceTopic> storedTopics(Metadata metadata, Collection<String> names) {
        SortedMap<String, SourceTopic> topics = new TreeMap<>();
        names.forEach(name -> topics.put(
                name,
                new SourceTopic(
                        name,
                        declaredTypes(metadata, name),
                        orderMarks(metadata, name),
                        MessageSample.unseen("only settings are known"),
                        0,
                        0,
                        new TreeSet<>())));
        return topics;
    }

    /** Groups of which nothing but the settings was read. */
    static SortedMap<String, SourceGroup> storedGroups(Metadata metadata, Collection<String> names) {
        SortedMap<String, SourceGroup> groups = new TreeMap<>();
        names.forEach(name -> groups.put(
                name, SourceGroup.stored(name, isDeclaredOrderly(metadata, name), "only its settings are known")));
        return groups;
    }

    private static SortedSet<String> declaredTypes(Metadata metadata, String topic) {
        return metadata.topic(topic).values().stream()
                .flatMap(one -> one.declaredType().stream())
                .collect(toCollection(TreeSet::new));
    }

    private static List<String> orderMarks(Metadata metadata, String topic) {
        return metadata.topic(topic).values().stream().anyMatch(TopicSettings::order)
                ? List.of("its brokers mark it as ordered")
                : List.of();
    }

    private static boolean isDeclaredOrderly(Metadata metadata, String group) {
        return metadata.group(group).values().stream().anyMatch(one -> one.order() == ConsumeOrder.ORDERLY);
    }

    SortedMap<String, SourceTopic> topics(Collection<String> names) {
        SortedMap<String, SourceTopic> topics = new TreeMap<>();
        names.forEach(name -> topics.put(name, topic(name)));
        return topics;
    }

    SortedMap<String, SourceGroup> groups(Collection<String> names) {
        SortedMap<String, SourceGroup> groups = new TreeMap<>();
        names.forEach(name -> groups.put(name, group(name)));
        return groups;
    }

    private SourceTopic topic(String name) {
        List<String> marks = new ArrayList<>(orderMarks(metadata, name));
        if (published.contains(name)) {
            marks.add("its order is published in ORDER_TOPIC_CONFIG");
        }
        return new SourceTopic(
                name,
                declaredTypes(metadata, name),
                marks,
                samples.getOrDefault(name, MessageSample.NONE),
                queues.held(name).orElse(0),
                queues.written(name).orElse(0),
                groupsOf(name));
    }

    private SortedSet<String> groupsOf(String topic) {
        SortedSet<String> groups = new TreeSet<>(consumers.of(topic));
        groups.addAll(clients.proxied().groupsOf(topic));
        return groups;
    }

    private SourceGroup group(String name) {
        ConsumerGroup seen = clients.group(name);
        SortedSet<String> topics = new TreeSet<>(seen.topics());
        Collection<ProxiedClient> proxied = clients.proxied().of(name).values();
        proxied.forEach(member -> topics.addAll(member.topics()));
        topics.removeIf(SystemNames::isTopic);
        topics.addAll(consumers.offsets().topicsOf(name));
        int orderly = (int) reports.of(name).stream()
                .filter(report ->
                        report.order().filter(ConsumeOrder.ORDERLY::equals).isPresent())
                .count();
        int concurrent = (int) reports.of(name).stream()
                .filter(report ->
                        report.order().filter(ConsumeOrder.CONCURRENT::equals).isPresent())
                .count();
        return new SourceGroup(
                name,
                !metadata.group(name).isEmpty(),
                isDeclaredOrderly(metadata, name),
                seen.mode(),
                seen.broadcasting(),
                new SourceGroup.Members(
                        seen.members().size() + proxied.size(), orderly, concurrent, proxied.size(), (int)
                                proxied.stream().filter(ProxiedClient::isGrpc).count()),
                topics,
                unread(name),
                Optional.ofNullable(lastConsumed.get(name)),
                Optional.empty());
    }

    private OptionalLong unread(String group) {
        long unread = 0;
        boolean isKnown = false;
        for (String topic : consumers.offsets().topicsOf(group)) {
            OptionalLong ofTopic = consumers.offsets().backlog(group, topic, queues);
            isKnown |= ofTopic.isPresent();
            unread += ofTopic.orElse(0);
        }
        return isKnown ? OptionalLong.of(unread) : OptionalLong.empty();
    }
}
