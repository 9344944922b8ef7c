package io.github.rocketmigrate.bench;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import java.util.Set;
import java.util.TreeSet;

/** All that can be read of one cluster: configuration, how far all groups have come on all topics, and all clients. */
record Reading(Metadata metadata, ConsumerOffsets progress, QueueOffsets ranges, Clients clients) {
    static Reading of(ClusterReader reader) throws InterruptedException {
        Metadata metadata = configuration(reader);
        Lag lag = Lag.of(reader, metadata);
        return new Reading(metadata, lag.progress(), lag.ranges(), reader.clients(metadata, metadata.groups()));
    }

    static Metadata configuration(ClusterReader reader) throws InterruptedException {
        return reader.metadata(reader.nameServers(), Set.of());
    }

    /** How far all groups have come, and how far there is to go on all their topics, those for retries among them. */
    record Lag(ConsumerOffsets progress, QueueOffsets ranges) {
        static Lag of(ClusterReader reader, Metadata metadata) throws InterruptedException {
            ConsumerOffsets progress = reader.consumerOffsets(metadata);
            Set<String> topics = new TreeSet<>();
            progress.groups().values().forEach(consumed -> topics.addAll(consumed.keySet()));
            return new Lag(progress, reader.queueOffsets(metadata, topics));
        }

        /** How many messages a group has not consumed. */
        long of(String group) {
            return progress.groups().get(group).keySet().stream()
                    .mapToLong(topic -> progress.backlog(group, topic, ranges).orElseThrow())
                    .sum();
        }
    }
}
