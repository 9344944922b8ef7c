package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A master and what it holds.
 *
 * @param settings those of its settings that matter to a migration
 * @param topics every topic, RocketMQ's own among them; unsorted, for there are thousands, and they are looked up
 * @param groups every consumer group, likewise
 */
public record Broker(
        String name,
        String address,
        ServerVersion version,
        Map<String, String> settings,
        Map<String, TopicSettings> topics,
        Map<String, GroupSettings> groups,
        List<Replica> replicas) {
    public Broker {
        requireNonNull(name, "name is null");
        requireNonNull(address, "address is null");
        requireNonNull(version, "version is null");
        settings = Map.copyOf(settings);
        topics = unmodifiableMap(topics);
        groups = unmodifiableMap(groups);
        replicas = List.copyOf(replicas);
    }

    /**
     * A slave of the master.
     *
     * @param topics as it keeps them, which may differ from the master's in their attributes
     */
    public record Replica(
            long id,
            String address,
            ServerVersion version,
            Map<String, String> settings,
            Map<String, TopicSettings> topics) {
        public Replica {
            requireNonNull(address, "address is null");
            requireNonNull(version, "version is null");
            settings = Map.copyOf(settings);
            topics = unmodifiableMap(topics);
        }
    }

    /** Its master and its slaves. */
    public Stream<Server> servers() {
        return Stream.concat(
                Stream.of(new Server(name, 0, address, version, settings)),
                replicas.stream().map(it -> new Server(name, it.id(), it.address(), it.version(), it.settings())));
    }

    /** What clients may do with it as a whole. */
    public Access access() {
        String permission = settings.getOrDefault("brokerPermission", "");
        return permission.matches("\\d{1,3}") ? Access.ofPermission(Integer.parseInt(permission)) : Access.READ_WRITE;
    }

    /** Whether a setting is there and {@code true}. */
    public boolean has(String setting) {
        return Boolean.parseBoolean(settings.get(setting));
    }
}
