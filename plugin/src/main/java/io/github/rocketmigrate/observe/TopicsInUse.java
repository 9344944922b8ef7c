package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows which topics keep their masters and queues at the destination, because clients write there: a key's next messages
 * would go to another queue and overtake those before, and groups that have no offset in a new queue may skip its first
 * messages.
 */
public final class TopicsInUse {
    private static final int MOST_NAMED = 3;

    private TopicsInUse() {}

    /** Whether a topic is; without stages nobody knows who writes, and what a FIFO topic holds tells. */
    public static boolean is(Situation situation, PlannedTopic topic) {
        if (!situation.isOpen(Side.DESTINATION, topic.name())) {
            return false;
        }
        OptionalLong held = situation.queueOffsets().held(topic.name());
        return situation.routing().isPresent()
                || (topic.type() == MessageType.FIFO && (held.isEmpty() || held.getAsLong() > 0));
    }

    /** The masters of the destination that lack a topic. */
    public static SortedSet<String> lacking(Situation situation, String topic) {
        SortedSet<String> lacking =
                new TreeSet<>(situation.destination().brokers().keySet());
        lacking.removeAll(situation.destination().topic(topic).keySet());
        return lacking;
    }

    /** What people should know of masters that came later, in words. */
    public static List<String> warnings(Situation situation) {
        Map<String, SortedSet<String>> byMaster = new TreeMap<>();
        for (PlannedTopic topic : situation.scope().topics()) {
            if (is(situation, topic)) {
                lacking(situation, topic.name())
                        .forEach(master -> byMaster.computeIfAbsent(master, key -> new TreeSet<>())
                                .add(topic.name()));
            }
        }
        String until = situation.routing().isPresent() ? "at read-both" : "once nothing is left in it";
        List<String> warnings = new ArrayList<>();
        byMaster.forEach((master, topics) -> warnings.add("The destination's master " + master + " lacks "
                + (topics.size() == 1 ? "topic " : topics.size() + " topics, ")
                + Names.of(topics, MOST_NAMED)
                + ", which clients write on the others; what is written gets no more masters until it is " + until
                + "."));
        return warnings;
    }
}
