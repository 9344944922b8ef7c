package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.TopicsInUse;
import io.github.rocketmigrate.text.Counts;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds topics that cannot get the planned queues because clients write to them, see {@link TopicsInUse}. */
final class QueuesInUse {
    private final Situation situation;
    private final Draft draft;

    QueuesInUse(Situation situation, Draft draft) {
        this.situation = situation;
        this.draft = draft;
    }

    /** Whether some master has queues that cannot change while clients write there. */
    static boolean differ(PlannedTopic topic, TopicSettings target, Map<String, TopicSettings> found) {
        return found.values().stream().anyMatch(has -> differs(topic, target, has));
    }

    private static boolean differs(PlannedTopic topic, TopicSettings target, TopicSettings has) {
        int number = number(topic, has);
        return topic.isFenced() ? number != target.queues() : number < target.queues();
    }

    /** The queues that must not change: of a topic whose order is kept, those to which keys are sent. */
    private static int number(PlannedTopic topic, TopicSettings has) {
        return topic.isFenced() ? has.writeQueues() : has.queues();
    }

    /**
     * Whether a topic in use keeps its queues. The draft gets the reason, unless the topic is on its way to a stage
     * where they can change.
     */
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
                    Cause.QUEUES_IN_USE,
                    what(subject, topic, target, numbers),
                    fix(isOnLadder, target, numbers));
        }
        return true;
    }

    private static String what(Subject subject, PlannedTopic topic, TopicSettings target, SortedSet<Integer> numbers) {
        String queues = Counts.of(target.queues(), "queue");
        String others = numbers.size() == 1 ? "" + numbers.first() : numbers.first() + " to " + numbers.last();
        return "topic '" + subject.name() + "' is "
                + (topic.isFenced()
                        ? MovePlanner.order(topic) + " and written by clients at the destination: with " + queues
                                + " instead of " + others
                                + ", keys would go to other queues and overtake unread messages"
                        : "written by clients at the destination: with " + queues + " instead of " + others
                                + ", groups could skip the first messages of new queues");
    }

    private static String fix(boolean isOnLadder, TopicSettings target, SortedSet<Integer> numbers) {
        boolean mayGrow = isOnLadder && numbers.last() <= target.queues();
        String back = "Set stage: read-both to add the queues, then plan the stage again";
        if (numbers.size() > 1) {
            return (mayGrow ? back : "Give it the same queues on all masters while no client writes") + ".";
        }
        return (mayGrow ? back + ", or set queues: " : "Set queues: ") + numbers.first() + ".";
    }
}
