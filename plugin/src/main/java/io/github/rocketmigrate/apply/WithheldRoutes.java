package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.write.Timing;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The routes of topics in a fence, as they will be when it opens. A consumer logs a warning per second and queue that it may
 * not read yet: after the time that a fence may last, it is shown what the brokers have.
 */
final class WithheldRoutes {
    private final Timing timing;
    private final Map<String, Timing.Stopwatch> closed = new HashMap<>();

    WithheldRoutes(Timing timing) {
        this.timing = requireNonNull(timing, "timing is null");
    }

    /**
     * The routes by topic and broker.
     *
     * @param opened the topics whose brokers open now, and report their routes themselves
     */
    Map<String, Map<String, TopicSettings>> of(ChangeSet changes, Situation situation, Set<String> opened) {
        FencePolicy policy = situation.traffic().map(Traffic::policy).orElse(FencePolicy.USUAL);
        Map<String, Map<String, TopicSettings>> routes = new TreeMap<>();
        for (Change change : changes.changes()) {
            if (situation.isJoining()
                    && change instanceof MoveTopic move
                    && move.rung() instanceof Rung.Wait wait
                    && wait.then().access().isReadable()) {
                String topic = move.subject().name();
                boolean isLate =
                        closed.computeIfAbsent(topic, key -> timing.stopwatch()).isOver(policy.fence());
                routes.put(topic, route(topic, wait, isLate, situation));
            }
        }
        closed.keySet().retainAll(routes.keySet());
        routes.keySet().removeAll(opened);
        return routes;
    }

    private static Map<String, TopicSettings> route(String topic, Rung.Wait wait, boolean isLate, Situation situation) {
        Map<String, TopicSettings> route =
                new TreeMap<>(situation.at(wait.until()).topic(topic));
        situation
                .at(wait.then().side())
                .topic(topic)
                .forEach((broker, found) -> route.put(
                        broker, isLate ? found : found.withAccess(wait.then().access())));
        return route;
    }
}
