package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.text.GoalCommand;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Finds topics and groups of a plan that runs of another plan have written at the same destination: each run would change
 * what the other has written.
 */
public final class ObjectsOfOtherPlans {
    private static final int MOST_NAMED = 3;

    private ObjectsOfOtherPlans() {}

    /**
     * A warning for each of the other plans.
     *
     * @param recorded the keys of the objects that other plans have recorded, by plan
     */
    public static List<String> warnings(Situation situation, SortedMap<String, SortedSet<String>> recorded) {
        List<String> warnings = new ArrayList<>();
        recorded.forEach((other, keys) -> {
            List<String> objects = new ArrayList<>();
            situation.scope().topics().stream()
                    .filter(topic -> keys.contains(SettingsHash.topicKey(topic.name())))
                    .forEach(topic -> objects.add("topic " + topic.name()));
            situation.scope().groups().stream()
                    .filter(group -> keys.contains(SettingsHash.groupKey(group.name())))
                    .forEach(group -> objects.add("group " + group.name()));
            if (!objects.isEmpty()) {
                warnings.add(words(situation.plan(), other, objects));
            }
        });
        return warnings;
    }

    private static String words(MigrationPlan plan, String other, List<String> objects) {
        return "Another plan, " + other + ", has written " + Names.of(objects, MOST_NAMED)
                + " at the destination, too. Each plan would change what the other has written. Take them out of one of the"
                + " plans. If " + other + " was given up or is an earlier name of this plan, remove its record: "
                + plan.command("apply", GoalCommand.parameter("forgetPlan", other));
    }
}
