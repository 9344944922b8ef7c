package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedSet;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What members of consumer groups say of themselves.
 *
 * @param members by group and client id
 * @param silent why others said nothing, likewise
 */
public record ClientReports(Map<String, Map<String, ClientReport>> members, Map<String, Map<String, String>> silent) {
    public static final ClientReports NONE = new ClientReports(Map.of(), Map.of());

    public ClientReports {
        members = Map.copyOf(members);
        silent = Map.copyOf(silent);
    }

    /**
     * A member of a consumer group.
     *
     * @param nameServers that it uses
     * @param queues that it takes messages from, by topic
     */
    public record ClientReport(
            SortedSet<String> nameServers, boolean orderly, Map<String, Map<QueueKey, QueuePosition>> queues) {
        public ClientReport {
            nameServers = unmodifiableSortedSet(nameServers);
            queues = Map.copyOf(queues);
        }

        /** The queues of a topic that it takes messages from. */
        public Map<QueueKey, QueuePosition> queues(String topic) {
            return queues.getOrDefault(topic, Map.of());
        }

        private ClientReport and(ClientReport other) {
            SortedSet<String> all = new TreeSet<>(nameServers);
            all.addAll(other.nameServers);
            Map<String, Map<QueueKey, QueuePosition>> both = new HashMap<>(queues);
            other.queues.forEach((topic, taken) -> both.merge(topic, taken, ClientReports::union));
            return new ClientReport(all, orderly || other.orderly, both);
        }
    }

    /**
     * How far a member has come in a queue.
     *
     * @param next the offset of the message that it confirms next; less than 0 where it does not know
     * @param cached how many messages it holds and has not confirmed
     */
    public record QueuePosition(long next, int cached) {}

    public Optional<ClientReport> member(String group, String id) {
        return Optional.ofNullable(members.getOrDefault(group, Map.of()).get(id));
    }

    /** Why a member said nothing of itself. */
    public String whySilent(String group, String id) {
        return silent.getOrDefault(group, Map.of()).getOrDefault(id, "it was not asked");
    }

    /** What was said here or there. */
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
