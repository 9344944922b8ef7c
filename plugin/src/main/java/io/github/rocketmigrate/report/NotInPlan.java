package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.text.Counts;
import java.util.ArrayList;
import java.util.List;

/** Counts the topics and groups of both clusters that a plan leaves out. */
final class NotInPlan {
    private NotInPlan() {}

    /** One sentence for each cluster that has some, without a full stop. */
    static List<String> lines(ChangeSet changes) {
        List<String> lines = new ArrayList<>();
        if (changes.unmanaged().size() > 0) {
            lines.add("The destination has " + words(changes.unmanaged())
                    + " that are not in the plan; they stay unchanged");
        }
        if (changes.unplanned().size() > 0) {
            lines.add("The source has " + words(changes.unplanned())
                    + " that are not in the plan; they are not migrated");
        }
        return lines;
    }

    private static String words(ChangeSet.Strangers strangers) {
        return Counts.of(strangers.topics().size(), "topic") + " and "
                + Counts.of(strangers.groups().size(), "group");
    }
}
