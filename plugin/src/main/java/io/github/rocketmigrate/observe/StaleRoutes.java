package io.github.rocketmigrate.observe;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.record.BegunStep;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds topics that have arrived at a stage, while some name server still shows the permissions before it. A broker that
 * could not reach a name server in time reports its next change there, and not the one before.
 */
public final class StaleRoutes {
    private StaleRoutes() {}

    /**
     * The topics whose routes have to be read from the name servers: no run has seen how their last step ended. In a fence that
     * a stopped run has begun, name servers may be ahead of brokers: see {@link OpenFences}.
     */
    public static SortedSet<String> inQuestion(Situation situation) {
        SortedSet<String> topics =
                situation.scope().topics().stream().map(PlannedTopic::name).collect(toCollection(TreeSet::new));
        topics.retainAll(situation.recorded().begun().keySet());
        topics.removeAll(OpenFences.inQuestion(situation));
        topics.removeIf(topic -> stage(situation, topic).isEmpty() || isConfirmed(situation, topic));
        return topics;
    }

    private static Optional<Pair> stage(Situation situation, String topic) {
        return situation.standing(topic).pair().filter(pair -> pair.stage().isPresent());
    }

    /** A run also keeps the note of a step that it has confirmed, without the permissions before it. */
    private static boolean isConfirmed(Situation situation, String topic) {
        BegunStep step = situation.recorded().begun().get(topic);
        return step.places().equals(situation.standing(topic));
    }

    /**
     * The permissions of such topics.
     *
     * @param topics whose routes were read
     * @param routes of the name servers of each side, by name server, topic and broker
     */
    public static Map<String, Pair> in(
            Situation situation,
            Collection<String> topics,
            Map<Side, Map<String, Map<String, Map<String, RouteEntry>>>> routes) {
        Map<String, Pair> stale = new HashMap<>();
        for (String topic : topics) {
            boolean isStale = routes.entrySet().stream()
                    .anyMatch(ofSide -> ofSide.getValue().values().stream()
                            .map(ofOne -> ofOne.getOrDefault(topic, Map.of()))
                            .anyMatch(route -> known(situation, ofSide.getKey())
                                    .anyMatch(broker -> isStale(broker, topic, route.get(broker.name())))));
            if (isStale) {
                stage(situation, topic).ifPresent(pair -> stale.put(topic, pair));
            }
        }
        return stale;
    }

    /** The masters whose topics the name servers of a side show. */
    private static Stream<Broker> known(Situation situation, Side side) {
        return Arrays.stream(Side.values())
                .filter(of -> of == side || (side == Side.DESTINATION && situation.isJoining()))
                .flatMap(of -> situation.at(of).masters());
    }

    /** A broker that a name server does not list will register all its topics. */
    private static boolean isStale(Broker broker, String topic, RouteEntry shown) {
        return shown != null
                && broker.topics().containsKey(topic)
                && !shown.equals(RouteEntry.of(broker.topics().get(topic), broker));
    }
}
