package io.github.rocketmigrate.cluster.file;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;

/**
 * What one metadata file has.
 *
 * @param topics empty if the file has no table of topics
 * @param groups empty if the file has no table of groups
 * @param inheriting the topics whose permission others inherit; only RocketMQ's own do
 * @param isSum whether the numbers of queues are sums over the masters of a cluster
 * @param masters how many masters the cluster has, if the file says it
 * @param settings the settings of brokers by name, as {@code mqadmin exportConfigs} writes them
 * @param exported what {@code migrate:export} adds
 */
record StoredObjects(
        Optional<SortedMap<String, TopicSettings>> topics,
        Optional<SortedMap<String, GroupSettings>> groups,
        Set<String> inheriting,
        boolean isSum,
        OptionalInt masters,
        SortedMap<String, Map<String, String>> settings,
        Optional<ExportedBrokers> exported) {
    StoredObjects {
        requireNonNull(topics, "topics is null");
        requireNonNull(groups, "groups is null");
        inheriting = Set.copyOf(inheriting);
        requireNonNull(masters, "masters is null");
        settings = unmodifiableSortedMap(settings);
        requireNonNull(exported, "exported is null");
    }
}
