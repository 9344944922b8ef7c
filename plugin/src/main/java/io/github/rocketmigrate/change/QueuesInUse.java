package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.change.Impossible.Reason;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.TopicsInUse;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Says where a topic cannot have the queues of the plan because clients write it, see {@link TopicsInUse}. */
final class QueuesInUse {
    private final Situation situation;
    private final Draft draft;

    QueuesInUse(Situation situation, Draft draft) {
        this.situation = situation;
        this.draft = draft;
    }

    /** Whether some master has other queues than a topic that is written there can be given. */
    static boolean differ(PlannedTopic topic, TopicSettings target, Map<String, TopicSettings> found) {
        return found.values().stream().anyMatch(has -> differs(topic, target, has));
    }

    private static boolean differs(PlannedTopic topic, TopicSettings target, TopicSettings has) {
        int number = number(topic, has);
        return topic.type() == MessageType.FIFO ? number != target.queues() : number < target.queues();
    }

    /** The queues that matter: of FIFO topics those in which keys are put. */
    private static int number(PlannedTopic topic, TopicSettings has) {
        return topic.type() == MessageType.FIFO ? has.writeQueues() : has.queues();
    }

    /** Whether a settled topic keeps the queues that it has; the draft says so, unless it is on its way to where they change. */
    boolean stay(Subject subject, PlannedTopic topic, TopicSettings target) {
        Map<String, TopicSettings> found = situation.destination().topic(subject.name());
        if (!differ(topic, target, found)) {
            return false;
        }
        boolean isOnLadder =
                situation.routing().isPresent() && !situation.recorded().complete();
        if (!isOnLadder || topic.wanted().isAheadOf(Stage.READ_BOTH)) {
            SortedSet<Integer> numbers =
                    found.values().stream().map(has -> number(topic, has)).collect(toCollection(TreeSet::new));
            draft.impossible(
                    subject,
                    Reason.QUEUES_IN_USE,
                    what(subject, topic, target, numbers),
                    fix(isOnLadder, target, numbers));
        }
        return true;
    }

    private static String what(Subject subject, PlannedTopic topic, TopicSettings target, SortedSet<Integer> numbers) {
        String queues = target.queues() == 1 ? "1 queue" : target.queues() + " queues";
        String others = numbers.size() == 1 ? "" + numbers.first() : numbers.first() + " to " + numbers.last();
        return "topic '" + subject.name() + "' is "
                + (topic.type() == MessageType.FIFO
                        ? "FIFO and written at the destination: with " + queues + " in place of " + others
                                + ", keys would go to other queues and overtake what is not consumed yet"
                        : "written at the destination: with " + queues + " in place of " + others
                                + ", groups could skip the first messages of new queues");
    }

    private static String fix(boolean isOnLadder, TopicSettings target, SortedSet<Integer> numbers) {
        boolean mayGrow = isOnLadder && numbers.last() <= target.queues();
        String back = "Plan stage read-both for it, where apply adds them, and then forward again";
        if (numbers.size() > 1) {
            return (mayGrow ? back : "Give all its masters the same queues while nobody writes") + ".";
        }
        return (mayGrow ? back + "; or plan queues: " : "Plan queues: ") + numbers.first() + ".";
    }
}
