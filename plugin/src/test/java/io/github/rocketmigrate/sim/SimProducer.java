package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.MessageType;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * A producer that sends one message after the other. It sends a message that was refused again before the next one, as
 * applications do that must not lose any.
 */
final class SimProducer extends SimClient {
    private static final long POLL = 30 * World.SECONDS;
    private static final long AGAIN = World.SECONDS;
    private static final int TRIES = 3;
    private static final int BURST = 4;

    private final String topic;
    private final MessageType type;
    private final List<String> keys;
    private final long interval;
    private final IntSupplier numbers;
    private int index;
    private Optional<SimMessage> pending = Optional.empty();

    /**
     * Creates a producer.
     *
     * @param keys the keys that no other producer uses
     * @param interval the time between two messages, on average
     */
    SimProducer(
            World world,
            String id,
            List<String> nameServers,
            String topic,
            MessageType type,
            List<String> keys,
            long interval,
            IntSupplier numbers) {
        super(world, id, nameServers);
        this.topic = topic;
        this.type = type;
        this.keys = List.copyOf(keys);
        this.interval = interval;
        this.numbers = numbers;
        this.index = random().nextInt(1_000);
    }

    /** Continues the work of another producer, with other name servers: the application was restarted. */
    SimProducer restarted(List<String> others) {
        stopped();
        SimProducer next = new SimProducer(world(), id(), others, topic, type, keys, interval, numbers);
        next.pending = pending;
        return next;
    }

    String topic() {
        return topic;
    }

    void start() {
        boolean unused = poll(topic);
        world().turns().after(random().nextLong(POLL), this::pollAgain);
        world().turns().after(random().nextLong(interval), this::next);
    }

    private void pollAgain() {
        if (!isStopped()) {
            if (poll(topic)) {
                world().history().say(id(), "has a new route of " + topic);
            }
            world().turns().after(POLL, this::pollAgain);
        }
    }

    private void next() {
        if (isStopped()) {
            return;
        }
        SimMessage message = pending.orElseGet(this::message);
        pending = Optional.of(message);
        send(message, 0, "");
    }

    private SimMessage message() {
        String key = keys.get(random().nextInt(keys.size()));
        return new SimMessage(
                numbers.getAsInt(), topic, key, world().ledger().nextPlace(topic, key), id(), Optional.empty());
    }

    private void send(SimMessage message, int tries, String last) {
        List<QueueKey> queues = writable();
        if (queues.isEmpty()) {
            // A client without a queue to write asks for the route at once, for each message.
            boolean unused = poll(topic);
            queues = writable();
        }
        if (queues.isEmpty()) {
            refused(message, "no route");
            return;
        }
        if (isRouteIncomplete()) {
            world().ledger().disturbed(message);
        }
        QueueKey queue = type == MessageType.FIFO ? byKey(message, queues) : nextQueue(queues, last);
        Optional<SimBroker> broker = broker(topic, queue);
        if (broker.isEmpty() || !broker.get().accepts(topic, queue.queue())) {
            if (type != MessageType.FIFO && tries + 1 < TRIES) {
                send(message, tries + 1, queue.broker());
            } else {
                refused(message, "broker " + queue.broker() + " cannot be reached");
            }
            return;
        }
        world().turns()
                .after(World.MILLIS + random().nextLong(3 * World.MILLIS), () -> arrive(message, broker.get(), queue));
    }

    /** Whether its route leaves out a broker that would take messages, or the master of one whose slave is up. */
    private boolean isRouteIncomplete() {
        return world().brokers().stream()
                .filter(broker -> broker.topics().containsKey(topic)
                        && broker.topics().get(topic).access().isWritable())
                .anyMatch(broker -> route(topic)
                        .filter(route -> route.queues().containsKey(broker.name())
                                && route.master(broker.name()).isPresent())
                        .isEmpty());
    }

    private List<QueueKey> writable() {
        return route(topic).map(SimRoute::writable).orElse(List.of());
    }

    private static QueueKey byKey(SimMessage message, List<QueueKey> queues) {
        return queues.get(Math.floorMod(message.key().hashCode(), queues.size()));
    }

    private QueueKey nextQueue(List<QueueKey> queues, String last) {
        QueueKey queue = queues.get(Math.floorMod(index++, queues.size()));
        for (int i = 0; i < queues.size() && queue.broker().equals(last); i++) {
            queue = queues.get(Math.floorMod(index++, queues.size()));
        }
        return queue;
    }

    private void refused(SimMessage message, String why) {
        world().ledger().refused(message, why, world().isCalm());
        world().history().say(id(), "could not send " + message + ": " + why);
        world().turns().after(AGAIN, this::next);
    }

    private void arrive(SimMessage message, SimBroker broker, QueueKey queue) {
        if (!world().isUp(broker.master().address()) || !broker.accepts(topic, queue.queue())) {
            refused(message, "broker " + queue.broker() + " did not answer");
            return;
        }
        world().history().say(id(), "sent " + message + " to " + queue.broker() + " queue " + queue.queue());
        switch (type) {
            case DELAY -> hold(HeldKind.DELAYED, message, broker, queue, 5 * World.SECONDS);
            case TRANSACTION -> hold(HeldKind.HALF, message, broker, queue, 50 * World.MILLIS);
            default -> world().store(broker, queue.queue(), message);
        }
        pending = Optional.empty();
        world().turns().after(rest(), this::next);
    }

    /** Messages come in bursts: most follow at once, the others after a while. */
    private long rest() {
        return random().nextInt(BURST) > 0
                ? random().nextLong(interval / 50)
                : interval / 2 + random().nextLong(BURST * 2 * interval);
    }

    private void hold(HeldKind kind, SimMessage message, SimBroker broker, QueueKey queue, long least) {
        world().ledger().promised(message);
        world().hold(
                        broker,
                        kind,
                        message,
                        least + random().nextLong(4 * least),
                        () -> world().store(broker, queue.queue(), message));
    }
}
