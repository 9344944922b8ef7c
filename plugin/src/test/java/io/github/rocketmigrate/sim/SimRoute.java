package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.RouteEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The route of a topic as a client knows it.
 *
 * @param queues the numbers of queues and the access at each broker
 * @param addresses the addresses of each broker by id; 0 is the master
 */
record SimRoute(SortedMap<String, RouteEntry> queues, SortedMap<String, SortedMap<Long, String>> addresses) {
    private static final long MASTER = 0L;

    /** The queues to which producers send, in their order: a key's hash chooses among them. */
    List<QueueKey> writable() {
        List<QueueKey> found = new ArrayList<>();
        queues.forEach((broker, entry) -> {
            if (entry.access().isWritable() && master(broker).isPresent()) {
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
        return entry != null
                && entry.access().isWritable()
                && entry.writeQueues() > 0
                && master(broker).isPresent();
    }

    /** The queues to which a broker would accept a message, whatever the access. */
    List<QueueKey> ofAnyAccess() {
        List<QueueKey> found = new ArrayList<>();
        queues.forEach((broker, entry) -> {
            if (master(broker).isPresent()) {
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
        SortedMap<Long, String> ofBroker = addresses.get(broker);
        return ofBroker == null ? Optional.empty() : Optional.ofNullable(ofBroker.get(MASTER));
    }
}
