package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.Group;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A group whose topics are in several batches that are at several stages or have not left the source yet.
 * Its clients depend on both clusters until the last of these topics has moved. No topic has to wait for another one, so
 * this blocks nothing.
 *
 * @param topics those of the plan that the group consumes, in the order of the plan
 */
record CutGroup(Group group, List<CutTopic> topics) {
    static final String NAME = "batch-cuts-group";

    private static final int MOST_GROUPS = 3;
    private static final int MOST_PLACES = 3;
    private static final int MOST_TOPICS = 3;

    CutGroup {
        requireNonNull(group, "group is null");
        topics = List.copyOf(topics);
    }

    /** A topic with the batch and the stage that the plan gives it. */
    record CutTopic(String name, String batch, Stage stage, Position at) {
        CutTopic {
            requireNonNull(name, "name is null");
            requireNonNull(batch, "batch is null");
            requireNonNull(stage, "stage is null");
            requireNonNull(at, "at is null");
        }

        /** What topics that move together have in common. */
        private String place() {
            return "batch " + batch + ", stage " + stage.word();
        }
    }

    /**
     * Finds the groups of the selected topics. A group that broadcasts has no offsets, so it is found only for topics whose
     * traffic was read.
     */
    static List<CutGroup> in(Situation situation) {
        if (situation.routing().isEmpty()) {
            return List.of();
        }
        MigrationPlan plan = situation.plan();
        Map<String, List<CutTopic>> byGroup = new LinkedHashMap<>();
        plan.batches()
                .forEach(batch -> batch.topics()
                        .forEach(topic -> groupsOf(situation, topic.name().value())
                                .forEach(group -> byGroup.computeIfAbsent(group, key -> new ArrayList<>())
                                        .add(new CutTopic(
                                                topic.name().value(),
                                                batch.name().value(),
                                                batch.wanted(topic),
                                                topic.name().at())))));
        Set<String> selected =
                situation.scope().topics().stream().map(PlannedTopic::name).collect(toSet());
        return plan.groups()
                .filter(group -> byGroup.containsKey(group.name().value()))
                .map(group -> new CutGroup(group, byGroup.get(group.name().value())))
                .filter(CutGroup::isCut)
                .filter(cut -> cut.topics.stream().anyMatch(topic -> selected.contains(topic.name())))
                .toList();
    }

    private static Set<String> groupsOf(Situation situation, String topic) {
        return situation
                .traffic()
                .filter(traffic -> traffic.covers(topic))
                .map(traffic -> (Set<String>) traffic.groupsOf(topic))
                .orElseGet(() -> situation.offsets().groupsOf(topic));
    }

    /** Batches that have left the source and have the same stage move together, and stages within a batch are meant so. */
    private boolean isCut() {
        Set<Stage> stages = topics.stream().map(CutTopic::stage).collect(toSet());
        return batches().size() > 1 && (stages.size() > 1 || stages.contains(Stage.SOURCE));
    }

    private Set<String> batches() {
        return topics.stream().map(CutTopic::batch).collect(toSet());
    }

    String name() {
        return group.name().value();
    }

    /** {@code Group audit consumes clicks (batch web, stage read-both, line 12) and orders (…). …}. */
    String message() {
        Map<String, List<CutTopic>> places = new LinkedHashMap<>();
        topics.forEach(topic ->
                places.computeIfAbsent(topic.place(), key -> new ArrayList<>()).add(topic));
        List<String> words = places.entrySet().stream()
                .map(place ->
                        Names.of(place.getValue().stream().map(CutTopic::name).toList(), MOST_TOPICS)
                                + " (" + place.getKey() + ", line "
                                + place.getValue().get(0).at().line() + ")")
                .toList();
        String path = words.size() == 2 ? String.join(" and ", words) : Names.clauses(words, MOST_PLACES);
        return "Group " + name() + " consumes " + path
                + ". Its clients depend on both clusters until the last of these topics has moved. " + fix();
    }

    private String fix() {
        return topics.stream().allMatch(topic -> topic.stage() == Stage.SOURCE)
                ? "Put them into one batch, or move these batches in one commit."
                : "Put them into one batch, or set one stage for all of them.";
    }

    /** A warning for each of the first groups, and one for all others. */
    static List<String> warnings(List<CutGroup> all) {
        List<String> warnings = new ArrayList<>();
        all.stream().limit(MOST_GROUPS).forEach(cut -> warnings.add(NAME + ": " + cut.message()));
        List<String> others = all.stream().skip(MOST_GROUPS).map(CutGroup::name).toList();
        if (!others.isEmpty()) {
            warnings.add(Sentences.closed(NAME + ": the topics of " + Counts.of(others.size(), "more group")
                            + " are in several batches: " + Names.of(others, Counts.MOST_NAMED))
                    + " The result lists all of them as cutGroups.");
        }
        return warnings;
    }
}
