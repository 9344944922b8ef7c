package io.github.rocketmigrate.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what became of every message: sent, refused, stored, and consumed by each group. */
class Ledger {
    private static final SortedSet<String> NOBODY = Collections.emptySortedSet();

    private final SortedMap<String, SortedSet<String>> groups = new TreeMap<>();
    private final SortedSet<String> ordered = new TreeSet<>();
    private final Map<String, Integer> places = new HashMap<>();
    /** The messages that a broker has accepted, by number. */
    private final SortedMap<Integer, Stored> accepted = new TreeMap<>();
    /** By group and message. */
    private final Map<String, Map<Integer, Integer>> received = new HashMap<>();
    /** The highest place of a key that a group has received. */
    private final Map<String, Integer> highest = new HashMap<>();

    /** By topic and key, the places of messages that were sent while servers hid some of the queues. */
    private final Map<String, SortedSet<Integer>> disturbed = new HashMap<>();

    /** By group, the messages that RocketMQ alone keeps from it, whatever a migration does. */
    private final Map<String, Set<Integer>> skipped = new HashMap<>();

    /** By group, the messages that were there before the group began. */
    private final Map<String, Set<Integer>> history = new HashMap<>();

    /** The topics of which several producers send messages of one key. */
    private final Set<String> shared = new TreeSet<>();
    /** When the application began to send a message, and when a broker accepted it, by number. */
    private final Map<Integer, Long> begun = new HashMap<>();

    private final Map<Integer, Long> acceptedAt = new HashMap<>();
    /** By group and key of a shared topic, the message that was begun last of those received. */
    private final Map<String, SimMessage> lastBegun = new HashMap<>();

    private final List<String> repeatedHistory = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private final List<String> strange = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private int promised;
    private int twice;

    /** A message and where it was stored first. */
    record Stored(SimMessage message, String broker, int queue) {}

    /** A send that an application saw fail, and whether nothing else had gone wrong for a while. */
    record Refusal(SimMessage message, String why, boolean calm) {}

    /** The groups that read each topic, and whether its keys have to stay in order. */
    void reads(String topic, String group, boolean inOrder) {
        groups.computeIfAbsent(topic, key -> new TreeSet<>()).add(group);
        if (inOrder) {
            ordered.add(topic + "@" + group);
        }
    }

    /** A group that begins now, at the end of all queues. */
    void beginsNow(String topic, String group) {
        reads(topic, group, false);
        history.put(group, Set.copyOf(accepted.keySet()));
    }

    /** Messages that a group received although they are older than the group. */
    List<String> repeatedHistory() {
        return repeatedHistory;
    }

    /** Several producers send the keys of a topic. What one of them has sent, another one may refer to. */
    void share(String topic) {
        shared.add(topic);
    }

    void begun(SimMessage message, long at) {
        begun.put(message.number(), at);
    }

    int nextPlace(String topic, String key) {
        return places.merge(topic + "/" + key, 1, Integer::sum) - 1;
    }

    void promised(SimMessage message) {
        promised++;
    }

    void accepted(SimMessage message, SimBroker broker, int queue, long at) {
        acceptedAt.putIfAbsent(message.number(), at);
        accepted.putIfAbsent(message.number(), new Stored(message, broker.name(), queue));
    }

    void refused(SimMessage message, String why, boolean calm) {
        refusals.add(new Refusal(message, why, calm));
    }

    /**
     * A message was sent while name servers did not list all brokers of its topic, or it was the first of its key since they
     * have listed all of them again: RocketMQ itself maps its key to another queue then, and keeps no order.
     */
    void disturbed(SimMessage message) {
        disturbed
                .computeIfAbsent(message.topic() + "/" + message.key(), key -> new TreeSet<>())
                .add(message.place());
    }

    /**
     * A member of a broadcasting group gave a queue away because name servers did not list its broker, and begins at the end
     * when they list it again.
     */
    void skipped(SimMessage message, String group) {
        skipped.computeIfAbsent(group, key -> new TreeSet<>()).add(message.number());
    }

    private boolean isDisturbed(SimMessage message, int before) {
        return !disturbed
                .getOrDefault(message.topic() + "/" + message.key(), new TreeSet<>())
                .subSet(message.place(), before + 1)
                .isEmpty();
    }

    void received(SimMessage message, String group, String member, long at) {
        boolean isOurs = message.number() >= 0;
        if (isOurs != groups.getOrDefault(message.topic(), NOBODY).contains(group)) {
            strange.add(message + " came to " + member + " of " + group);
        }
        if (!isOurs) {
            return;
        }
        if (history.getOrDefault(group, Set.of()).contains(message.number())) {
            repeatedHistory.add(message + " came to " + member);
            return;
        }
        int times = received.computeIfAbsent(group, key -> new HashMap<>()).merge(message.number(), 1, Integer::sum);
        if (times > 1) {
            twice++;
            return;
        }
        if (ordered.contains(message.topic() + "@" + group)) {
            String key = group + "/" + message.topic() + "/" + message.key();
            if (shared.contains(message.topic())) {
                receivedOfSharedKey(message, key, member, group);
                return;
            }
            int before = highest.merge(key, message.place(), Math::max);
            if (before > message.place() && !isDisturbed(message, before)) {
                late.add(message + " came to " + member + " of " + group + " after " + message.key() + "/" + before);
            }
        }
    }

    /** Messages of several producers have an order if one of them was sent when the other had been accepted. */
    private void receivedOfSharedKey(SimMessage message, String key, String member, String group) {
        SimMessage last = lastBegun.get(key);
        if (last != null
                && begun.get(last.number()) > acceptedAt.get(message.number())
                && !isDisturbed(message, last.place())) {
            late.add(message + " of " + message.producer() + " came to " + member + " of " + group + " after " + last
                    + " of " + last.producer());
        }
        if (last == null || begun.get(message.number()) > begun.get(last.number())) {
            lastBegun.put(key, message);
        }
    }

    /** The messages that a group has not received, though a broker has accepted them. */
    SortedMap<String, List<Stored>> missing() {
        SortedMap<String, List<Stored>> missing = new TreeMap<>();
        readers().forEach((group, topics) -> {
            Set<Integer> before = history.getOrDefault(group, Set.of());
            Set<Integer> over = skipped.getOrDefault(group, Set.of());
            Map<Integer, Integer> came = received.getOrDefault(group, Map.of());
            accepted.forEach((number, stored) -> {
                if (!came.containsKey(number)
                        && topics.contains(stored.message().topic())
                        && !before.contains(number)
                        && !over.contains(number)) {
                    missing.computeIfAbsent(group, key -> new ArrayList<>()).add(stored);
                }
            });
        });
        return missing;
    }

    /** The topics that each group reads. */
    private SortedMap<String, Set<String>> readers() {
        SortedMap<String, Set<String>> topics = new TreeMap<>();
        groups.forEach((topic, all) -> all.forEach(
                group -> topics.computeIfAbsent(group, key -> new HashSet<>()).add(topic)));
        return topics;
    }

    /** Messages that came after a later one of their key. */
    List<String> late() {
        return late;
    }

    /** Messages that came to a group of somebody else. */
    List<String> strange() {
        return strange;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    int acceptedCount() {
        return accepted.size();
    }

    int twice() {
        return twice;
    }

    /** Messages that brokers held back before they stored them. */
    int promisedCount() {
        return promised;
    }
}
