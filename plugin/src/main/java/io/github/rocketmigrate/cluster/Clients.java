package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who uses a cluster now.
 *
 * @param consumers the members of each group that was asked for; none where it is offline
 * @param subscriptions the topics that these members subscribe to, by group
 * @param producers the members of every producer group; absent where a broker is too old to tell
 */
public record Clients(
        Map<String, Set<Client>> consumers,
        Map<String, Set<String>> subscriptions,
        Optional<Map<String, Set<Client>>> producers) {
    public static final Clients NONE = new Clients(Map.of(), Map.of(), Optional.empty());

    public Clients {
        consumers = Map.copyOf(consumers);
        subscriptions = Map.copyOf(subscriptions);
        requireNonNull(producers, "producers is null");
    }

    /**
     * A client as brokers know it.
     *
     * @param id its own, the same at every broker
     * @param address from which it is connected
     */
    public record Client(String id, String address, String language, String version) {}
}
