package io.github.rocketmigrate.cluster.file;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.ServerVersion;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The brokers of an exported cluster, and what is different on each of them.
 *
 * @param cluster its name
 * @param brokers the masters by name
 */
record ExportedBrokers(String cluster, SortedMap<String, OwnSettings> brokers) {
    ExportedBrokers {
        requireNonNull(cluster, "cluster is null");
        brokers = unmodifiableSortedMap(brokers);
    }

    /**
     * What one broker has otherwise than the tables of the whole file.
     *
     * @param topics empty for a topic that this broker does not have
     * @param groups empty for a group that this broker does not have
     */
    record OwnSettings(
            ServerVersion version,
            Map<String, Optional<TopicSettings>> topics,
            Map<String, Optional<GroupSettings>> groups) {
        OwnSettings {
            requireNonNull(version, "version is null");
            topics = Map.copyOf(topics);
            groups = Map.copyOf(groups);
        }

        /** What the broker has of the objects in a table. */
        static <T> SortedMap<String, T> of(SortedMap<String, T> table, Map<String, Optional<T>> differences) {
            SortedMap<String, T> own = new TreeMap<>(table);
            differences.forEach(
                    (name, settings) -> settings.ifPresentOrElse(it -> own.put(name, it), () -> own.remove(name)));
            return own;
        }
    }
}
