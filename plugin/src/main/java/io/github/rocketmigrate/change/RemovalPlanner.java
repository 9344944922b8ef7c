package io.github.rocketmigrate.change;

import io.github.rocketmigrate.observe.ObjectsToRemove.ObjectToRemove;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import java.util.HashSet;
import java.util.Set;

/** Plans the removal of the topics and groups that this plan created at the destination before it had traffic. */
final class RemovalPlanner {
    private final Situation situation;
    private final Draft draft;

    RemovalPlanner(Situation situation, Draft draft) {
        this.situation = situation;
        this.draft = draft;
    }

    void plan() {
        if (situation.toRemove().isEmpty()) {
            return;
        }
        Set<Subject> removed = new HashSet<>();
        for (PlannedTopic topic : situation.scope().topics()) {
            plan(TopicPlanner.subject(topic), situation.toRemove().topics().get(topic.name()), removed);
        }
        for (PlannedGroup group : situation.scope().groups()) {
            plan(GroupPlanner.subject(group), situation.toRemove().groups().get(group.name()), removed);
        }
        draft.notUnchanged(removed);
    }

    private void plan(Subject subject, ObjectToRemove object, Set<Subject> removed) {
        if (object != null) {
            draft.change(new Change.Remove(subject, object.settings(), object.hasRetryTopic()));
            removed.add(subject);
        }
    }
}
