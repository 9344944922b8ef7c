package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A broker: its messages and everything that it knows of clients. Its slaves have the same at once.
 *
 * <p>Longer than 300 lines: a broker answers many kinds of requests from one state.
 */
final class SimBroker {
    private static final long CLIENT_EXPIRY = 120_000_000L;
    private static final long LOCK_EXPIRY = 60_000_000L;
    private static final SortedMap<String, Member> NO_MEMBERS = Collections.emptySortedMap();
    private static final ServerVersion WRONG_GROUPS = new ServerVersion(5, 3, 3);

    private final String cluster;
    private final String name;
    private final ServerVersion version;
    private final List<SimServer> servers;
    private final SortedMap<String, TopicSettings> topics = new TreeMap<>();
    private final SortedMap<String, GroupSettings> groups = new TreeMap<>();
    /** By topic and queue. */
    private final Map<String, SortedMap<Integer, SimQueue>> queues = new HashMap<>();
    /** By group, topic and queue. */
    private final Map<String, Map<String, SortedMap<Integer, Long>>> offsets = new HashMap<>();
    /** By group and client id. */
    private final SortedMap<String, SortedMap<String, Member>> members = new TreeMap<>();

    private final Set<String> everRead = new TreeSet<>();

    private final SortedMap<String, Lock> locks = new TreeMap<>();
    private final List<Held> held = new ArrayList<>();
    private long dataVersion;

    /** A client that consumes. */
    record Member(SimConsumer client, long seen) {}

    private record Lock(String client, long at) {}

    /**
     * A message that cannot be consumed yet.
     *
     * @param level its delay level; 0 if it has none
     * @param isRetry whether a group has returned it
     */
    record Held(HeldKind kind, SimMessage message, int level, boolean isRetry) {
        /** A message that no group has had yet. */
        Held(HeldKind kind, SimMessage message, int level) {
            this(kind, message, level, false);
        }
    }

    /** Why a pull gets nothing, or that it got something. */
    enum PullStatus {
        FOUND,
        NOTHING_NEW,
        DENIED
    }

    /** The answer to a pull. */
    record Pulled(PullStatus status, List<SimMessage> messages) {
        static final Pulled NOTHING = new Pulled(PullStatus.NOTHING_NEW, List.of());
        static final Pulled DENIED = new Pulled(PullStatus.DENIED, List.of());
    }

    SimBroker(String cluster, String name, ServerVersion version, List<SimServer> servers) {
        this.cluster = cluster;
        this.name = name;
        this.version = version;
        this.servers = List.copyOf(servers);
    }

    String cluster() {
        return cluster;
    }

    String name() {
        return name;
    }

    ServerVersion version() {
        return version;
    }

    List<SimServer> servers() {
        return servers;
    }

    SimServer master() {
        return servers.get(0);
    }

    long dataVersion() {
        return dataVersion;
    }

    SortedMap<String, TopicSettings> topics() {
        return topics;
    }

    SortedMap<String, GroupSettings> groups() {
        return groups;
    }

    /** The committed offsets by group, topic and queue. */
    SortedMap<String, SortedMap<String, SortedMap<Integer, Long>>> copyOfOffsets() {
        SortedMap<String, SortedMap<String, SortedMap<Integer, Long>>> copy = new TreeMap<>();
        offsets.forEach((group, topics) -> {
            SortedMap<String, SortedMap<Integer, Long>> ofGroup = new TreeMap<>();
            topics.forEach((topic, queues) -> ofGroup.put(topic, new TreeMap<>(queues)));
            copy.put(group, ofGroup);
        });
        return copy;
    }

    List<Held> held() {
        return held;
    }

    /** Stores a topic; 4.x brokers know no attributes, and lose the mark of order with every update. */
    void put(String topic, TopicSettings sent) {
        TopicSettings kept = version.isFour()
                ? new TopicSettings(
                        sent.readQueues(), sent.writeQueues(), sent.access(), false, sent.systemFlag(), new TreeMap<>())
                : sent;
        topics.put(topic, kept);
        for (int queue = 0; queue < kept.queues(); queue++) {
            queue(topic, queue);
        }
        dataVersion++;
    }

    /** Removes a topic with its messages and, from 5.0 on, its offsets. */
    void remove(String topic) {
        topics.remove(topic);
        queues.remove(topic);
        if (!version.isFour()) {
            offsets.values().forEach(ofGroup -> ofGroup.remove(topic));
        }
        dataVersion++;
    }

    void removeGroup(String group) {
        groups.remove(group);
        offsets.remove(group);
    }

    RouteEntry route(TopicSettings settings) {
        return new RouteEntry(settings.readQueues(), settings.writeQueues(), settings.access());
    }

    SimQueue queue(String topic, int queue) {
        return queue(topic, queue, 0);
    }

    /** A queue, which begins with {@code first} if it is new. */
    SimQueue queue(String topic, int queue, long first) {
        SimQueue known = queues.computeIfAbsent(topic, key -> new TreeMap<>()).get(queue);
        if (known != null) {
            return known;
        }
        SimQueue created = new SimQueue(first);
        queues.get(topic).put(queue, created);
        return created;
    }

    SortedMap<Integer, QueueRange> ranges(String topic) {
        SortedMap<Integer, QueueRange> ranges = new TreeMap<>();
        queues.getOrDefault(topic, Collections.emptySortedMap())
                .forEach((number, queue) -> ranges.put(number, new QueueRange(queue.first(), queue.next())));
        return ranges;
    }

