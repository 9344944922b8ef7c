package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.model.ConsumeOrder;
import java.util.Collections;
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
    private static final long COMMIT = 5 * World.SECONDS;
    private static final long RETRY_TAKES = 5 * World.SECONDS;
    /** A client begins its periodic work before its start is complete. */
    private static final long START = 50 * World.MILLIS;

    private static final long FIRST_POLL = 10 * World.MILLIS;
    private static final long FIRST_HEARTBEAT = World.SECONDS;
    private static final long FIRST_COMMIT = 10 * World.SECONDS;
    private static final long FIRST_LOCK = World.SECONDS;
    private static final long LOCK = 20 * World.SECONDS;
    /** When clients from 5.0 on rebalance again after another member has not yet returned its lock. */
    private static final long AFTER_MISSED_LOCK = 500 * World.MILLIS;

    /** Where applications run that are not told apart by their hosts. */
    private static final String HOST = "10.0.9.1";

    private final String host;
    private final Behavior behavior;
    private final SortedSet<String> topics;
    private final SortedMap<String, SortedMap<QueueKey, AssignedQueue>> assigned = new TreeMap<>();
    private final SimRebalanceTimer rebalances;
    private boolean isCrashed;
    private long stalledUntil;

    /**
     * How a member consumes.
     *
     * @param topics the topics that it reads, without the retry topic
     * @param takes the time that a message takes
     * @param failing how many of a thousand messages cannot be consumed at first
     * @param listed the brokers whose queues it divides, if it has such a list: strategies as that of machine rooms choose
     *     queues by the names of brokers
     * @param broadcasting its offsets, if each member of its group reads all queues and keeps its offsets itself
     */
    record Behavior(
            String group,
            SortedSet<String> topics,
            boolean orderly,
            long takes,
            int failing,
            Optional<SortedSet<String>> listed,
            Optional<LocalOffsets> broadcasting) {
        Behavior(String group, SortedSet<String> topics, boolean orderly, long takes, int failing) {
            this(group, topics, orderly, takes, failing, Optional.empty(), Optional.empty());
        }

        Behavior dividingAll() {
            return new Behavior(group, topics, orderly, takes, failing, Optional.empty(), broadcasting);
        }

        /** The same for another member, which keeps its offsets elsewhere. */
        Behavior beside() {
            return new Behavior(group, topics, orderly, takes, failing, listed, broadcasting.map(LocalOffsets::beside));
        }

        boolean divides(QueueKey queue) {
            return listed.filter(brokers -> !brokers.contains(queue.broker())).isEmpty();
        }
    }

    SimConsumer(World world, String id, List<String> nameServers, Behavior behavior) {
        this(world, id, nameServers, behavior, HOST);
    }

    SimConsumer(World world, String id, List<String> nameServers, Behavior behavior, String host) {
        super(world, id, nameServers);
        this.host = host;
        this.behavior = behavior;
        SortedSet<String> all = new TreeSet<>(behavior.topics());
        if (behavior.broadcasting().isEmpty()) {
            all.add(SystemNames.retryTopic(behavior.group()));
        }
        this.topics = Collections.unmodifiableSortedSet(all);
        this.rebalances = new SimRebalanceTimer(world, this::rebalance);
    }

    String group() {
        return behavior.group();
    }

    /** Its offsets, if its group is broadcasting. */
    Optional<LocalOffsets> local() {
        return behavior.broadcasting();
    }

    /** Who has to get every message: its group, or its application if the group is broadcasting. */
    String reader() {
        return local().map(LocalOffsets::application).orElse(group());
    }

    boolean isOrderly() {
        return behavior.orderly();
    }

    /** How long it consumes a message; what has failed before takes longer. */
    long takes(SimMessage message) {
        return behavior.takes()
                + (message.retryOf().isPresent() ? RETRY_TAKES : 0)
                + Math.max(0, stalledUntil - world().now());
    }

    /** Whether it cannot consume a message at first; orderly members always can. */
    boolean fails() {
        return !behavior.orderly() && random().nextInt(1_000) < behavior.failing();
    }

    /** The topics to which it subscribes, including the retry topic. */
    SortedSet<String> topics() {
        return topics;
    }

    void start() {
        local().ifPresent(LocalOffsets::load);
        topics().forEach(this::poll);
        again(FIRST_POLL, world().clients().poll(), this::pollAll);
        again(FIRST_HEARTBEAT, world().clients().heartbeat(), this::heartbeat);
        again(FIRST_COMMIT, COMMIT, this::commit);
        again(FIRST_LOCK, LOCK, this::relock);
        world().turns().after(START, () -> {
            if (!isStopped()) {
                heartbeat();
                rebalances.after(World.MILLIS);
            }
        });
    }

    private void again(long first, long period, Runnable what) {
        world().turns().after(first, new Runnable() {
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
        return new SimConsumer(world(), id(), others, behavior, host);
    }

    /** Another member of the same application, with other name servers. */
    SimConsumer beside(String other, List<String> others) {
        return new SimConsumer(world(), other, others, behavior.beside(), host);
    }

    /** The address that brokers see. */
    String address() {
        return host + ":5000";
    }

    /** The same application without a list of brokers, after a restart. */
    SimConsumer dividingAll() {
        shutdown();
        return new SimConsumer(world(), id(), nameServers(), behavior.dividingAll());
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

    boolean isCrashed() {
        return isCrashed;
    }

    /** Ends at once; its connections break. */
    void crash() {
        isCrashed = true;
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
        return new SimConsumer(world(), id(), nameServers(), behavior, host);
    }

    private void drop() {
        assigned.values().forEach(queues -> queues.values().forEach(AssignedQueue::drop));
        assigned.clear();
    }

    @Override
    void pollAll() {
        for (String topic : topics()) {
            if (poll(topic)) {
                world().history().say(id(), "has a new route of " + topic);
                world().polled(this, topic);
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
        rebalances.after(World.MILLIS + random().nextLong(5 * World.MILLIS));
    }

    /** A connection has come back: clients from 5.2 on report to the broker at once. */
    void reconnected() {
        if (world().clients().version().isAtLeast(5, 2, 0)) {
            heartbeat();
            rebalances.after(World.MILLIS);
        }
    }

    private boolean rebalance() {
        return rebalance(brokers -> brokers.get(random().nextInt(brokers.size())));
    }

    /**
     * Shares the queues of each topic again. Returns whether it has all queues that are its own.
     *
     * @param asking chooses the broker that is asked for the members, among those of the topic
     */
    boolean rebalance(Function<List<String>, String> asking) {
        boolean balanced = true;
        if (!isStopped()) {
            for (String topic : topics()) {
                balanced &= rebalance(topic, asking);
            }
        }
        return balanced;
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
            return share(topic, asking)
                    .filter(mine -> has.values().stream()
                                    .anyMatch(queue -> mustLeave(queue, mine) && queue.mayBeGivenAway())
                            || mine.stream().anyMatch(queue -> !has.containsKey(queue) && mayTake(topic, queue)))
                    .isPresent();
        });
    }

    private static boolean mustLeave(AssignedQueue queue, SortedSet<QueueKey> mine) {
        return !mine.contains(queue.key()) || queue.isLost();
    }

    private boolean mayTake(String topic, QueueKey queue) {
        return broker(topic, queue)
                .filter(broker -> !behavior.orderly()
                        || !broker.isLockedByOther(group(), topic, queue.queue(), id(), world().now()))
                .isPresent();
    }

    /** Returns whether it has all queues of a topic that are its own. A member that finds no queue to read keeps those it has. */
    private boolean rebalance(String topic, Function<List<String>, String> asking) {
        Optional<SortedSet<QueueKey>> share = share(topic, asking);
        if (share.isEmpty()) {
            return !isWithoutQueues(topic);
        }
        SortedSet<QueueKey> mine = share.get();
        SortedMap<QueueKey, AssignedQueue> has = assigned.computeIfAbsent(topic, key -> new TreeMap<>());
        boolean left = leave(has, mine);
        if (take(topic, has, mine) || left) {
            heartbeat();
        }
        return has.keySet().equals(mine) && has.values().stream().noneMatch(AssignedQueue::isDropped);
    }

    /** Its share of the queues, if there are any to read and a broker that it asks knows the members. */
    private Optional<SortedSet<QueueKey>> share(String topic, Function<List<String>, String> asking) {
        if (local().isPresent()) {
            return route(topic).map(route -> new TreeSet<>(route.readable()));
        }
        return route(topic)
                .filter(route -> !route.readable().isEmpty())
                .flatMap(route -> members(route, asking)
                        .map(members -> new TreeSet<>(SimDivision.share(divided(route), members, id()))));
    }

    private List<QueueKey> divided(SimRoute route) {
        return route.readable().stream().filter(behavior::divides).toList();
    }

    private boolean isWithoutQueues(String topic) {
        return route(topic).filter(route -> route.readable().isEmpty()).isPresent();
    }

    private boolean leave(SortedMap<QueueKey, AssignedQueue> has, SortedSet<QueueKey> mine) {
        boolean changed = false;
        for (AssignedQueue queue : List.copyOf(has.values())) {
            if (mustLeave(queue, mine)) {
                if (queue.mayBeGivenAway()) {
                    local().filter(offsets -> !isListed(queue))
                            .ifPresent(offsets -> offsets.hidden(queue.topic(), queue.key(), queue.committed()));
                    queue.giveAway();
                    has.remove(queue.key());
                    changed = true;
                } else {
                    queue.drop();
                }
            }
        }
        return changed;
    }

    /** Whether name servers list the broker of a queue, with whatever access. */
    private boolean isListed(AssignedQueue queue) {
        return route(queue.topic())
                .filter(route -> route.queues().containsKey(queue.key().broker()))
                .isPresent();
    }

    private boolean take(String topic, SortedMap<QueueKey, AssignedQueue> has, SortedSet<QueueKey> mine) {
        boolean changed = false;
        for (QueueKey queue : mine) {
            if (!has.containsKey(queue)) {
                Optional<AssignedQueue> taken = take(topic, queue);
                if (taken.isPresent()) {
                    has.put(queue, taken.get());
                    changed = true;
                    long from = taken.get().committed();
                    world().history()
                            .say(
                                    id(),
                                    () -> "takes " + topic + " " + queue.broker() + " queue " + queue.queue() + " from "
                                            + from);
                    taken.get().pullFirst();
                }
            }
        }
        return changed;
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

    private Optional<AssignedQueue> take(String topic, QueueKey queue) {
        Optional<SimBroker> broker = broker(topic, queue);
        if (broker.isEmpty()) {
            return Optional.empty();
        }
        if (behavior.orderly() && !broker.get().lock(group(), topic, queue.queue(), id(), world().now())) {
            if (!world().clients().version().isFour()) {
                world().turns().after(AFTER_MISSED_LOCK, () -> rebalances.after(0));
            }
            return Optional.empty();
        }
        return Optional.of(new AssignedQueue(this, topic, queue, broker.get()));
    }

    void commit() {
        if (!isStopped()) {
            assigned.values().forEach(queues -> queues.values().forEach(AssignedQueue::commit));
            local().ifPresent(offsets -> {
                Map<String, List<QueueKey>> reads = new HashMap<>();
                assigned.forEach((topic, queues) -> reads.put(topic, List.copyOf(queues.keySet())));
                offsets.persist(reads);
            });
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
        return new ClientReport(
                new TreeSet<>(nameServers()),
                Optional.of(behavior.orderly() ? ConsumeOrder.ORDERLY : ConsumeOrder.CONCURRENT),
                queues);
    }
}
