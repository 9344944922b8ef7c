package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.SystemNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A member of a consumer group. It divides the readable queues among the members that one broker of the topic lists, every
 * 20 s and whenever a broker tells it that members have changed; it pulls, consumes, and commits offsets every 5 s.
 *
 * <p>Longer than 300 lines: what one client does, at its own moments and at those of an exploration.
 */
final class SimConsumer extends SimClient {
    private static final long POLL = 30 * World.SECONDS;
    private static final long HEARTBEAT = 30 * World.SECONDS;
    private static final long REBALANCE = 20 * World.SECONDS;
    private static final long COMMIT = 5 * World.SECONDS;

    private final Behavior behavior;
    private final SortedMap<String, SortedMap<QueueKey, AssignedQueue>> assigned = new TreeMap<>();
    private boolean rebalanceIsDue;
    private long stalledUntil;

    /**
     * How a member consumes.
     *
     * @param topics the topics that it reads, without the retry topic
     * @param takes the time that a message takes
     * @param failing how many of a thousand messages cannot be consumed at first
     */
    record Behavior(String group, SortedSet<String> topics, boolean orderly, long takes, int failing) {}

    SimConsumer(World world, String id, List<String> nameServers, Behavior behavior) {
        super(world, id, nameServers);
        this.behavior = behavior;
    }

    String group() {
        return behavior.group();
    }

    boolean isOrderly() {
        return behavior.orderly();
    }

    /** How long it consumes the next message. */
    long takes() {
        return behavior.takes() + Math.max(0, stalledUntil - world().now());
    }

    /** Whether it cannot consume a message at first; orderly members always can. */
    boolean fails() {
        return !behavior.orderly() && random().nextInt(1_000) < behavior.failing();
    }

    /** The topics to which it subscribes, including the retry topic. */
    SortedSet<String> topics() {
        SortedSet<String> all = new TreeSet<>(behavior.topics());
        all.add(SystemNames.retryTopic(behavior.group()));
        return all;
    }

    void start() {
        topics().forEach(this::poll);
        heartbeat();
        world().turns().after(World.MILLIS, this::rebalance);
        again(POLL, this::pollAll);
        again(HEARTBEAT, this::heartbeat);
        again(REBALANCE, this::rebalance);
        again(COMMIT, this::commit);
    }

    private void again(long period, Runnable what) {
        world().turns().after(random().nextLong(period), new Runnable() {
            @Override
            public void run() {
                if (!isStopped()) {
                    what.run();
                    world().turns().after(period, this);
                }
            }
        });
    }

    /** The same application with other name servers, after a restart. */
    SimConsumer restarted(List<String> others) {
        shutdown();
        return new SimConsumer(world(), id(), others, behavior);
    }

    /** Ends in order: commits, returns its queues and signs off. */
    void shutdown() {
        commit();
        stopped();
        assigned.values().forEach(queues -> queues.values().forEach(AssignedQueue::unlock));
        drop();
        for (SimBroker broker : brokers()) {
            broker.leave(group(), id()).forEach(SimConsumer::membersChanged);
        }
    }

    /** Ends at once; its connections break. */
    void crash() {
        stopped();
        drop();
        for (SimBroker broker : world().brokers()) {
            broker.leave(group(), id()).forEach(SimConsumer::membersChanged);
        }
    }

    /** Its application hangs: a message that it consumes now takes that much longer. */
    void stall(long micros) {
        world().history().say(id(), "hangs");
        stalledUntil = world().now() + micros;
    }

    /** A new process of the same application. */
    SimConsumer again() {
        return new SimConsumer(world(), id(), nameServers(), behavior);
    }

    private void drop() {
        assigned.values().forEach(queues -> queues.values().forEach(AssignedQueue::drop));
        assigned.clear();
    }

    private void pollAll() {
        for (String topic : topics()) {
            if (poll(topic)) {
                world().history().say(id(), "has a new route of " + topic);
            }
        }
    }

    /** All brokers of its routes that it reaches. */
    private List<SimBroker> brokers() {
        SortedMap<String, String> masters = new TreeMap<>();
        routes().values()
                .forEach(route -> route.addresses()
                        .keySet()
                        .forEach(name -> route.master(name).ifPresent(address -> masters.put(name, address))));
        return masters.entrySet().stream()
                .filter(master -> world().reaches(id(), master.getValue()))
                .map(master -> world().broker(master.getKey()))
                .toList();
    }

    /** The masters that it knows, and that do not know it. */
    List<SimBroker> strangers() {
        return brokers().stream()
                .filter(broker -> !broker.members(group(), world().now()).containsKey(id()))
                .toList();
    }

    void heartbeat() {
        for (SimBroker broker : brokers()) {
            world().heartbeat(broker, this).forEach(SimConsumer::membersChanged);
        }
    }

    /** A broker says that members have come or gone. */
    void membersChanged() {
        if (!rebalanceIsDue) {
            rebalanceIsDue = true;
            world().turns().after(World.MILLIS + random().nextLong(5 * World.MILLIS), () -> {
                rebalanceIsDue = false;
                if (!isStopped()) {
                    rebalance();
                }
            });
        }
    }