    /** Accepts a message whatever the access of its topic: brokers leave that to the route. */
    boolean accepts(String topic, int queue) {
        return topics.containsKey(topic) && queue < topics.get(topic).queues();
    }

    /** Answers a pull. Only reading is checked, and that the group has reported that it reads the topic. */
    Pulled pull(String group, String topic, int queue, long offset, int most) {
        TopicSettings settings = topics.get(topic);
        GroupSettings ofGroup = groups.get(group);
        if (settings == null
                || ofGroup == null
                || !ofGroup.enabled()
                || !settings.access().isReadable()
                || !isRead(topic, group)) {
            return Pulled.DENIED;
        }
        List<SimMessage> found = queue(topic, queue).from(offset, most);
        return found.isEmpty() ? Pulled.NOTHING : new Pulled(PullStatus.FOUND, found);
    }

    private boolean isRead(String topic, String group) {
        for (Member member : members.getOrDefault(group, NO_MEMBERS).values()) {
            if (member.client().topics().contains(topic)) {
                return true;
            }
        }
        return false;
    }

    OptionalLong offset(String group, String topic, int queue) {
        Long offset = offsets.getOrDefault(group, Map.of())
                .getOrDefault(topic, Collections.emptySortedMap())
                .get(queue);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    void commit(String group, String topic, int queue, long offset) {
        offsets.computeIfAbsent(group, key -> new HashMap<>())
                .computeIfAbsent(topic, key -> new TreeMap<>())
                .put(queue, offset);
    }

    /**
     * A client reports that it is alive. Returns the members of its group that must know of it, if it is new: all of them,
     * with itself. Brokers from 5.1.1 on ignore members of groups that they do not have.
     */
    List<SimConsumer> heartbeat(SimConsumer client, long now) {
        String group = client.group();
        if (!groups.containsKey(group) && version.isAtLeast(5, 1, 1)) {
            return List.of();
        }
        if (groups.containsKey(group) && !topics.containsKey(SystemNames.retryTopic(group))) {
            put(SystemNames.retryTopic(group), TopicSettings.of(1, Access.READ_WRITE));
        }
        SortedMap<String, Member> ofGroup = members.computeIfAbsent(group, key -> new TreeMap<>());
        everRead.addAll(client.topics());
        boolean isNew = ofGroup.put(client.id(), new Member(client, now)) == null;
        return isNew ? ofGroup.values().stream().map(Member::client).toList() : List.of();
    }

    /** The connection to a client has ended. Returns the members that must know of it. */
    List<SimConsumer> leave(String group, String client) {
        SortedMap<String, Member> ofGroup = members.getOrDefault(group, new TreeMap<>());
        return ofGroup.remove(client) == null
                ? List.of()
                : ofGroup.values().stream().map(Member::client).toList();
    }

    SortedMap<String, Member> members(String group, long now) {
        SortedMap<String, Member> ofGroup = members.getOrDefault(group, new TreeMap<>());
        ofGroup.values().removeIf(member -> now - member.seen() > CLIENT_EXPIRY);
        return ofGroup;
    }

    /**
     * The groups that are online and read a topic, or have offsets of it. 5.3.3 answers with the name of the topic, once
     * somebody has read it, instead of those that are online.
     */
    SortedSet<String> groupsOf(String topic, long now) {
        SortedSet<String> found = new TreeSet<>();
        offsets.forEach((group, consumed) -> {
            if (consumed.containsKey(topic)) {
                found.add(group);
            }
        });
        if (version.equals(WRONG_GROUPS)) {
            found.addAll(everRead.contains(topic) ? Set.of(topic) : Set.of());
            return found;
        }
        for (String group : members.keySet()) {
            for (Member member : members(group, now).values()) {
                if (member.client().topics().contains(topic)) {
                    found.add(group);
                }
            }
        }
        return found;
    }

    boolean lock(String group, String topic, int queue, String client, long now) {
        if (isLockedByOther(group, topic, queue, client, now)) {
            return false;
        }
        locks.put(group + "/" + topic + "/" + queue, new Lock(client, now));
        return true;
    }

    boolean isLockedByOther(String group, String topic, int queue, String client, long now) {
        Lock lock = locks.get(group + "/" + topic + "/" + queue);
        return lock != null && !lock.client().equals(client) && now - lock.at() < LOCK_EXPIRY;
    }

    void unlock(String group, String topic, int queue, String client) {
        locks.computeIfPresent(
                group + "/" + topic + "/" + queue, (key, lock) -> lock.client().equals(client) ? null : lock);
    }

    /** A restart forgets clients and locks; they come back with the next heartbeat. */
    void restart() {
        members.clear();
        everRead.clear();
        locks.clear();
    }

    /** The broker as the migration reads it. */
    Broker seen() {
        return new Broker(
                name,
                master().address(),
                version,
                Map.copyOf(master().settings()),
                new TreeMap<>(topics),
                new TreeMap<>(groups),
                servers.stream()
                        .skip(1)
                        .map(slave -> new Broker.Replica(
                                slave.id(),
                                slave.address(),
                                version,
                                Map.copyOf(slave.settings()),
                                new TreeMap<>(topics)))
                        .toList());
    }
}
