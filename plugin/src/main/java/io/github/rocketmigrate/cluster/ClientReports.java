package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedSet;

import io.github.rocketmigrate.model.ConsumeOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The reports of members of consumer groups, which no broker could give.
 *
 * @param members the reports, by group and client id
 * @param silent why there is no report of other members, by group and client id
 */
public record ClientReports(Map<String, Map<String, ClientReport>> members, Map<String, Map<String, String>> silent) {
    public static final ClientReports NONE = new ClientReports(Map.of(), Map.of());

    public ClientReports {
        members = Map.copyOf(members);
        silent = Map.copyOf(silent);
    }

    /**
     * The report of one member.
     *
     * @param nameServers the name servers that it uses
     * @param order how it consumes; empty if it does not say so, as members that pull and clients in some languages
     * @param queues the queues that it consumes, by topic
     * @param subscriptions the expressions with which it selects messages, by topic
     */
    public record ClientReport(
            SortedSet<String> nameServers,
            Optional<ConsumeOrder> order,
            Map<String, Map<QueueKey, QueuePosition>> queues,
            Map<String, String> subscriptions) {
        public ClientReport {
            nameServers = unmodifiableSortedSet(nameServers);
            queues = Map.copyOf(queues);
            subscriptions = Map.copyOf(subscriptions);
        }

        /** A member that reports no subscriptions. */
        public ClientReport(
                SortedSet<String> nameServers,
                Optional<ConsumeOrder> order,
                Map<String, Map<QueueKey, QueuePosition>> queues) {
            this(nameServers, order, queues, Map.of());
        }

        /** Whether it says that it consumes in order. */
        public boolean isOrderly() {
            return order.filter(ConsumeOrder.ORDERLY::equals).isPresent();
        }

        /** The queues of a topic that it consumes. */
        public Map<QueueKey, QueuePosition> queues(String topic) {
            return queues.getOrDefault(topic, Map.of());
        }

        /** Whether brokers hand out messages of a topic to it. */
        public boolean pops(String topic) {
            return queues(topic).values().stream().anyMatch(QueuePosition::pop);
        }

        /** Whether brokers hand out messages of any topic to it. */
        public boolean pops() {
            return queues.keySet().stream().anyMatch(this::pops);
        }

        private ClientReport and(ClientReport other) {
            SortedSet<String> all = new TreeSet<>(nameServers);
            all.addAll(other.nameServers);
            Map<String, Map<QueueKey, QueuePosition>> both = new HashMap<>(queues);
            other.queues.forEach((topic, positions) -> both.merge(topic, positions, ClientReports::union));
            return new ClientReport(
                    all,
                    isOrderly() ? order : other.order.or(() -> order),
                    both,
                    union(subscriptions, other.subscriptions));
        }
    }

    /**
     * The position of a member in a queue.
     *
     * @param next the offset that it commits next; negative if it does not know
     * @param cached the number of messages that it has pulled and not committed
     * @param pop whether the broker hands out the messages, and commits before the member has consumed them
     */
    public record QueuePosition(long next, int cached, boolean pop) {
        private static final long UNKNOWN = -1;

        /** The position of a member that pulls. */
        public QueuePosition(long next, int cached) {
            this(next, cached, false);
        }

        /** The position of a member to which the broker hands out messages: the member knows none. */
        public static QueuePosition ofPop() {
            return new QueuePosition(UNKNOWN, 0, true);
        }
    }

    /** The reports of a group's members. */
    public Collection<ClientReport> of(String group) {
        return members.getOrDefault(group, Map.of()).values();
    }

    public Optional<ClientReport> member(String group, String id) {
        return Optional.ofNullable(members.getOrDefault(group, Map.of()).get(id));
    }

    /** Whether a client was asked for a report, for whichever of its groups. */
    public boolean covers(String id) {
        return Stream.concat(members.values().stream(), silent.values().stream())
                .anyMatch(ofGroup -> ofGroup.containsKey(id));
    }

    /**
     * The name servers that a member reports. A client has the same for all its groups, so if it was asked for another
     * group only, that report counts.
     */
    public Optional<SortedSet<String>> nameServers(String group, String id) {
        if (isAsked(group, id)) {
            return member(group, id).map(ClientReport::nameServers);
        }
        return members.values().stream()
                .filter(ofGroup -> ofGroup.containsKey(id))
                .findFirst()
                .map(ofGroup -> ofGroup.get(id).nameServers());
    }

    private boolean isAsked(String group, String id) {
        return members.getOrDefault(group, Map.of()).containsKey(id)
                || silent.getOrDefault(group, Map.of()).containsKey(id);
    }

    /** Why there is no report of a member, for this group or, if it was not asked for this one, for another. */
    public String whySilent(String group, String id) {
        return Stream.concat(Stream.of(silent.getOrDefault(group, Map.of())), silent.values().stream())
                .filter(ofGroup -> ofGroup.containsKey(id))
                .findFirst()
                .map(ofGroup -> ofGroup.get(id))
                .orElse("it was not asked for a report");
    }

    /** The reports of both. */
    public ClientReports and(ClientReports other) {
        Map<String, Map<String, ClientReport>> all = new HashMap<>(members);
        other.members.forEach((group, more) -> all.merge(group, more, (one, two) -> {
            Map<String, ClientReport> merged = new HashMap<>(one);
            two.forEach((id, member) -> merged.merge(id, member, ClientReport::and));
            return merged;
        }));
        Map<String, Map<String, String>> reasons = new HashMap<>(silent);
        other.silent.forEach((group, more) -> reasons.merge(group, more, ClientReports::union));
        return new ClientReports(all, reasons);
    }

    private static <K, V> Map<K, V> union(Map<K, V> one, Map<K, V> other) {
        Map<K, V> both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }
}
