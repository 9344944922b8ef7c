package io.github.rocketmigrate.change;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.TopicsInUse;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.text.Counts;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plans how many write queues of a topic each master of the destination gets: all of them, or the share of a canary.
 */
final class WriteQueues {
    private final Situation situation;
    private final Draft draft;

    WriteQueues(Situation situation, Draft draft) {
        this.situation = situation;
        this.draft = draft;
    }

    /** The write queues by master; nothing where no number of queues makes the planned canary. */
    Optional<SortedMap<String, Integer>> of(PlannedTopic topic, TopicSettings target) {
        SortedSet<String> masters =
                new TreeSet<>(situation.destination().brokers().keySet());
        if (TopicsInUse.is(situation, topic)) {
            masters.removeAll(TopicsInUse.lacking(situation, topic.name()));
        }
        return topic.batch()
                .canary()
                .map(Located::value)
                .filter(percent -> topic.wanted() == Stage.WRITE_BOTH)
                .map(percent -> canary(topic, target, masters, percent))
                .orElseGet(() -> Optional.of(all(topic, target, masters)));
    }

    private SortedMap<String, Integer> all(PlannedTopic topic, TopicSettings target, SortedSet<String> masters) {
        SortedMap<String, TopicSettings> found = situation.destination().topic(topic.name());
        boolean both = situation.routing().isPresent()
                && topic.wanted() != Stage.WRITE_BOTH
                && situation.standing(topic.name()).pair().equals(Optional.of(Pair.of(Stage.WRITE_BOTH)));
        SortedMap<String, Integer> all = new TreeMap<>();
        for (String master : masters) {
            TopicSettings has = found.get(master);
            // While producers write both clusters, more queues would be a larger share: they come after the step.
            boolean shares = both && has != null && has.writeQueues() < has.readQueues();
            all.put(master, shares ? has.writeQueues() : target.queues());
        }
        return all;
    }

    private Optional<SortedMap<String, Integer>> canary(
            PlannedTopic topic, TopicSettings target, SortedSet<String> masters, int percent) {
        int ofSource = situation.source().topic(topic.name()).values().stream()
                .mapToInt(TopicSettings::writeQueues)
                .sum();
        Canary canary = new Canary(ofSource, masters, target.queues());
        Optional<SortedMap<String, Integer>> queues = canary.queuesFor(percent);
        if (queues.isEmpty()) {
            draft.impossible(
                    TopicPlanner.subject(topic),
                    Cause.CANARY_SHARE,
                    "topic '" + topic.name() + "' cannot have " + percent + "% of its writes at the destination: with "
                            + Counts.of(ofSource, "write queue") + " in the source and up to " + target.queues()
                            + " on "
                            + (masters.size() == 1
                                    ? "the destination's master"
                                    : "each of the destination's " + masters.size() + " masters")
                            + ", the nearest shares are " + canary.possible(percent),
                    "Set canary to about one of these shares, or plan more queues.");
        }
        return queues;
    }
}
