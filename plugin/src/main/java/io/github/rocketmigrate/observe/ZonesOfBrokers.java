package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableMap;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.Side;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The zones in which the masters of both clusters have registered. Brokers say their zone to name servers only, and 4.x
 * name servers do not keep it.
 *
 * @param bySide the masters of each zone; the empty name stands for none
 */
public record ZonesOfBrokers(Map<Side, SortedMap<String, SortedSet<String>>> bySide) {
    private static final String NONE = "";

    public ZonesOfBrokers {
        bySide = unmodifiableMap(new EnumMap<>(bySide));
    }

    /** What the name servers of both clusters list. */
    public static ZonesOfBrokers in(Situation situation) {
        Map<Side, SortedMap<String, SortedSet<String>>> bySide = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            // Name servers compare zones without regard to case.
            SortedMap<String, SortedSet<String>> zones = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            situation
                    .at(side)
                    .masters()
                    .forEach(broker -> zones.computeIfAbsent(zone(situation, broker), key -> new TreeSet<>())
                            .add(broker.name()));
            bySide.put(side, zones);
        }
        return new ZonesOfBrokers(bySide);
    }

    private static String zone(Situation situation, Broker broker) {
        return Stream.of(Side.values())
                .flatMap(side -> situation.at(side).nameServers().stream())
                .filter(nameServer -> nameServer
                        .brokers()
                        .getOrDefault(broker.name(), Map.of())
                        .containsValue(broker.address()))
                .flatMap(nameServer -> nameServer.zone(broker.name()).stream())
                .findFirst()
                .orElse(NONE);
    }

    /** The masters of each zone of a cluster; the empty name stands for none. */
    public SortedMap<String, SortedSet<String>> at(Side side) {
        return bySide.get(side);
    }

    /** The zones of both clusters. */
    public SortedSet<String> names() {
        SortedSet<String> names = bySide.values().stream()
                .flatMap(zones -> zones.keySet().stream())
                .collect(toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));
        names.remove(NONE);
        return names;
    }

    public boolean areNone() {
        return names().isEmpty();
    }

    /** Whether clients of every zone find brokers of both clusters, and every broker is found. */
    public boolean areEqual() {
        SortedSet<String> names = names();
        return bySide.values().stream()
                .allMatch(zones -> zones.size() == names.size() && names.containsAll(zones.keySet()));
    }
}
