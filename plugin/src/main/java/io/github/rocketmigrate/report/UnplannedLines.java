package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.ChangeSet.UnplannedObjects;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import java.util.ArrayList;
import java.util.List;

/** Counts the topics and groups of both clusters that a plan leaves out. */
final class UnplannedLines {
    /** What is there already comes before what is left behind. */
    static final List<Side> ORDER = List.of(Side.DESTINATION, Side.SOURCE);

    private UnplannedLines() {}

    /** One sentence for each cluster that has some, without a full stop. */
    static List<String> lines(ChangeSet changes) {
        List<String> lines = new ArrayList<>();
        for (Side side : ORDER) {
            UnplannedObjects objects = changes.unplanned(side);
            if (objects.size() > 0) {
                lines.add(
                        "Unplanned: the " + side.word() + " has " + words(objects) + " that are not in the plan; they "
                                + (side == Side.SOURCE ? "are not migrated" : "stay unchanged"));
            }
        }
        return lines;
    }

    private static String words(UnplannedObjects objects) {
        return Counts.of(objects.topics().size(), "topic") + " and "
                + Counts.of(objects.groups().size(), "group");
    }
}
