package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.sim.SimBroker.PullStatus;
import io.github.rocketmigrate.sim.SimBroker.Pulled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A member of a consumer group. It divides the readable queues among the members that one broker of the topic lists, every
 * 20 s and whenever a broker tells it that members have changed; it pulls, consumes, and commits offsets every 5 s.
 */
final class SimConsumer extends SimClient {
    private static final long POLL = 30 * World.SECONDS;
    private static final long HEARTBEAT = 30 * World.SECONDS;
    private static final long REBALANCE = 20 * World.SECONDS;
    private static final long COMMIT = 5 * World.SECONDS;
    private static final long LONG_POLL = 15 * World.SECONDS;
    private static final long REFUSED = World.SECONDS;
    private static final long UNREACHABLE = 3 * World.SECONDS;
    private static final long RETRY = 10 * World.SECONDS;
    /** A busy broker keeps messages in memory for that long. */
    private static final long IN_MEMORY = 20 * World.SECONDS;

    private static final int BATCH = 32;

    private final Behavior behavior;
    private final SortedMap<String, SortedMap<QueueKey, Assigned>> assigned = new TreeMap<>();
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

    /** A queue that this member reads. */
    private final class Assigned {
        private final String topic;
        private final QueueKey queue;
        private final Deque<SimMessage> buffer = new ArrayDeque<>();
        private long pulled;
        private long committed;
        private boolean consuming;
        private boolean dropped;
        private boolean locked;

        Assigned(String topic, QueueKey queue, long from) {
            this.topic = topic;
            this.queue = queue;
            this.pulled = from;
            this.committed = from;
            this.locked = behavior.orderly();
        }
    }

    SimConsumer(World world, String id, List<String> nameServers, Behavior behavior) {
        super(world, id, nameServers);
        this.behavior = behavior;
    }