    private void rebalance() {
        rebalance(brokers -> brokers.get(random().nextInt(brokers.size())));
    }

    /**
     * Shares the queues of each topic again.
     *
     * @param asking chooses the broker that is asked for the members, among those of the topic
     */
    void rebalance(Function<List<String>, String> asking) {
        if (!isStopped()) {
            relock();
            topics().forEach(topic -> rebalance(topic, asking));
        }
    }

    /** Orderly members hold their locks by asking for them again. */
    void relock() {
        queues().forEach(AssignedQueue::relock);
    }

    /** The queues that it reads. */
    List<AssignedQueue> queues() {
        return assigned.values().stream()
                .flatMap(ofTopic -> ofTopic.values().stream())
                .toList();
    }

    /** Whether it would give away or take a queue. */
    boolean isUnbalanced(Function<List<String>, String> asking) {
        return topics().stream().anyMatch(topic -> {
            Map<QueueKey, AssignedQueue> has = assigned.getOrDefault(topic, new TreeMap<>());
            return mine(topic, asking)
                    .filter(mine -> has.values().stream()
                                    .anyMatch(queue -> !mine.contains(queue.key()) && queue.mayBeGivenAway())
                            || mine.stream().anyMatch(queue -> !has.containsKey(queue) && mayTake(topic, queue)))
                    .isPresent();
        });
    }

    private boolean mayTake(String topic, QueueKey queue) {
        return broker(topic, queue)
                .filter(broker -> !behavior.orderly()
                        || !broker.isLockedByOther(group(), topic, queue.queue(), id(), world().now()))
                .isPresent();
    }

    /** Its share of the queues, if a broker that it asks knows the members. */
    private Optional<SortedSet<QueueKey>> mine(String topic, Function<List<String>, String> asking) {
        return route(topic)
                .flatMap(route ->
                        members(route, asking).map(members -> new TreeSet<>(share(route.readable(), members))));
    }

    private void rebalance(String topic, Function<List<String>, String> asking) {
        Optional<SortedSet<QueueKey>> share = mine(topic, asking);
        if (share.isEmpty()) {
            return;
        }
        SortedSet<QueueKey> mine = share.get();
        SortedMap<QueueKey, AssignedQueue> has = assigned.computeIfAbsent(topic, key -> new TreeMap<>());
        for (AssignedQueue queue : List.copyOf(has.values())) {
            if (!mine.contains(queue.key()) && queue.mayBeGivenAway()) {
                queue.giveAway();
                has.remove(queue.key());
            }
        }
        for (QueueKey queue : mine) {
            if (!has.containsKey(queue)) {
                take(topic, queue).ifPresent(taken -> {
                    has.put(queue, taken);
                    world().history()
                            .say(
                                    id(),
                                    "takes " + topic + " " + queue.broker() + " queue " + queue.queue() + " from "
                                            + taken.committed());
                    taken.pull();
                });
            }
        }
    }

    /** The members that a broker of the topic lists: any broker, whatever the access. */
    private Optional<List<String>> members(SimRoute route, Function<List<String>, String> asking) {
        String asked = asking.apply(List.copyOf(route.addresses().keySet()));
        List<String> found = route.master(asked)
                .filter(address -> world().reaches(id(), address))
                .map(address -> List.copyOf(
                        world().broker(asked).members(group(), world().now()).keySet()))
                .orElse(List.of());
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** Neighboring queues for each member, as equally as possible. */
    private List<QueueKey> share(List<QueueKey> queues, List<String> members) {
        List<String> sorted = members.stream().sorted().toList();
        int index = sorted.indexOf(id());
        if (index < 0) {
            return List.of();
        }
        int rest = queues.size() % sorted.size();
        int size = queues.size() / sorted.size() + (index < rest ? 1 : 0);
        int from = index * (queues.size() / sorted.size()) + Math.min(index, rest);
        return queues.subList(from, Math.min(queues.size(), from + size));
    }

    private Optional<AssignedQueue> take(String topic, QueueKey queue) {
        Optional<SimBroker> broker = broker(topic, queue);
        if (broker.isEmpty()
                || (behavior.orderly() && !broker.get().lock(group(), topic, queue.queue(), id(), world().now()))) {
            return Optional.empty();
        }
        return Optional.of(new AssignedQueue(this, topic, queue, broker.get()));
    }

    void commit() {
        if (!isStopped()) {
            assigned.values().forEach(queues -> queues.values().forEach(AssignedQueue::commit));
        }
    }

    /** What it answers when it is asked for its state. */
    ClientReport report() {
        Map<String, Map<QueueKey, QueuePosition>> queues = new HashMap<>();
        assigned.forEach((topic, ofTopic) -> {
            Map<QueueKey, QueuePosition> positions = new HashMap<>();
            ofTopic.forEach((key, queue) -> positions.put(key, queue.position()));
            queues.put(topic, positions);
        });
        return new ClientReport(new TreeSet<>(nameServers()), behavior.orderly(), queues);
    }
}
