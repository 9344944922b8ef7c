package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * A producer that sends one message after the other. It sends a message that was refused again before the next one, as
 * applications do that must not lose any.
 *
 * <p>Longer than 300 lines: what one client does, connected to one cluster or to both.
 */
final class SimProducer extends SimClient {
    /** A client begins its periodic work before its start is complete. */
    private static final long FIRST_POLL = 10 * World.MILLIS;

    private static final int TRIES = 3;
    /** An application that a cluster refuses sends to the other one, and so on, as long as a send may take. */
    private static final long BETWEEN_CLUSTERS = 20 * World.MILLIS;

    private static final long SEND_TIMEOUT = 3 * World.SECONDS;
    private static final int BURST = 4;
    private static final int ONE_OF_SENDS = 20;
    private static final int ONE_OF_DELAYS = 4;
    private static final int SHORT_LEVEL = 2;
    private static final int ONE_OF_HELD = 8;
    private static final long LONG_HELD = 40 * World.SECONDS;

    private final String topic;
    private final MessageType type;
    private final List<String> keys;
    private final long interval;
    private final IntSupplier numbers;
    private final Manner manner;
    private int index;
    private Optional<SimMessage> pending = Optional.empty();
    /** With {@code routing: client}, an application is connected to both clusters. */
    private Optional<SimConnection> second = Optional.empty();

    /** The brokers of a cluster that takes its messages which name servers have not listed, and which do not take any since. */
    private final SortedSet<String> gone = new TreeSet<>();

    /** Which brokers were gone when a message of a key was sent last; without keys for which none was. */
    private final Map<String, SortedSet<String>> goneFor = new HashMap<>();

    private boolean isAtSecond;
    /** When it began to send the present message. */
    private long begun;
    /** How often its application was restarted. */
    private int life;

    /**
     * How a producer chooses queues.
     *
     * @param poll how often it asks for routes
     * @param byKey whether all messages of a key go to one queue
     * @param holdsLong whether brokers hold some of its messages for minutes
     * @param avoidsSlowBrokers whether it now and then takes a queue of any broker, open or not, as clients do for whom
     *     the others were slow
     * @param isPaused whether no producer is meant to find a queue now
     */
    record Manner(long poll, boolean byKey, boolean holdsLong, boolean avoidsSlowBrokers, BooleanSupplier isPaused) {}

    /**
     * Creates a producer.
     *
     * @param keys the keys of its messages
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
            Manner manner,
            IntSupplier numbers) {
        super(world, id, nameServers);
        this.manner = manner;
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
        SimProducer next = new SimProducer(world(), id(), others, topic, type, keys, interval, manner, numbers);
        next.pending = pending;
        next.life = life + 1;
        next.gone.addAll(gone);
        next.goneFor.putAll(goneFor);
        return next;
    }

    /** The application connects to a second cluster as well. */
    void connect(List<String> others) {
        SimConnection connection = new SimConnection(world(), id(), others, topic);
        boolean unused = connection.poll(topic);
        second = Optional.of(connection);
    }

    /** The cluster that took the last message. */
    private SimClient current() {
        return isAtSecond ? second.orElseThrow() : this;
    }

    /** The id as brokers know it: that of its process. */
    String clientId() {
        return life == 0 ? id() : id() + "@" + life;
    }

    /** The address of the process with a client id, on a host of its own. */
    static String address(String clientId) {
        int at = clientId.indexOf('@');
        return at < 0 ? clientId + ":0" : clientId.substring(0, at) + ":" + clientId.substring(at + 1);
    }

    /** Whether it reports to a broker: a client does so once the broker is in one of its routes. */
    boolean isConnectedTo(String broker) {
        QueueKey queue = new QueueKey(broker, 0);
        return !isStopped()
                && (broker(topic, queue).isPresent()
                        || second.filter(it -> it.broker(topic, queue).isPresent())
                                .isPresent());
    }

    String topic() {
        return topic;
    }

    void start() {
        world().connect(this);
        boolean unused = poll(topic);
        world().turns().after(FIRST_POLL, this::pollAgain);
        world().turns().after(random().nextLong(interval), this::next);
    }

    private void pollAgain() {
        if (!isStopped()) {
            pollAll();
            world().turns().after(manner.poll(), this::pollAgain);
        }
    }

    @Override
    void pollAll() {
        if (poll(topic)) {
            world().history().say(id(), "has a new route of " + topic);
        }
        second.ifPresent(SimConnection::pollAll);
    }

    /** Sends the next message, or the one that was refused again. */
    void next() {
        if (isStopped()) {
            return;
        }
        if (pending.isEmpty()) {
            pending = Optional.of(message());
            world().ledger().begun(pending.get(), world().now());
        }
        SimMessage message = pending.get();
        begun = world().now();
        send(message, 0, "");
    }

    private SimMessage message() {
        String key = keys.get(random().nextInt(keys.size()));
        return new SimMessage(
                numbers.getAsInt(), topic, key, world().ledger().nextPlace(topic, key), clientId(), Optional.empty());
    }

    private void send(SimMessage message, int tries, String last) {
        List<QueueKey> queues = choices();
        if (queues.isEmpty()) {
            // A client without a queue to write asks for the route at once, for each message.
            boolean unused = current().poll(topic);
            queues = writable();
        }
        if (queues.isEmpty()) {
            failed(message, "no route");
            return;
        }
        QueueKey queue = manner.byKey() ? byKey(message, queues) : nextQueue(queues, last);
        if (manner.byKey() && (isDividedAnew(message, queue) || isRouteIncomplete())) {
            world().ledger().disturbed(message);
        }
        Optional<SimBroker> broker = current().broker(topic, queue);
        if (broker.isEmpty() || !broker.get().accepts(topic, queue.queue())) {
            if (!manner.byKey() && tries + 1 < TRIES) {
                send(message, tries + 1, queue.broker());
            } else {
                failed(message, "broker " + queue.broker() + " cannot be reached");
            }
            return;
        }
        world().turns()
                .after(World.MILLIS + random().nextLong(3 * World.MILLIS), () -> arrive(message, broker.get(), queue));
    }

