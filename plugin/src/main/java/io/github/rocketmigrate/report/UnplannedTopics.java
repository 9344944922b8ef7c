package io.github.rocketmigrate.report;

import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Optional;
import java.util.SortedSet;

/** The topics of the source that a plan neither moves nor ignores, and that would be lost with the source. */
final class UnplannedTopics {
    private static final int MOST_NAMED = 3;

    private UnplannedTopics() {}

    private static SortedSet<String> in(Situation situation) {
        return situation.source().topicsBesides(situation.plan().knownTopics());
    }

    /** {@code 2 of its topics are not in the plan (audit-log, mail)}, where "its" is the source. */
    static Optional<String> words(Situation situation) {
        SortedSet<String> topics = in(situation);
        return topics.isEmpty()
                ? Optional.empty()
                : Optional.of(topics.size() + " of its topics " + Counts.isOrAre(topics.size()) + " not in the plan ("
                        + Names.of(topics, MOST_NAMED) + ")");
    }

    /** What to do with them before the end; continues "Next:". */
    static Optional<String> task(Situation situation) {
        SortedSet<String> topics = in(situation);
        boolean isOne = topics.size() == 1;
        return topics.isEmpty()
                ? Optional.empty()
                : Optional.of((isOne
                                ? "add the topic of the source that is not in the plan ("
                                : "add the " + topics.size() + " topics of the source that are not in the plan (")
                        + Names.of(topics, MOST_NAMED) + ") to the plan, or to ignoredTopics if "
                        + (isOne ? "it stays" : "they stay") + " there; until then, "
                        + (situation.isJoining() ? "keep the join" : "leave complete: false"));
    }
}
