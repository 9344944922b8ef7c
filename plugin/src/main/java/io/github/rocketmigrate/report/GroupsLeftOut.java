package io.github.rocketmigrate.report;

import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names the groups that have read topics of a plan and are not in it, while no check asks about them: the topic stays at the
 * source, is in a fence, or has come to its stage. Before a later step, the check {@code groups-planned} stops their topics.
 */
final class GroupsLeftOut {
    private static final int MOST_NAMED = 3;

    private final Situation situation;
    private final SortedSet<String> topics = new TreeSet<>();
    private final SortedSet<String> groups = new TreeSet<>();

    private GroupsLeftOut(Situation situation) {
        this.situation = situation;
    }

    /** Nothing if there are none, or if consumer offsets were not read because the plan does not join the clusters. */
    static List<String> notes(Situation situation) {
        if (!situation.isJoining()) {
            return List.of();
        }
        GroupsLeftOut atSource = new GroupsLeftOut(situation);
        GroupsLeftOut onTheWay = new GroupsLeftOut(situation);
        for (PlannedTopic topic : situation.scope().topics()) {
            if (topic.wanted() == Stage.SOURCE) {
                atSource.look(topic.name());
            } else if (situation.isBetweenEnds(topic.name())
                    && (topic.inFence() || situation.isAt(topic.wanted(), topic.name()))) {
                onTheWay.look(topic.name());
            }
        }
        List<String> notes = new ArrayList<>();
        atSource.add(notes, "before " + atSource.theTopics("leaves", "leave") + " source.");
        onTheWay.add(
                notes,
                "before " + onTheWay.theTopics("moves", "move") + " on. A fence does not wait for "
                        + Counts.itOrThem(onTheWay.groups.size()) + ".");
        return notes;
    }

    private void look(String topic) {
        Set<String> known = situation.plan().knownGroups();
        SortedSet<String> of = new TreeSet<>(situation.offsets().groupsOf(topic));
        situation
                .traffic()
                .filter(traffic -> traffic.covers(topic))
                .ifPresent(traffic -> of.addAll(traffic.groupsOf(topic)));
        of.removeAll(known);
        if (!of.isEmpty()) {
            topics.add(topic);
            groups.addAll(of);
        }
    }

    private String theTopics(String one, String several) {
        return topics.size() == 1 ? "the topic " + one : "these topics " + several;
    }

    private void add(List<String> notes, String before) {
        if (groups.isEmpty()) {
            return;
        }
        boolean isOne = groups.size() == 1;
        notes.add((isOne ? "Group " : "Groups ") + Names.of(groups, MOST_NAMED)
                + (isOne ? " has" : " have") + " offsets of " + Names.of(topics, MOST_NAMED) + " and "
                + (isOne ? "is" : "are") + " not in the plan. Add " + Counts.itOrThem(groups.size())
                + " to groups, or to ignoredGroups if nobody runs " + Counts.itOrThem(groups.size()) + ", " + before);
    }
}
