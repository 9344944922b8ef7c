package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.ServerVersion;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One process of a broker: its master, or one of its slaves.
 *
 * @param broker the name that a master and its slaves share
 * @param id 0 for the master
 * @param settings the settings that matter to a migration
 */
public record Server(String broker, long id, String address, ServerVersion version, Map<String, String> settings) {
    /** The setting that lists the name servers of a broker. */
    public static final String NAME_SERVERS = "namesrvAddr";

    private static final String SEPARATOR = ";";

    public Server {
        requireNonNull(broker, "broker is null");
        requireNonNull(address, "address is null");
        requireNonNull(version, "version is null");
        settings = Map.copyOf(settings);
    }

    /** The name servers with which it registers, as written in its settings; none if it has no such setting. */
    public Set<String> nameServers() {
        return addresses(settings.getOrDefault(NAME_SERVERS, ""));
    }

    /** Splits a list of addresses as brokers write it, in its order. */
    public static Set<String> addresses(String list) {
        Set<String> addresses = new LinkedHashSet<>();
        for (String part : list.split(SEPARATOR, -1)) {
            String address = part.strip();
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /** Joins addresses to a list as brokers write it. */
    public static String list(Set<String> addresses) {
        return String.join(SEPARATOR, addresses);
    }

    /** The name of the server, unique in its cluster: {@code broker-a} or {@code broker-a slave 1}. */
    public String name() {
        return id == 0 ? broker : broker + " slave " + id;
    }
}
