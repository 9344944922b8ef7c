package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.sim.SimBroker.PullStatus;
import io.github.rocketmigrate.sim.SimBroker.Pulled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A queue that a member of a group reads: it pulls, consumes one message after the other, and commits the offset.
 *
 * <p>Longer than 300 lines: what happens to one queue, from the moment it is taken to the one it is given away.
 */
final class AssignedQueue {
    private static final long LONG_POLL = 15 * World.SECONDS;
    /** How long a client waits after a pull that has failed, for whatever reason. */
    private static final long AFTER_FAILURE = World.SECONDS;
    /** Clients from 5.0 on begin to pull a queue only some time after they have taken it. */
    private static final long BEFORE_FIRST_PULL = 500 * World.MILLIS;

    private static final long BEFORE_NEXT_LOCK = 3 * World.SECONDS;
    private static final long CACHE_IS_FULL = 50 * World.MILLIS;
    private static final long RETRY = 10 * World.SECONDS;
    private static final int RETRY_LEVEL = 3;
    /** A busy broker keeps messages in memory for that long. */
    private static final long IN_MEMORY = 20 * World.SECONDS;
    /** A queue that has not been pulled for that long is taken anew. */
    private static final long MOST_IDLE = 120 * World.SECONDS;

    private static final int BATCH = 32;
    private static final int MOST_CACHED = 1_000;

    private final SimConsumer member;
    private final World world;
    private final String topic;
    private final QueueKey key;
    private final Deque<SimMessage> buffer = new ArrayDeque<>();
    private long pulled;
    private long committed;
    private long lastPull;
    /** Whether it has consumed something: before that it has nothing to commit. */
    private boolean hasConsumed;

    private boolean consuming;
    private boolean dropped;
    private boolean locked;
    private boolean waitsForLock;
    private boolean unreachable;

    AssignedQueue(SimConsumer member, String topic, QueueKey key, SimBroker broker) {
        this.member = member;
        this.world = member.world();
        this.topic = topic;
        this.key = key;
        this.committed = start(broker);
        this.pulled = committed;
        this.lastPull = world.now();
        this.locked = member.isOrderly();
    }

    /**
     * Where a member begins: at the group's offset. Without one, 4.x and 5.x brokers offer the first message only if it is
     * the very first of the queue and still in memory; otherwise clients skip what is there.
     */
    private long start(SimBroker broker) {
        SimQueue there = broker.queue(topic, key.queue());
        if (member.local().isPresent()) {
            return startAt(member.local().get(), there);
        }
        OptionalLong offset = broker.offset(member.group(), topic, key.queue());
        boolean inMemory = there.next() == there.first() || world.now() - there.firstAt() < IN_MEMORY;
        boolean fromFirst = (there.first() == 0 && inMemory) || SystemNames.isTopic(topic);
        return offset.orElseGet(() -> fromFirst ? there.first() : there.next());
    }

    private long startAt(LocalOffsets offsets, SimQueue there) {
        long begin = offsets.stored(topic, key).orElse(there.next());
        OptionalLong before = offsets.found(topic, key);
        if (before.isPresent() && before.getAsLong() < begin) {
            there.from(before.getAsLong(), (int) (begin - before.getAsLong()))
                    .forEach(message -> world.ledger().skipped(message, offsets.application()));
        }
        return begin;
    }

    QueueKey key() {
        return key;
    }

    long committed() {
        return committed;
    }

    String topic() {
        return topic;
    }

    /** Whether a pull would get something. */
    boolean hasMore() {
        return buffer.size() <= MOST_CACHED
                && !dropped
                && broker().filter(broker -> broker.pull(member.group(), topic, key.queue(), pulled, BATCH)
                                        .status()
                                == PullStatus.FOUND)
                        .isPresent();
    }

    boolean isConsuming() {
        return consuming;
    }

    /** Whether its broker does not know yet how far it has consumed. */
    boolean isUncommitted() {
        return hasConsumed
                && broker().filter(broker -> broker.offset(member.group(), topic, key.queue())
                                        .orElse(-1)
                                != committed)
                        .isPresent();
    }

    QueuePosition position() {
        return new QueuePosition(
                member.local()
                        .map(offsets -> offsets.reported(topic, key).orElse(-1))
                        .orElse(committed),
                buffer.size());
    }

    private Optional<SimBroker> broker() {
        return member.broker(topic, key);
    }

    private void say(Supplier<String> what) {
        world.history().say(member.id(), what);
    }

    /** The member stops to read it, and commits nothing more that it consumes. */
    void drop() {
        dropped = true;
    }

    /** Whether it can be taken again: a queue that was dropped with a message under way is in nobody's hands for a while. */
    boolean isLost() {
        return dropped && world.now() - lastPull > MOST_IDLE;
    }

