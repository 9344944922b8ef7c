package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan.Group;
import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds groups that do not keep the order of a FIFO topic, as long as the topic stays at the source. A check holds the
 * topic later, when it is to leave the source, and changing an application takes longer than that.
 */
final class ConcurrentOnFifo {
    private static final String CHECK = "order-matches";
    private static final int MOST_NAMED = 3;

    private ConcurrentOnFifo() {}

    static List<String> warnings(Situation situation) {
        if (situation.routing().isEmpty()) {
            return List.of();
        }
        SortedMap<String, SortedSet<String>> topicsByGroup = new TreeMap<>();
        for (PlannedTopic topic : situation.scope().topics()) {
            if (topic.type() == MessageType.FIFO
                    && topic.wanted() == Stage.SOURCE
                    && situation.isAt(Stage.SOURCE, topic.name())) {
                Set<String> groups = situation.offsets().groupsOf(topic.name());
                situation
                        .plan()
                        .groups()
                        .filter(group -> group.order().value() == ConsumeOrder.CONCURRENT)
                        .filter(group -> groups.contains(group.name().value()))
                        .filter(group -> !isWaived(situation, topic, group))
                        .forEach(group -> topicsByGroup
                                .computeIfAbsent(group.name().value(), key -> new TreeSet<>())
                                .add(topic.name()));
            }
        }
        List<String> warnings = new ArrayList<>();
        situation.plan().groups().forEach(group -> {
            SortedSet<String> topics = topicsByGroup.get(group.name().value());
            if (topics != null) {
                warnings.add(words(group, topics));
            }
        });
        return warnings;
    }

    private static String words(Group group, SortedSet<String> topics) {
        String named = Names.of(topics, MOST_NAMED);
        return "Group " + group.name().value() + " is CONCURRENT (line "
                + group.order().at().line() + ") and consumes the FIFO " + Counts.noun(topics.size(), "topic") + " "
                + named + ". Before " + named + Counts.verb(topics.size(), " leaves", " leave")
                + " the source, set order: ORDERLY and have its clients register an orderly listener, or waive " + CHECK
                + " if it needs no order.";
    }

    private static boolean isWaived(Situation situation, PlannedTopic topic, Group group) {
        LocalDate today = LocalDate.ofInstant(situation.readAt(), ZoneOffset.UTC);
        return topic.batch().waivers().stream()
                .filter(waiver -> waiver.check().value().equals(CHECK))
                .filter(waiver -> !waiver.expires().value().isBefore(today))
                .anyMatch(waiver -> names(waiver, topic, group));
    }

    private static boolean names(Waiver waiver, PlannedTopic topic, Group group) {
        return (waiver.topics().isEmpty()
                        || waiver.topics().stream()
                                .anyMatch(name -> name.value().equals(topic.name())))
                && (waiver.groups().isEmpty()
                        || waiver.groups().stream()
                                .anyMatch(
                                        name -> name.value().equals(group.name().value())));
    }
}