    String group() {
        return behavior.group();
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
        assigned.values().forEach(queues -> queues.values().forEach(this::unlock));
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
        assigned.values().forEach(queues -> queues.values().forEach(queue -> queue.dropped = true));
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

    private void heartbeat() {
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
        if (!isStopped()) {
            relock();
            topics().forEach(this::rebalance);
        }
    }

    private void rebalance(String topic) {
        Optional<SimRoute> route = route(topic);
        Optional<List<String>> members = route.flatMap(known -> members(known));
        if (members.isEmpty()) {
            return;
        }
        SortedSet<QueueKey> mine = new TreeSet<>(share(route.get().readable(), members.get()));
        SortedMap<QueueKey, Assigned> has = assigned.computeIfAbsent(topic, key -> new TreeMap<>());
        for (Assigned queue : List.copyOf(has.values())) {
            if (!mine.contains(queue.queue) && mayGiveAway(queue)) {
                giveAway(queue);
                has.remove(queue.queue);
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
                                            + taken.committed);
                    pull(taken);
                });
            }
        }
    }

    /** The members that a broker of the topic lists: any broker, whatever the access. */
    private Optional<List<String>> members(SimRoute route) {
        List<String> brokers = List.copyOf(route.addresses().keySet());
        String asked = brokers.get(random().nextInt(brokers.size()));
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

    /** An orderly member keeps a queue while it consumes a message of it. */
    private boolean mayGiveAway(Assigned queue) {
        return !behavior.orderly() || !queue.consuming;
    }

    private void giveAway(Assigned queue) {
        commit(queue);
        queue.dropped = true;
        unlock(queue);
        world().history()
                .say(
                        id(),
                        "gives away " + queue.topic + " " + queue.queue.broker() + " queue " + queue.queue.queue()
                                + " at " + queue.committed);
    }

    private void unlock(Assigned queue) {
        if (behavior.orderly()) {
            broker(queue.topic, queue.queue)
                    .ifPresent(broker -> broker.unlock(group(), queue.topic, queue.queue.queue(), id()));
        }
    }

    private Optional<Assigned> take(String topic, QueueKey queue) {
        Optional<SimBroker> broker = broker(topic, queue);
        if (broker.isEmpty()
                || (behavior.orderly() && !broker.get().lock(group(), topic, queue.queue(), id(), world().now()))) {
            return Optional.empty();
        }
        return Optional.of(new Assigned(topic, queue, start(broker.get(), topic, queue.queue())));
    }

    /**
     * Where a member begins: at the group's offset. Without one, 4.x and 5.x brokers offer the first message only if it is
     * the very first of the queue and still in memory; otherwise clients skip what is there.
     */
    private long start(SimBroker broker, String topic, int queue) {
        OptionalLong offset = broker.offset(group(), topic, queue);
        SimQueue there = broker.queue(topic, queue);
        boolean inMemory = there.next() == there.first() || world().now() - there.firstAt() < IN_MEMORY;
        boolean fromFirst = (there.first() == 0 && inMemory) || SystemNames.isTopic(topic);
        return offset.orElseGet(() -> fromFirst ? there.first() : there.next());
    }

    /** Orderly members hold their locks by asking for them again. */
    private void relock() {
        if (behavior.orderly()) {
            assigned.values()
                    .forEach(queues -> queues.values().forEach(queue -> {
                        Optional<SimBroker> broker = broker(queue.topic, queue.queue);
                        queue.locked = broker.isPresent()
                                && broker.get().lock(group(), queue.topic, queue.queue.queue(), id(), world().now());
                        consume(queue);
                    }));
        }
    }

    private void pull(Assigned queue) {
        if (queue.dropped || isStopped() || queue.buffer.size() >= BATCH) {
            return;
        }
        Optional<SimBroker> broker = broker(queue.topic, queue.queue);
        if (broker.isEmpty()) {
            world().turns().after(UNREACHABLE, () -> pull(queue));
            return;
        }
        Pulled answer = broker.get().pull(group(), id(), queue.topic, queue.queue.queue(), queue.pulled, BATCH);
        if (answer.status() == PullStatus.DENIED) {
            world().turns().after(REFUSED, () -> pull(queue));
        } else if (answer.status() == PullStatus.NOTHING_NEW) {
            await(queue, broker.get());
        } else {
            queue.buffer.addAll(answer.messages());
            queue.pulled = Math.max(
                            queue.pulled,
                            broker.get().queue(queue.topic, queue.queue.queue()).first())
                    + answer.messages().size();
            consume(queue);
        }
    }

    /** The broker keeps the pull until a message comes, for some time. */
    private void await(Assigned queue, SimBroker broker) {
        boolean[] over = {false};
        Runnable once = () -> {
            if (!over[0]) {
                over[0] = true;
                pull(queue);
            }
        };
        broker.queue(queue.topic, queue.queue.queue()).await(once);
        world().turns().after(LONG_POLL, once);
    }

    private void consume(Assigned queue) {
        if (queue.consuming || queue.dropped || queue.buffer.isEmpty() || (behavior.orderly() && !queue.locked)) {
            return;
        }
        queue.consuming = true;
        long hanging = Math.max(0, stalledUntil - world().now());
        world().turns().after(behavior.takes() + hanging, () -> consumed(queue));
    }

    private void consumed(Assigned queue) {
        queue.consuming = false;
        if (isStopped()) {
            return;
        }
        SimMessage message = queue.buffer.remove();
        boolean fails = !behavior.orderly() && random().nextInt(1_000) < behavior.failing();
        if (fails) {
            sendBack(queue, message);
        } else {
            world().ledger().received(message, group(), id(), world().now());
            world().history()
                    .say(id(), "consumed " + message + " of " + queue.queue.broker() + " queue " + queue.queue.queue());
        }
        if (!queue.dropped) {
            queue.committed++;
            if (queue.buffer.isEmpty()) {
                pull(queue);
            } else {
                consume(queue);
            }
        }
    }

    private void sendBack(Assigned queue, SimMessage message) {
        Optional<SimBroker> broker = broker(queue.topic, queue.queue);
        String retries = SystemNames.retryTopic(group());
        if (broker.isEmpty() || !broker.get().topics().containsKey(retries)) {
            // The member keeps it and consumes it itself.
            world().ledger().received(message, group(), id(), world().now());
            return;
        }
        world().history().say(id(), "returned " + message + " to " + queue.queue.broker());
        world().hold(
                        broker.get(),
                        HeldKind.DELAYED,
                        message.retried(group()),
                        RETRY,
                        () -> world().storeRetry(broker.get(), retries, message.retried(group())));
    }

    private void commit() {
        if (!isStopped()) {
            assigned.values().forEach(queues -> queues.values().forEach(this::commit));
        }
    }

    private void commit(Assigned queue) {
        broker(queue.topic, queue.queue)
                .ifPresent(broker -> broker.commit(group(), queue.topic, queue.queue.queue(), queue.committed));
    }

    /** What it answers when it is asked for its state. */
    ClientReport report() {
        Map<String, Map<QueueKey, QueuePosition>> queues = new HashMap<>();
        assigned.forEach((topic, ofTopic) -> {
            Map<QueueKey, QueuePosition> positions = new HashMap<>();
            ofTopic.forEach(
                    (key, queue) -> positions.put(key, new QueuePosition(queue.committed, queue.buffer.size())));
            queues.put(topic, positions);
        });
        return new ClientReport(new TreeSet<>(nameServers()), behavior.orderly(), queues);
    }

    /** The queues that it reads, for invariants. */
    List<QueueKey> queues(String topic) {
        return new ArrayList<>(assigned.getOrDefault(topic, new TreeMap<>()).keySet());
    }
}
