package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.ServerVersion;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One server of a broker: its master, or one of its slaves.
 *
 * @param broker its name, which its slaves share
 * @param id 0 for the master
 * @param settings those that matter to a migration
 */
public record Server(String broker, long id, String address, ServerVersion version, Map<String, String> settings) {
    /** The setting by which a broker knows its name servers. */
    public static final String NAME_SERVERS = "namesrvAddr";

    private static final String SEPARATOR = ";";

    public Server {
        requireNonNull(broker, "broker is null");
        requireNonNull(address, "address is null");
        requireNonNull(version, "version is null");
        settings = Map.copyOf(settings);
    }

    /** The name servers that it registers with, as its settings have them; none where it has no such setting. */
    public Set<String> nameServers() {
        return addresses(settings.getOrDefault(NAME_SERVERS, ""));
    }

    /** The addresses of a list as brokers write it, in its order. */
    public static Set<String> addresses(String list) {
        return Arrays.stream(list.split(SEPARATOR, -1))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .collect(toCollection(LinkedHashSet::new));
    }

    /** Such a list. */
    public static String list(Set<String> addresses) {
        return String.join(SEPARATOR, addresses);
    }

    /** Its name among all servers of a cluster. */
    public String name() {
        return id == 0 ? broker : broker + " slave " + id;
    }
}
