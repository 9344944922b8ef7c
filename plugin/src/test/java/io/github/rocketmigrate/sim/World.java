package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two clusters, the network between all servers and clients, and what time brings there.
 *
 * <p>Longer than 300 lines: everything that acts has one world.
 */
final class World {
    static final long MILLIS = 1_000L;
    static final long SECONDS = 1_000_000L;
    static final long MINUTES = 60 * SECONDS;

    private final Turns turns;
    private final SplittableRandom random;
    private final History history;
    private final Ledger ledger;
    private final SimClientSettings clients;
    private final SimRegistrations registrations;
    private final Map<Side, List<SimBroker>> brokers = new EnumMap<>(Side.class);
    private final Map<Side, List<SimNameServer>> nameServers = new EnumMap<>(Side.class);
    private final SortedMap<String, SimNameServer> byAddress = new TreeMap<>();
    private final SortedMap<String, SimBroker> byName = new TreeMap<>();
    /** The same as {@code byName}, for the many who look for one. */
    private final Map<String, SimBroker> found = new HashMap<>();

    private final SortedSet<String> down = new TreeSet<>();
    /** The pairs of nodes that cannot reach each other. */
    private final SortedSet<String> cuts = new TreeSet<>();

    private Optional<FenceWatch> fences = Optional.empty();
    /** The producers by id; one that was restarted takes the place of the one before. */
    private final SortedMap<String, SimProducer> producers = new TreeMap<>();

    /** What producers send to each topic of the source: 4.x brokers do not know it. */
    private final Map<String, MessageType> types = new HashMap<>();

    private boolean ended;
    /** When a server or a connection failed last. */
    private long trouble = -MINUTES;

    World(Turns turns, SplittableRandom random, History history, Ledger ledger, SimClientSettings clients) {
        this.turns = turns;
        this.clients = clients;
        this.registrations = new SimRegistrations(this, random.split());
        this.random = random;
        this.history = history;
        this.ledger = ledger;
        for (Side side : Side.values()) {
            brokers.put(side, new ArrayList<>());
            nameServers.put(side, new ArrayList<>());
        }
    }

    /** Producers send messages of this type to a topic. */
    void sends(String topic, MessageType type) {
        types.put(topic, type);
    }

    MessageType sent(String topic) {
        return types.getOrDefault(topic, MessageType.NORMAL);
    }

    Turns turns() {
        return turns;
    }

    long now() {
        return turns.now();
    }

    History history() {
        return history;
    }

    Ledger ledger() {
        return ledger;
    }

    SimClientSettings clients() {
        return clients;
    }

    /** A source of random numbers of its own, so that a further draw of one part does not change all others. */
    SplittableRandom split() {
        return random.split();
    }

    List<SimBroker> brokers(Side side) {
        return brokers.get(side);
    }

    List<SimBroker> brokers() {
        return List.copyOf(byName.values());
    }

    SimBroker broker(String name) {
        return found.get(name);
    }

    List<SimNameServer> nameServers(Side side) {
        return nameServers.get(side);
    }

    SimNameServer nameServer(String address) {
        return byAddress.get(address);
    }

    List<String> addresses(Side side) {
        return nameServers.get(side).stream().map(SimNameServer::address).toList();
    }

    void add(Side side, SimNameServer nameServer) {
        nameServers.get(side).add(nameServer);
        byAddress.put(nameServer.address(), nameServer);
    }

    /** Adds a broker that has run for some time. */
    void add(Side side, SimBroker broker) {
        add(side, broker, registrations.anyAge());
    }

    void add(Side side, SimBroker broker, long age) {
        brokers.get(side).add(broker);
        byName.put(broker.name(), broker);
        found.put(broker.name(), broker);
        broker.servers().forEach(server -> registrations.add(broker, server, age));
    }

    /** Adds a broker of a third cluster. */
    void addOther(SimBroker broker) {
        byName.put(broker.name(), broker);
        found.put(broker.name(), broker);
        broker.servers().forEach(server -> registrations.add(broker, server, registrations.anyAge()));
    }

    /** Whether name servers list brokers that belong to neither side. */
    boolean hasOthers() {
        return byName.size() > brokers.values().stream().mapToInt(List::size).sum();
    }

    void connect(SimProducer producer) {
        producers.put(producer.id(), producer);
    }

    /** The producers that report to a broker. */
    List<SimProducer> producers(String broker) {
        return producers.values().stream()
                .filter(producer -> producer.isConnectedTo(broker))
                .toList();
    }

    /** Nothing happens again after this. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    void put(SimBroker broker, String topic, TopicSettings settings) {
        put(broker, new TreeMap<>(Map.of(topic, settings)));
    }

    void put(SimBroker broker, SortedMap<String, TopicSettings> topics) {
        topics.forEach(broker::put);
        fences.ifPresent(watch -> topics.keySet().forEach(topic -> watch.written(broker, topic)));
        registrations.changed(broker, topics.keySet());
    }

    /** A topic is removed. Its broker says so with its next registration, and name servers keep the route. */
    void remove(SimBroker broker, String topic) {
        broker.remove(topic);
    }

