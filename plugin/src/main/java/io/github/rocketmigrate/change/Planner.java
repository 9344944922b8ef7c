package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.ChangeSet.UnplannedObjects;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the changes that make the clusters match the plan, from a situation and nothing else. */
public final class Planner {
    private Planner() {}

    /** The topics whose messages at the destination {@link #plan} needs to know. */
    public static SortedSet<String> inQuestion(Situation situation) {
        TopicPlanner topics = new TopicPlanner(situation, new Draft());
        return situation.scope().topics().stream()
                .filter(topics::isInQuestion)
                .map(PlannedTopic::name)
                .collect(toCollection(TreeSet::new));
    }

    /** The topics that {@link #plan} moves, whose traffic it needs to know. */
    public static SortedSet<String> movers(Situation situation) {
        if (situation.plan().traffic().isEmpty()) {
            return new TreeSet<>();
        }
        Draft draft = new Draft();
        TopicPlanner topics = new TopicPlanner(situation, draft);
        situation.scope().topics().forEach(topics::plan);
        return draft.changes().stream()
                .filter(MoveTopic.class::isInstance)
                .map(change -> change.subject().name())
                .collect(toCollection(TreeSet::new));
    }

    public static ChangeSet plan(Situation situation) {
        Draft draft = new Draft();
        GroupPlanner groups = new GroupPlanner(situation, draft);
        situation.scope().groups().forEach(groups::plan);
        TopicPlanner topics = new TopicPlanner(situation, draft);
        situation.scope().topics().forEach(topics::plan);
        new RemovalPlanner(situation, draft).plan();
        situation.plan().traffic().ifPresent(traffic -> joins(situation, traffic, draft));
        PlannedNames names = PlannedNames.in(situation.plan());
        return new ChangeSet(
                situation.plan().name().value(),
                situation.scope().partial(),
                draft.changes(),
                draft.impossible(),
                draft.unchanged(),
                Arrays.stream(Side.values()).collect(toMap(side -> side, side -> names.unplanned(situation.at(side)))));
    }

    /**
     * Topics that move need the join. A complete plan leaves it as its last change, unless something cannot be done or
     * only a part of the plan is selected: then topics may still need the join afterwards.
     */
    private static void joins(Situation situation, TrafficPlan traffic, Draft draft) {
        JoinPlanner joins = new JoinPlanner(situation, traffic, draft);
        if (traffic.routing().value() == Routing.JOIN && (!traffic.complete() || draft.isAnythingMoving())) {
            joins.join();
        }
        if (traffic.complete()
                && draft.impossible().isEmpty()
                && !situation.scope().partial()) {
            joins.leave();
        }
    }

    /** The topics and groups of a plan, with the ignored ones. */
    private record PlannedNames(Set<String> topics, Set<String> groups) {
        static PlannedNames in(MigrationPlan plan) {
            return new PlannedNames(plan.knownTopics(), plan.knownGroups());
        }

        UnplannedObjects unplanned(Metadata cluster) {
            return new UnplannedObjects(cluster.topicsBesides(topics), cluster.groupsBesides(groups));
        }
    }
}