    /**
     * Whether its route has some masters of a cluster that would take messages, and leaves out others: then name servers
     * do not list all that are there.
     */
    private boolean isRouteIncomplete() {
        for (Side side : Side.values()) {
            boolean someKnown = false;
            boolean someUnknown = false;
            for (SimBroker broker : world().brokers(side)) {
                TopicSettings settings = broker.topics().get(topic);
                if (settings != null && settings.access().isWritable()) {
                    boolean known = current()
                            .route(topic)
                            .filter(route -> route.isWritable(broker.name()))
                            .isPresent();
                    someKnown |= known;
                    someUnknown |= !known;
                }
            }
            if (someKnown && someUnknown) {
                return true;
            }
        }
        return false;
    }

    /** A broker is added to its cluster: as soon as a producer knows it, hashes choose among more queues. */
    void divideAnew(String added) {
        if (isWritten(world().broker(added).cluster())) {
            gone.add(added);
            keys.forEach(key -> goneFor.put(key, new TreeSet<>(gone)));
        }
    }

    /** A broker that name servers stop to list loses its keys to others of its cluster, and gets them back when it is open. */
    private void noteGone() {
        current().route(topic).ifPresent(route -> {
            for (SimBroker broker : world().brokers()) {
                if (route.isWritable(broker.name())) {
                    gone.remove(broker.name());
                } else if (route.master(broker.name()).isEmpty()
                        && broker.topics().containsKey(topic)
                        && isWritten(broker.cluster())) {
                    gone.add(broker.name());
                }
            }
        });
    }

    private boolean isWritten(String cluster) {
        return current()
                .route(topic)
                .filter(route -> world().brokers().stream()
                        .anyMatch(broker -> broker.cluster().equals(cluster) && route.isWritable(broker.name())))
                .isPresent();
    }

    /** Whether its key has moved to another queue because brokers of the cluster have gone, or have come back. */
    private boolean isDividedAnew(SimMessage message, QueueKey queue) {
        noteGone();
        SortedSet<String> before =
                gone.isEmpty() ? goneFor.remove(message.key()) : goneFor.put(message.key(), new TreeSet<>(gone));
        SortedSet<String> changed = new TreeSet<>(gone);
        if (before != null) {
            changed.addAll(before);
            changed.removeIf(broker -> gone.contains(broker) && before.contains(broker));
        }
        String cluster = world().broker(queue.broker()).cluster();
        return changed.stream()
                .anyMatch(broker -> world().broker(broker).cluster().equals(cluster));
    }

    private List<QueueKey> writable() {
        return current().route(topic).map(SimRoute::writable).orElse(List.of());
    }

    private List<QueueKey> choices() {
        return manner.avoidsSlowBrokers() && random().nextInt(ONE_OF_SENDS) == 0
                ? current().route(topic).map(SimRoute::ofAnyAccess).orElse(List.of())
                : writable();
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

    private void failed(SimMessage message, String why) {
        if (second.isPresent() && world().now() - begun < SEND_TIMEOUT) {
            isAtSecond = !isAtSecond;
            world().turns().after(BETWEEN_CLUSTERS, () -> {
                if (!isStopped()) {
                    send(message, 0, "");
                }
            });
        } else {
            refused(message, why);
        }
    }

    private void refused(SimMessage message, String why) {
        boolean isPaused = manner.isPaused().getAsBoolean();
        world().ledger().refused(message, why, world().isCalm() && !isPaused);
        world().history().say(id(), "could not send " + message + ": " + why);
        world().turns().after(world().clients().resend(), this::next);
    }

    private void arrive(SimMessage message, SimBroker broker, QueueKey queue) {
        if (!world().isUp(broker.master().address()) || !broker.accepts(topic, queue.queue())) {
            failed(message, "broker " + queue.broker() + " did not answer");
            return;
        }
        world().history().say(id(), () -> "sent " + message + " to " + queue.broker() + " queue " + queue.queue());
        switch (type) {
            case DELAY -> delay(message, broker, queue);
            case TRANSACTION ->
                hold(new SimBroker.Held(HeldKind.HALF, message, 0), broker, queue, least(50 * World.MILLIS));
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

    /** Now and then a message waits for the longest time that brokers know. */
    private void delay(SimMessage message, SimBroker broker, QueueKey queue) {
        boolean isLong = message.number() % ONE_OF_DELAYS == 0;
        hold(
                new SimBroker.Held(HeldKind.DELAYED, message, isLong ? SimServer.HIGHEST_LEVEL : SHORT_LEVEL),
                broker,
                queue,
                isLong ? 45 * World.SECONDS : least(5 * World.SECONDS));
    }

    private long least(long usual) {
        return manner.holdsLong() && random().nextInt(ONE_OF_HELD) == 0 ? LONG_HELD : usual;
    }

    private void hold(SimBroker.Held held, SimBroker broker, QueueKey queue, long least) {
        world().ledger().promised(held.message());
        world().hold(
                        broker,
                        held,
                        least + random().nextLong(4 * least),
                        () -> world().store(broker, queue.queue(), held.message()));
    }
}
