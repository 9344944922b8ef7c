package io.github.rocketmigrate.memory;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.NameServerLookup;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.ServerVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A master that keeps each write, and registers its topics with its name servers. */
public final class MemoryBroker {
    private final String cluster;
    private final String name;
    private final ServerVersion version;
    final SortedMap<String, String> settings = new TreeMap<>();
    final SortedMap<String, TopicSettings> topics = new TreeMap<>();
    final SortedMap<String, GroupSettings> groups = new TreeMap<>();
    /** By group, topic and queue. */
    final Map<String, Map<String, Map<Integer, Long>>> offsets = new HashMap<>();
    /** The consumers that are connected, by group. */
    final Map<String, Clients.ConsumerGroup> clients = new HashMap<>();
    /** By topic and queue. */
    private final Map<String, Map<Integer, QueueRange>> messages = new HashMap<>();
    /** The name servers that it has read from its settings last. */
    final SortedSet<String> registers = new TreeSet<>();

    private boolean ignoring;
    private Duration uptime = Duration.ofDays(400);

    MemoryBroker(String cluster, String name, ServerVersion version, Set<String> nameServers) {
        this.cluster = cluster;
        this.name = name;
        this.version = version;
        settings.put(Server.NAME_SERVERS, Server.list(nameServers));
        registers.addAll(nameServers);
    }

    public String cluster() {
        return cluster;
    }

    public String name() {
        return name;
    }

    public String address() {
        return cluster + "." + name + ":10911";
    }

    /** It was started again that long ago, and its clients have not come back yet. */
    public void restarted(Duration ago) {
        uptime = ago;
        clients.clear();
    }

    /** Its state, as brokers write it. */
    Map<String, String> state() {
        return Map.of(
                "runtime",
                "[ " + uptime.toDays() + " days, " + uptime.toHoursPart() + " hours, " + uptime.toMinutesPart()
                        + " minutes, " + uptime.toSecondsPart() + " seconds ]",
                // No message comes while the load is observed.
                "msgPutTotalTodayNow",
                "0",
                "commitLogMaxOffset",
                "0");
    }

    public void setting(String setting, String value) {
        settings.put(setting, value);
    }

    /** As releases do that read their name servers at their start only. */
    public void ignoresItsSettings() {
        ignoring = true;
    }

    /** It has name servers that its settings do not list, as another server told it. */
    public void asksAnAddressServer() {
        settings.remove(Server.NAME_SERVERS);
        mayAskAnAddressServer();
    }

    /** It asks only if it was started without name servers. */
    public void mayAskAnAddressServer() {
        settings.put(NameServerLookup.BY_ADDRESS_SERVER, "true");
    }

    boolean isIgnoringItsSettings() {
        return ignoring;
    }

    /** It as it is now, as a reading has it. */
    public Broker seen() {
        return new Broker(name, address(), version, settings, new TreeMap<>(topics), new TreeMap<>(groups), List.of());
    }

    /** What it keeps of settings that it is sent: 4.x knows neither attributes nor, after an update, the mark of order. */
    TopicSettings kept(TopicSettings sent) {
        return version.isFour()
                ? new TopicSettings(
                        sent.readQueues(), sent.writeQueues(), sent.access(), false, sent.systemFlag(), new TreeMap<>())
                : sent;
    }

    /** Messages have come to a queue: those from {@code first} to the one before {@code next} are there. */
    public void holds(String topic, int queue, long first, long next) {
        messages.computeIfAbsent(topic, key -> new HashMap<>()).put(queue, new QueueRange(first, next));
    }

    /** A topic is removed with its messages and offsets; name servers keep its route. */
    void lose(String topic) {
        topics.remove(topic);
        messages.remove(topic);
        offsets.values().forEach(ofGroup -> ofGroup.remove(topic));
    }

    /** A client joins a group, and reads a topic. */
    public void connects(String group, String topic, String client) {
        Clients.GroupMember member = new Clients.GroupMember(
                new Clients.Client(client, "10.0.9.1:5000", "JAVA", "V5_3_2"), new TreeSet<>(Set.of(name)));
        clients.merge(
                group,
                new Clients.ConsumerGroup(
                        false,
                        Optional.of(Clients.ConsumeMode.PUSH),
                        new TreeSet<>(Set.of(topic)),
                        new TreeMap<>(Map.of(client, member))),
                Clients.ConsumerGroup::and);
    }

    /** All clients go. */
    public void disconnectAll() {
        clients.clear();
    }

    /** A group has consumed a queue up to an offset. */
    public void commit(String group, String topic, int queue, long offset) {
        offsets.computeIfAbsent(group, key -> new HashMap<>())
                .computeIfAbsent(topic, key -> new HashMap<>())
                .put(queue, offset);
    }

    Map<QueueKey, QueueRange> ranges(String topic) {
        Map<QueueKey, QueueRange> ranges = new HashMap<>();
        for (int queue = 0; queue < topics.get(topic).queues(); queue++) {
            ranges.put(
                    new QueueKey(name, queue),
                    messages.getOrDefault(topic, Map.of()).getOrDefault(queue, new QueueRange(0, 0)));
        }
        return ranges;
    }
}
