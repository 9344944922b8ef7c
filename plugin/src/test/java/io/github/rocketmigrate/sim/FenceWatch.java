package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Watches what consumers see of a closed fence while a run is at work and nothing goes wrong: the route must say that the
 * brokers which the fence is going to open can be read, or else consumers give their queues away.
 */
final class FenceWatch {
    /**
     * So long after a write to a broker its registration may still replace the route, of another topic as well: the usual one,
     * which comes before that of the changed topic, has all topics and a new version.
     */
    private static final long SETTLING = World.SECONDS;
    /** So long after its beginning a run may not have looked yet; a lease may have to be waited for. */
    private static final long BEGINNING = 30 * World.SECONDS;

    private final World world;
    private final Invariants invariants;
    private final long longest;
    /** By topic. */
    private final SortedMap<String, Long> written = new TreeMap<>();

    private final SortedMap<String, Long> writtenTo = new TreeMap<>();
    private final List<Running> running = new ArrayList<>();

    private record Running(SimProcess process, long since) {}

    /** Watches fences that may stay closed for {@code longest}. */
    FenceWatch(World world, Invariants invariants, Duration longest) {
        this.world = world;
        this.invariants = invariants;
        this.longest = Turns.micros(longest);
    }

    void begins(SimProcess process) {
        running.add(new Running(process, world.now()));
    }

    /** A broker has other settings of a topic. */
    void written(SimBroker broker, String topic) {
        written.put(topic, world.now());
        writtenTo.put(broker.name(), world.now());
    }

    /** A consumer has the route of a topic that some name server gave it. */
    void polled(SimConsumer consumer, String topic) {
        Optional<Side> opening = opening(topic);
        if (opening.isEmpty() || !world.isCalm() || !isHeld(topic) || !isRunAtWork()) {
            return;
        }
        SimRoute route = consumer.route(topic).orElseThrow();
        for (SimBroker broker : world.brokers(opening.get())) {
            if (broker.topics().containsKey(topic)
                    && world.now() - writtenTo.getOrDefault(broker.name(), 0L) > SETTLING
                    && route.readable().stream()
                            .noneMatch(queue -> queue.broker().equals(broker.name()))) {
                invariants.violated(
                        "fence unnoticed",
                        consumer.id() + " sees that " + topic + " cannot be read at " + broker.name()
                                + ", which the fence is going to open");
            }
        }
    }

    /** A hold begins when the fence is closed, and ends when it has lasted too long. */
    private boolean isHeld(String topic) {
        long closed = world.now() - written.getOrDefault(topic, 0L);
        return closed > SETTLING && closed < longest;
    }

    /** A run that was not killed, and none of whose requests has met a fault. */
    private boolean isRunAtWork() {
        return running.stream()
                .anyMatch(run -> run.process().isWell(World.MINUTES)
                        && run.process().met().isEmpty()
                        && world.now() - run.since() > BEGINNING);
    }

    /** The side that a closed fence of a topic is going to open. */
    private Optional<Side> opening(String topic) {
        for (Side side : Side.values()) {
            Side other = side == Side.SOURCE ? Side.DESTINATION : Side.SOURCE;
            if (accesses(side, topic).equals(Set.of(Access.WRITE))
                    && accesses(other, topic).equals(Set.of(Access.READ))) {
                return Optional.of(side);
            }
        }
        return Optional.empty();
    }

    private Set<Access> accesses(Side side, String topic) {
        return world.brokers(side).stream()
                .map(broker -> broker.topics().get(topic))
                .filter(settings -> settings != null)
                .map(TopicSettings::access)
                .collect(Collectors.toSet());
    }
}