    void put(SimBroker broker, String group, GroupSettings settings) {
        broker.groups().put(group, settings);
    }

    /** Tells of every write to a topic, and of every route that a consumer gets. */
    void watch(FenceWatch watch) {
        fences = Optional.of(watch);
    }

    void polled(SimConsumer consumer, String topic) {
        fences.ifPresent(watch -> watch.polled(consumer, topic));
    }

    private void troubled() {
        trouble = now();
    }

    /** Whether no server and no connection has failed for a while: otherwise sends may fail without our doing. */
    boolean isCalm() {
        return down.isEmpty() && cuts.isEmpty() && now() - trouble > 2 * MINUTES;
    }

    boolean isUp(String address) {
        return !down.contains(address);
    }

    boolean reaches(String from, String to) {
        return isUp(to) && (cuts.isEmpty() || !cuts.contains(pair(from, to)));
    }

    private static String pair(String one, String other) {
        return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
    }

    /** Two nodes cannot reach each other for some time. */
    void cut(String one, String other, long lasting) {
        history.say("network", "is cut between " + one + " and " + other);
        cuts.add(pair(one, other));
        troubled();
        turns.after(lasting, () -> {
            cuts.remove(pair(one, other));
            troubled();
            history.say("network", "connects " + one + " and " + other + " again");
        });
    }

    /** A server is gone for some time: its connections end at once, and it forgets what is only in memory. */
    void stop(String address, long lasting) {
        if (!down.add(address)) {
            return;
        }
        history.say(address, "stops");
        byAddress.values().forEach(nameServer -> nameServer.lose(address));
        Optional<SimBroker> broker = byName.values().stream()
                .filter(it -> it.master().address().equals(address))
                .findFirst();
        broker.ifPresent(SimBroker::restart);
        Optional.ofNullable(byAddress.get(address)).ifPresent(SimNameServer::restart);
        turns.after(lasting, () -> start(address));
    }

    void start(String address) {
        if (!down.remove(address)) {
            return;
        }
        troubled();
        history.say(address, "starts");
        for (SimBroker broker : byName.values()) {
            for (SimServer server : broker.servers()) {
                if (server.address().equals(address)) {
                    Set<String> unusedLeft = server.readNameServers();
                    server.restarted(now());
                    registrations.start(broker, server);
                }
            }
        }
    }

    /** All faults end. */
    void heal() {
        if (!cuts.isEmpty()) {
            // Brokers register with the name servers that they reach again within 30 s, and producers have no route
            // until then.
            troubled();
        }
        cuts.clear();
        List.copyOf(down).forEach(this::start);
    }

    /** Sends a message to a broker, which stores it and answers a moment later. */
    void store(SimBroker broker, int queue, SimMessage message) {
        ledger.accepted(message, broker, queue, now());
        List<Runnable> awake = broker.queue(message.topic(), queue).append(message, now());
        awake.forEach(pull -> turns.after(MILLIS, pull));
    }

    /** Keeps a message back for a time, also over a restart of the broker, and then delivers it. */
    void hold(SimBroker broker, SimBroker.Held held, long micros, Runnable deliver) {
        broker.held().add(held);
        deliverAfter(micros, broker, held, deliver);
    }

    private void deliverAfter(long micros, SimBroker broker, SimBroker.Held held, Runnable deliver) {
        turns.after(micros, () -> {
            if (isUp(broker.master().address())) {
                broker.held().remove(held);
                deliver.run();
            } else {
                deliverAfter(SECONDS, broker, held, deliver);
            }
        });
    }

    /**
     * A client reports to a broker, which creates the retry topic of its group; 4.x brokers register all topics then. Returns
     * whom the broker notifies.
     */
    List<SimConsumer> heartbeat(SimBroker broker, SimConsumer client) {
        long before = broker.dataVersion();
        List<SimConsumer> notified = broker.heartbeat(client, now());
        if (broker.dataVersion() != before) {
            if (broker.version().isFour()) {
                registrations.all(broker);
            } else {
                registrations.changed(broker, Set.of(SystemNames.retryTopic(client.group())));
            }
        }
        return notified;
    }

    /** Somebody else's messages lie in a topic. */
    void strange(SimBroker broker, String topic) {
        List<Runnable> unused = broker.queue(topic, 0)
                .append(new SimMessage(-1, topic, "other", 0, "somebody else", Optional.empty()), now());
    }

    /** Returns a message to its group after some time. */
    void storeRetry(SimBroker broker, String retryTopic, SimMessage message) {
        List<Runnable> awake = broker.queue(retryTopic, 0).append(message, now());
        awake.forEach(pull -> turns.after(MILLIS, pull));
    }
}
