package io.github.rocketmigrate.observe;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the fenced topics of joined clusters that a stopped run has switched on the name servers but not on every broker.
 * Producers follow the name servers, so these switches have to be finished.
 */
public final class OpenFences {
    private static final Set<Pair> FENCES =
            Set.of(new Pair(Access.READ, Access.WRITE), new Pair(Access.WRITE, Access.READ));

    private OpenFences() {}

    /** The topics whose routes have to be read from the name servers. */
    public static SortedSet<String> inQuestion(Situation situation) {
        SortedSet<String> topics = situation.scope().topics().stream()
                .filter(topic -> situation.isJoining() && topic.isFenced())
                .map(PlannedTopic::name)
                .collect(toCollection(TreeSet::new));
        topics.retainAll(situation.recorded().fenced());
        topics.removeIf(topic ->
                situation.standing(topic).pair().filter(FENCES::contains).isPresent());
        return topics;
    }

    /**
     * The permissions that producers see for such topics.
     *
     * @param topics whose routes were read
     * @param routes of the destination, by name server, topic and broker
     */
    public static Map<String, Pair> in(
            Situation situation, Collection<String> topics, Map<String, Map<String, Map<String, RouteEntry>>> routes) {
        Map<String, Pair> open = new HashMap<>();
        for (String topic : topics) {
            routes.values().stream()
                    .flatMap(ofOne -> shown(situation, topic, ofOne.getOrDefault(topic, Map.of())).stream())
                    .filter(FENCES::contains)
                    .findFirst()
                    .ifPresent(pair -> open.put(topic, pair));
        }
        return open;
    }

    private static Optional<Pair> shown(Situation situation, String topic, Map<String, RouteEntry> route) {
        List<Set<Access>> sides = List.of(Side.SOURCE, Side.DESTINATION).stream()
                .map(side -> situation.at(side).topic(topic).keySet().stream()
                        .map(broker -> Optional.ofNullable(route.get(broker))
                                .map(RouteEntry::access)
                                .orElse(Access.NONE))
                        .collect(toSet()))
                .toList();
        return sides.stream().allMatch(accesses -> accesses.size() == 1)
                ? Optional.of(new Pair(
                        sides.get(0).iterator().next(), sides.get(1).iterator().next()))
                : Optional.empty();
    }
}
