package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.RouteEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The route of a topic as a client knows it.
 *
 * @param queues the numbers of queues and the access at each broker
 * @param addresses the addresses of each broker by id; 0 is the master
 * @param masters the addresses of masters, because clients look for them all the time
 */
record SimRoute(
        SortedMap<String, RouteEntry> queues,
        SortedMap<String, SortedMap<Long, String>> addresses,
        Map<String, String> masters) {
    private static final long MASTER = 0L;

    SimRoute(SortedMap<String, RouteEntry> queues, SortedMap<String, SortedMap<Long, String>> addresses) {
        this(queues, addresses, masters(addresses));
    }

    private static Map<String, String> masters(SortedMap<String, SortedMap<Long, String>> addresses) {
        Map<String, String> masters = new HashMap<>();
        addresses.forEach((broker, ofBroker) -> {
            String master = ofBroker.get(MASTER);
            if (master != null) {
                masters.put(broker, master);
            }
        });
        return masters;
    }

    /** The queues to which producers send, in their order: a key's hash chooses among them. */
    List<QueueKey> writable() {
        List<QueueKey> found = new ArrayList<>();
        queues.forEach((broker, entry) -> {
            if (entry.access().isWritable() && masters.containsKey(broker)) {
                for (int queue = 0; queue < entry.writeQueues(); queue++) {
                    found.add(new QueueKey(broker, queue));
                }
            }
        });
        return found;
    }

    /** Whether producers send to a broker. */
    boolean isWritable(String broker) {
        RouteEntry entry = queues.get(broker);
        return entry != null && entry.access().isWritable() && entry.writeQueues() > 0 && masters.containsKey(broker);
    }

    /** The queues to which a broker would accept a message, whatever the access. */
    List<QueueKey> ofAnyAccess() {
        List<QueueKey> found = new ArrayList<>();
        queues.forEach((broker, entry) -> {
            if (masters.containsKey(broker)) {
                for (int queue = 0; queue < entry.writeQueues(); queue++) {
                    found.add(new QueueKey(broker, queue));
                }
            }
        });
        return found;
    }

    /** The queues that consumers divide among themselves. */
    List<QueueKey> readable() {
        List<QueueKey> found = new ArrayList<>();
        queues.forEach((broker, entry) -> {
            if (entry.access().isReadable()) {
                for (int queue = 0; queue < entry.readQueues(); queue++) {
                    found.add(new QueueKey(broker, queue));
                }
            }
        });
        return found;
    }

    Optional<String> master(String broker) {
        return Optional.ofNullable(masters.get(broker));
    }
}
