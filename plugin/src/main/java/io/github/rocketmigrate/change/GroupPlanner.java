package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans what one consumer group needs at the destination, or says why the plan cannot have it. */
final class GroupPlanner {
    private static final int LONGEST_NAME_SINCE_5_4 = 120;

    private final Situation situation;
    private final Wanted wanted;
    private final Draft draft;
    private final Set<String> leaving;
    private final GroupTopics topics;
    private final SettingsOwner owner;
    private final Map<String, SortedSet<String>> leavingOfBatches = new HashMap<>();

    GroupPlanner(Situation situation, Draft draft) {
        this.situation = situation;
        this.wanted = new Wanted(situation);
        this.draft = draft;
        this.leaving = situation.scope().topics().stream()
                .filter(topic -> topic.wanted().isAheadOf(Stage.SOURCE))
                .map(PlannedTopic::name)
                .collect(toCollection(TreeSet::new));
        this.topics = new GroupTopics(situation);
        this.owner = new SettingsOwner(situation, topics);
    }

    static Subject subject(PlannedGroup group) {
        return new Subject(
                Subject.Kind.GROUP,
                group.name(),
                Side.DESTINATION,
                Optional.of(group.batch().name().value()),
                Optional.of(group.at()));
    }

    void plan(PlannedGroup group) {
        Subject subject = subject(group);
        SortedMap<String, GroupSettings> source = situation.source().group(group.name());
        if (source.isEmpty()) {
            draft.impossible(
                    subject,
                    Cause.NOT_AT_SOURCE,
                    "the source has no consumer group '" + group.name() + "'"
                            + draft.hint(group.name(), situation.source()::groups),
                    "Correct the name or remove it from the plan. If it is correct, check that every broker of the"
                            + " source is up.");
            return;
        }
        boolean free = nameIsFree(subject);
        boolean isShort = nameIsShort(subject);
        if (!free || !isShort) {
            return;
        }
        SortedMap<String, GroupSettings> found = situation.destination().group(group.name());
        boolean joining = situation.isJoining();
        // The group is needed at once if one of its topics has permissions at the destination already. Before the join,
        // that topic is somebody else's.
        boolean isOwner = owner.isDestination(group);
        boolean late = joining && isOwner;
        SortedSet<String> neededBy = joining && !late ? neededBy(group) : new TreeSet<>();
        if (found.isEmpty() && joining && !late && neededBy.isEmpty()) {
            draft.unchanged(subject);
            return;
        }
        place(subject, new Targets(group, source, found, isOwner), neededBy);
    }

    /** The topics that need the group before they leave the source. */
    private SortedSet<String> neededBy(PlannedGroup group) {
        return topics.about(
                group,
                leavingOfBatches,
                all -> all.stream().filter(leaving::contains).collect(toCollection(TreeSet::new)));
    }

    /** What a group gets on each master of the destination. */
    private final class Targets {
        private final PlannedGroup group;
        private final SortedMap<String, GroupSettings> found;
        private final boolean isOwner;
        private final GroupSettings others;

        /**
         * Targets of one group.
         *
         * @param isOwner whether the destination owns the settings: then a master that lacks the group gets it as others
         *     there have it
         */
        Targets(
                PlannedGroup group,
                SortedMap<String, GroupSettings> source,
                SortedMap<String, GroupSettings> found,
                boolean isOwner) {
            this.group = group;
            this.found = found;
            this.isOwner = isOwner;
            this.others = wanted.group(group, Wanted.together(isOwner && !found.isEmpty() ? found : source));
        }

        GroupSettings on(String broker) {
            GroupSettings has = found.get(broker);
            if (has == null) {
                return others;
            }
            return isOwner ? wanted.group(group, has) : aligned(has, others);
        }
    }

    private void place(Subject subject, Targets targets, SortedSet<String> neededBy) {
        SortedMap<String, GroupSettings> before = new TreeMap<>();
        SortedMap<String, GroupSettings> after = new TreeMap<>();
        for (String broker : situation.destination().brokers().keySet()) {
            GroupSettings has = targets.found.get(broker);
            GroupSettings gets = targets.on(broker);
            if (!gets.equals(has)) {
                after.put(broker, gets);
                if (has != null) {
                    before.put(broker, has);
                }
            }
        }
        if (after.isEmpty()) {
            draft.unchanged(subject);
        } else if (targets.found.isEmpty()) {
            draft.change(Change.AlignObject.create(subject, after, neededBy));
        } else {
            draft.change(Change.AlignObject.align(subject, before, after));
        }
    }

    /** Keeps the attributes that the source does not have. */
    private static GroupSettings aligned(GroupSettings has, GroupSettings target) {
        TreeMap<String, String> attributes = new TreeMap<>(has.attributes());
        attributes.putAll(target.attributes());
        return target.withAttributes(attributes);
    }

    private boolean nameIsFree(Subject subject) {
        if (situation.destination().topic(subject.name()).isEmpty()) {
            return true;
        }
        draft.impossible(
                subject,
                Cause.NAME_TAKEN,
                "the destination has a topic with the name of consumer group '" + subject.name() + "'",
                "Rename the topic at the destination or remove the group from the plan: a topic and a group cannot"
                        + " have the same name.");
        return false;
    }

    private boolean nameIsShort(Subject subject) {
        if (subject.name().length() <= LONGEST_NAME_SINCE_5_4) {
            return true;
        }
        Optional<ServerVersion> strict = situation.destination().versions().stream()
                .filter(version -> version.isAtLeast(5, 4, 0))
                .findFirst();
        if (strict.isEmpty()) {
            return true;
        }
        draft.impossible(
                subject,
                Cause.NAME_TOO_LONG,
                "the name of group '" + subject.name() + "' has "
                        + Counts.of(subject.name().length(), "character") + " (limit " + LONGEST_NAME_SINCE_5_4
                        + " on RocketMQ " + strict.get() + " of the destination)",
                "Switch the applications to a group with a shorter name before they move.");
        return false;
    }
}
