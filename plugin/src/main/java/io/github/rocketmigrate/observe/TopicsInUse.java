package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the topics that have to keep their masters and queues at the destination, because clients write there. With
 * other queues, the next messages of a key could overtake earlier ones, and groups without an offset in a new queue
 * could skip its first messages.
 */
public final class TopicsInUse {
    private static final int MOST_NAMED = 3;

    private TopicsInUse() {}

    /** Whether a topic is in use. Without stages, a topic with order that holds messages counts as in use. */
    public static boolean is(Situation situation, PlannedTopic topic) {
        if (!situation.isOpen(Side.DESTINATION, topic.name())) {
            return false;
        }
        OptionalLong held = situation.queueOffsets().held(topic.name());
        return situation.routing().isPresent() || (topic.isFenced() && (held.isEmpty() || held.getAsLong() > 0));
    }

    /** The masters of the destination that lack a topic. */
    public static SortedSet<String> lacking(Situation situation, String topic) {
        SortedSet<String> lacking =
                new TreeSet<>(situation.destination().brokers().keySet());
        lacking.removeAll(situation.destination().topic(topic).keySet());
        return lacking;
    }

    /** Warnings about masters that were added later. */
    public static List<String> warnings(Situation situation) {
        Map<String, SortedSet<String>> byMaster = new TreeMap<>();
        for (PlannedTopic topic : situation.scope().topics()) {
            if (is(situation, topic)) {
                lacking(situation, topic.name())
                        .forEach(master -> byMaster.computeIfAbsent(master, key -> new TreeSet<>())
                                .add(topic.name()));
            }
        }
        String until = situation.routing().isPresent() ? "at read-both" : "empty";
        List<String> warnings = new ArrayList<>();
        byMaster.forEach((master, topics) -> warnings.add("The destination's master " + master + " lacks "
                + Counts.noun(topics.size(), "topic") + " "
                + Names.of(topics, MOST_NAMED)
                + ", which clients write on other masters. A topic in use gets no new masters until it is " + until
                + "."));
        return warnings;
    }
}
