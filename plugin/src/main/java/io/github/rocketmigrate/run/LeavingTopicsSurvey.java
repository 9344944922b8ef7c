package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads what only topics need that are about to leave the source. A waiting run looks every few seconds, and a sample
 * is large, so each serves for a while.
 */
final class LeavingTopicsSurvey {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    private final Connections clusters;
    private final Map<String, Taken> taken = new HashMap<>();

    LeavingTopicsSurvey(Connections clusters) {
        this.clusters = requireNonNull(clusters, "clusters is null");
    }

    private record Taken(MessageSample sample, Instant at) {
        boolean servesAt(Instant now) {
            return sample.unseen().isEmpty() && at.plus(LONG_ENOUGH).isAfter(now);
        }
    }

    /**
     * The samples of those topics whose next step leaves the source.
     *
     * @param queues the source's offsets of the topics
     */
    Map<String, MessageSample> samples(Situation situation, Collection<String> topics, QueueOffsets queues) {
        Instant now = situation.readAt();
        SortedSet<String> leaving = leaving(situation, topics);
        taken.keySet().retainAll(leaving);
        SortedSet<String> asked = new TreeSet<>(leaving);
        asked.removeIf(topic -> taken.containsKey(topic) && taken.get(topic).servesAt(now));
        if (!asked.isEmpty()) {
            clusters.one(Side.SOURCE, (side, reader) -> reader.samples(situation.at(side), queues, asked))
                    .forEach((topic, sample) -> taken.put(topic, new Taken(sample, now)));
        }
        Map<String, MessageSample> samples = new HashMap<>();
        taken.forEach((topic, it) -> samples.put(topic, it.sample()));
        return samples;
    }

    /** The topics with a published order at the name servers of each side, if a topic leaves the source. */
    Map<Side, Map<String, SortedSet<String>>> ordered(Situation situation, Collection<String> topics) {
        return leaving(situation, topics).isEmpty()
                ? Map.of()
                : clusters.both((side, reader) -> reader.orderedTopics());
    }

    private static SortedSet<String> leaving(Situation situation, Collection<String> topics) {
        return situation.scope().topics().stream()
                .filter(topic -> topics.contains(topic.name())
                        && topic.wanted() != Stage.SOURCE
                        && situation.isAt(Stage.SOURCE, topic.name()))
                .map(PlannedTopic::name)
                .collect(toCollection(TreeSet::new));
    }
}
