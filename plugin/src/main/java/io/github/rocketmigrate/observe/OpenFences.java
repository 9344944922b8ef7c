package io.github.rocketmigrate.observe;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.record.BegunStep;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the fences of joined clusters that a stopped run has shown to producers but not to every broker. Producers follow
 * the name servers, so these fences have to be closed and opened to their end.
 */
public final class OpenFences {
    private static final Map<Side, Pair> FENCES = Map.of(
            Side.DESTINATION, new Pair(Access.READ, Access.WRITE), Side.SOURCE, new Pair(Access.WRITE, Access.READ));

    private OpenFences() {}

    /** The topics whose routes have to be read from the name servers. */
    public static SortedSet<String> inQuestion(Situation situation) {
        SortedSet<String> topics = situation.scope().topics().stream()
                .filter(topic -> situation.isJoining() && topic.isFenced())
                .map(PlannedTopic::name)
                .collect(toCollection(TreeSet::new));
        topics.removeIf(topic -> opening(situation, topic).isEmpty());
        return topics;
    }

    /** The side that a fence was to open, while its brokers are still closed. */
    private static Optional<Side> opening(Situation situation, String topic) {
        return Optional.ofNullable(situation.recorded().begun().get(topic))
                .filter(BegunStep::fence)
                .flatMap(step -> FENCES.keySet().stream()
                        .filter(side -> step.places().at(side).contains(Access.WRITE)
                                && situation.standing(topic).at(side).contains(Access.NONE))
                        .findFirst());
    }

    /**
     * The permissions of such topics in their fence.
     *
     * @param topics whose routes were read
     * @param routes of the destination, by name server, topic and broker
     */
    public static Map<String, Pair> in(
            Situation situation, Collection<String> topics, Map<String, Map<String, Map<String, RouteEntry>>> routes) {
        Map<String, Pair> open = new HashMap<>();
        for (String topic : topics) {
            opening(situation, topic)
                    .filter(side -> isShownOpen(situation.at(side).topic(topic).keySet(), topic, routes))
                    .ifPresent(side -> open.put(topic, FENCES.get(side)));
        }
        return open;
    }

    /** Whether some name server sends producers to brokers that are closed. */
    private static boolean isShownOpen(
            Set<String> brokers, String topic, Map<String, Map<String, Map<String, RouteEntry>>> routes) {
        return routes.values().stream()
                .map(ofOne -> ofOne.getOrDefault(topic, Map.of()))
                .anyMatch(route -> brokers.stream()
                        .anyMatch(broker -> Optional.ofNullable(route.get(broker))
                                .filter(entry -> entry.access().isWritable())
                                .isPresent()));
    }
}