    boolean isDropped() {
        return dropped;
    }

    /** An orderly member keeps the lock of a queue while it consumes a message of it. */
    boolean mayBeGivenAway() {
        return !member.isOrderly() || !consuming;
    }

    void giveAway() {
        commit();
        drop();
        unlock();
        long at = committed;
        say(() -> "gives away " + topic + " " + key.broker() + " queue " + key.queue() + " at " + at);
    }

    void unlock() {
        if (member.isOrderly()) {
            broker().ifPresent(broker -> broker.unlock(member.group(), topic, key.queue(), member.id()));
        }
    }

    /** Orderly members hold their locks by asking for them again; without one they ask more often. */
    void relock() {
        if (member.isOrderly() && !dropped && !member.isStopped()) {
            Optional<SimBroker> broker = broker();
            locked = broker.isPresent()
                    && broker.get().lock(member.group(), topic, key.queue(), member.id(), world.now());
            if (!locked && !waitsForLock) {
                waitsForLock = true;
                world.turns().after(BEFORE_NEXT_LOCK, () -> {
                    waitsForLock = false;
                    relock();
                });
            }
            consume();
        }
    }

    void commit() {
        if (hasConsumed && member.local().isEmpty()) {
            broker().ifPresent(broker -> broker.commit(member.group(), topic, key.queue(), committed));
        }
    }

    void pullFirst() {
        world.turns().after(world.clients().version().isFour() ? 0 : BEFORE_FIRST_PULL, this::pull);
    }

    void pull() {
        if (dropped || member.isStopped()) {
            return;
        }
        lastPull = world.now();
        if (buffer.size() > MOST_CACHED) {
            world.turns().after(CACHE_IS_FULL, this::pull);
            return;
        }
        Optional<SimBroker> broker = broker();
        if (broker.isEmpty()) {
            unreachable = true;
            world.turns().after(AFTER_FAILURE, this::pull);
            return;
        }
        if (unreachable) {
            unreachable = false;
            member.reconnected();
        }
        Pulled answer = broker.get().pull(member.group(), topic, key.queue(), pulled, BATCH);
        if (answer.status() == PullStatus.DENIED) {
            world.turns().after(AFTER_FAILURE, this::pull);
            return;
        }
        // A pull tells the broker how far the member is.
        commit();
        if (answer.status() == PullStatus.NOTHING_NEW) {
            await(broker.get());
        } else {
            buffer.addAll(answer.messages());
            pulled = Math.max(pulled, broker.get().queue(topic, key.queue()).first())
                    + answer.messages().size();
            world.turns().after(World.MILLIS, this::pull);
            consume();
        }
    }

    /** A pull that waits for messages ends again and again without any, and the next one follows. */
    void stayAlive() {
        if (!dropped) {
            lastPull = world.now();
        }
    }

    /** The broker keeps the pull until a message comes, for some time. */
    private void await(SimBroker broker) {
        boolean[] over = {false};
        Runnable once = () -> {
            if (!over[0]) {
                over[0] = true;
                pull();
            }
        };
        broker.queue(topic, key.queue()).await(once);
        world.turns().after(LONG_POLL, once);
    }

    private void consume() {
        if (consuming || dropped || buffer.isEmpty() || (member.isOrderly() && !locked)) {
            return;
        }
        consuming = true;
        world.turns().after(member.takes(buffer.element()), this::consumed);
    }

    /** The application has consumed the first message of those that were pulled. */
    void consumed() {
        consuming = false;
        if (member.isStopped()) {
            return;
        }
        SimMessage message = buffer.remove();
        if (member.fails()) {
            sendBack(message);
        } else {
            world.ledger().received(message, member.reader(), member.id(), world.now());
            say(() -> "consumed " + message + " of " + key.broker() + " queue " + key.queue());
        }
        if (!dropped) {
            committed++;
            hasConsumed = true;
            member.local().ifPresent(offsets -> offsets.consumed(topic, key, committed));
            consume();
        }
    }

    private void sendBack(SimMessage message) {
        Optional<SimBroker> broker = broker();
        String retries = SystemNames.retryTopic(member.group());
        if (broker.isEmpty() || !broker.get().topics().containsKey(retries)) {
            // The member keeps it and consumes it itself.
            world.ledger().received(message, member.group(), member.id(), world.now());
            return;
        }
        say(() -> "returned " + message + " to " + key.broker());
        SimMessage retry = message.retried(member.group());
        world.hold(
                broker.get(),
                new SimBroker.Held(HeldKind.DELAYED, retry, RETRY_LEVEL, true),
                RETRY,
                () -> world.storeRetry(broker.get(), retries, retry));
    }
}
