package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.ServerVersion;
import java.util.Map;

/**
 * One server of a broker: its master, or one of its slaves.
 *
 * @param broker its name, which its slaves share
 * @param id 0 for the master
 * @param settings those that matter to a migration
 */
public record Server(String broker, long id, String address, ServerVersion version, Map<String, String> settings) {
    public Server {
        requireNonNull(broker, "broker is null");
        requireNonNull(address, "address is null");
        requireNonNull(version, "version is null");
        settings = Map.copyOf(settings);
    }

    /** Its name among all servers of a cluster. */
    public String name() {
        return id == 0 ? broker : broker + " slave " + id;
    }
}
