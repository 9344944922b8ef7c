package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names the groups that have read topics of a plan and are not in it, while these topics stay at the source. Later, the
 * check {@code groups-planned} stops their topics.
 */
final class GroupsLeftOut {
    private static final int MOST_NAMED = 3;

    private GroupsLeftOut() {}

    /** Nothing if there are none, or if consumer offsets were not read because the plan does not join the clusters. */
    static Optional<String> note(Situation situation) {
        if (!situation.isJoining()) {
            return Optional.empty();
        }
        Set<String> known = situation.plan().knownGroups();
        SortedSet<String> topics = new TreeSet<>();
        SortedSet<String> groups = new TreeSet<>();
        for (PlannedTopic topic : situation.scope().topics()) {
            if (topic.wanted() == Stage.SOURCE) {
                SortedSet<String> of = situation.offsets().groupsOf(topic.name()).stream()
                        .filter(group -> !known.contains(group))
                        .collect(toCollection(TreeSet::new));
                if (!of.isEmpty()) {
                    topics.add(topic.name());
                    groups.addAll(of);
                }
            }
        }
        boolean isOne = groups.size() == 1;
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of((isOne ? "Group " : "Groups ") + Names.of(groups, MOST_NAMED)
                        + (isOne ? " has" : " have") + " offsets of " + Names.of(topics, MOST_NAMED) + " and "
                        + (isOne ? "is" : "are") + " not in the plan. Add " + Counts.itOrThem(groups.size())
                        + " to groups, or to ignoredGroups if nobody runs " + Counts.itOrThem(groups.size())
                        + ", before " + (topics.size() == 1 ? "the topic leaves" : "these topics leave")
                        + " source.");
    }
}
