package io.github.rocketmigrate.report;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The topics on a board whose consumers get no new messages now.
 *
 * @param until the side that has to be consumed first
 */
record TopicsInFence(Side until, SortedSet<String> topics) {
    TopicsInFence {
        requireNonNull(until, "until is null");
        topics = unmodifiableSortedSet(topics);
    }

    /** One for the fence and one for the reverse fence, where they hold topics. */
    static List<TopicsInFence> on(List<StatusRow> rows) {
        List<TopicsInFence> all = new ArrayList<>();
        for (Side side : Side.values()) {
            SortedSet<String> topics = new TreeSet<>();
            rows.stream()
                    .filter(row -> row.progress().fence().filter(side::equals).isPresent())
                    .forEach(row -> topics.add(row.name()));
            if (!topics.isEmpty()) {
                all.add(new TopicsInFence(side, topics));
            }
        }
        return all;
    }

    String message(int most) {
        return Names.of(topics, most) + " " + Counts.isOrAre(topics.size()) + " in the "
                + (until == Side.SOURCE ? "fence" : "reverse fence")
                + ": consumers get no new messages until the " + until.word() + " is quiet and consumed.";
    }
}
