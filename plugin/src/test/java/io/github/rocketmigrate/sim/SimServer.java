package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Server;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One process of a broker: its master, or a slave. It registers with the name servers that it has read last. */
final class SimServer {
    /** One level more than usual, as operators add them. */
    static final int HIGHEST_LEVEL = 19;

    private static final String DELAY_LEVELS = "1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h 3h";

    private final long id;
    private final String address;
    private final SortedMap<String, String> settings = new TreeMap<>();
    private final SortedSet<String> registers = new TreeSet<>();
    private int life;
    /** When it was started, if somebody has started it again. */
    private OptionalLong restarted = OptionalLong.empty();

    SimServer(long id, String address, Set<String> nameServers) {
        this.id = id;
        this.address = address;
        settings.put(Broker.DELAY_LEVELS, DELAY_LEVELS);
        settings.put(Server.NAME_SERVERS, Server.list(new TreeSet<>(nameServers)));
        registers.addAll(nameServers);
    }

    /** It starts: what it did again and again before ends. */
    int startLife() {
        return ++life;
    }

    void restarted(long at) {
        restarted = OptionalLong.of(at);
    }

    /** When it was started; nobody asks exactly when it was long ago. */
    OptionalLong whenRestarted() {
        return restarted;
    }

    boolean isInLife(int other) {
        return life == other;
    }

    long id() {
        return id;
    }

    String address() {
        return address;
    }

    SortedMap<String, String> settings() {
        return settings;
    }

    SortedSet<String> registers() {
        return registers;
    }

    /** Reads its setting: every two minutes, and when it starts. Returns the name servers that it has left. */
    Set<String> readNameServers() {
        Set<String> left = new TreeSet<>(registers);
        registers.clear();
        registers.addAll(Server.addresses(settings.get(Server.NAME_SERVERS)));
        left.removeAll(registers);
        return left;
    }
}
