package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads what the source still has of topics that have left it, as long as clients may send there. A waiting run looks
 * often, and there may be many such topics, so a reading serves for a while.
 */
final class LeftBehind {
    private final RareReading<SortedSet<String>, QueueOffsets> readings = new RareReading<>();
    /** What has come late, and who sent it: read once for the same messages. */
    private Map<String, Long> late = Map.of();

    private Map<String, TopicSenders> senders = Map.of();

    QueueOffsets of(Situation situation, Function<SortedSet<String>, QueueOffsets> reading) {
        SortedSet<String> left = left(situation);
        return left.isEmpty()
                ? QueueOffsets.NONE
                : readings.of(left, situation.readAt(), mayLeaveJoin(situation), reading);
    }

    /** Reads who sent to the source after topics had left it. */
    Map<String, TopicSenders> senders(
            Situation situation, Function<Map<String, Long>, Map<String, TopicSenders>> reading) {
        Map<String, Long> counts = new TreeMap<>();
        situation
                .leftBehind()
                .topics()
                .keySet()
                .forEach(topic -> situation.late(topic).stream()
                        .filter(count -> count > 0)
                        .forEach(count -> counts.put(topic, count)));
        if (!counts.equals(late)) {
            senders = counts.isEmpty() ? Map.of() : reading.apply(counts);
            late = counts;
        }
        return senders;
    }

    /** What decides about the end has to be fresh. */
    private static boolean mayLeaveJoin(Situation situation) {
        return situation.plan().traffic().filter(TrafficPlan::complete).isPresent();
    }

    /** Once the join is left, clients cannot reach the source any more. */
    private static SortedSet<String> left(Situation situation) {
        if (situation.routing().isEmpty() || situation.recorded().complete()) {
            return new TreeSet<>();
        }
        return situation.scope().topics().stream()
                .map(PlannedTopic::name)
                .filter(topic -> situation.isAt(Stage.DESTINATION, topic)
                        && !situation.source().topic(topic).isEmpty())
                .collect(toCollection(TreeSet::new));
    }
}
