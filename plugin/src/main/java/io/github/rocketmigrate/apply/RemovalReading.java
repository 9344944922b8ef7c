package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.Remove;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ObjectUse;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.WriteContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the destination before and after removals. */
final class RemovalReading {
    private final ClusterWriter writer;
    private final Metadata cluster;
    private final WriteContext context;

    RemovalReading(ClusterWriter writer, Metadata cluster, WriteContext context) {
        this.writer = requireNonNull(writer, "writer is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.context = requireNonNull(context, "context is null");
    }

    /** The cluster with the topics and groups that its masters have now. */
    Metadata now() throws InterruptedException, Halt {
        Map<String, Broker> brokers = new ConcurrentHashMap<>();
        context.masters().each(cluster.brokers().values(), master -> brokers.put(master.name(), read(master)));
        return new Metadata(cluster.cluster(), cluster.nameServers(), new TreeMap<>(brokers));
    }

    private Broker read(Broker master) throws InterruptedException {
        return master.with(writer.topics(master), writer.groups(master));
    }

    ObjectUse use(Metadata now, List<Remove> removals) throws InterruptedException {
        SortedSet<String> topics = new TreeSet<>();
        SortedSet<String> groups = new TreeSet<>();
        removals.forEach(removal ->
                (removal.isOfTopic() ? topics : groups).add(removal.subject().name()));
        return ObjectUse.read(
                writer.reader(), now, topics, groups, context.control().timing().steadyClock());
    }

    /** The masters after the removals, without those that cannot be read. Waits for masters that did not answer. */
    Map<String, Broker> until(List<Removal> all) throws InterruptedException {
        Map<String, Broker> left = new ConcurrentHashMap<>();
        context.polling()
                .until(
                        context.timeouts().unanswered(),
                        () -> all.stream()
                                .allMatch(removal -> !removal.isUnanswered() || removal.isGone(cluster, left)),
                        () -> {
                            left.clear();
                            context.masters()
                                    .eachSafely(
                                            cluster.brokers().values(),
                                            master -> left.put(master.name(), read(master)));
                        });
        return left;
    }

    /** The topics that each name server still routes to a master of the cluster. */
    Map<String, Set<String>> routed(SortedSet<String> topics) throws InterruptedException {
        Map<String, Set<String>> routed = new HashMap<>();
        if (topics.isEmpty()) {
            return routed;
        }
        writer.reader()
                .routes(topics)
                .forEach((nameServer, routes) -> routes.forEach((topic, brokers) -> {
                    if (brokers.keySet().stream()
                            .anyMatch(broker -> cluster.brokers().containsKey(broker))) {
                        routed.computeIfAbsent(nameServer, key -> new HashSet<>())
                                .add(topic);
                    }
                }));
        return routed;
    }

    /** Waits until no name server lists these topics. Returns a name server for each topic that may still be listed. */
    Map<String, String> untilUnrouted(SortedSet<String> topics) throws InterruptedException {
        Map<String, String> routed = new HashMap<>();
        context.polling().until(context.timeouts().unanswered(), routed::isEmpty, () -> {
            routed.clear();
            try {
                routed(topics).forEach((nameServer, some) -> some.forEach(topic -> routed.put(topic, nameServer)));
            } catch (Fault fault) {
                topics.forEach(topic -> routed.put(topic, String.join(", ", writer.nameServers())));
            }
        });
        return routed;
    }
}
