package io.github.rocketmigrate.discover;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.MessageSample;
import java.util.List;
import java.util.SortedSet;

/**
 * What was seen of a topic of the source.
 *
 * @param declaredTypes the message types that its brokers store; none on 4.x
 * @param orderMarks where it is marked as ordered, in words
 * @param held the number of messages that its queues store
 * @param written the number of messages that have ever come to it
 * @param groups the groups that consume it
 */
public record SourceTopic(
        String name,
        SortedSet<String> declaredTypes,
        List<String> orderMarks,
        MessageSample sample,
        long held,
        long written,
        SortedSet<String> groups) {
    /** Whether only its settings were read. */
    boolean isStored() {
        return sample.size() == 0 && sample.unseen().isPresent() && held == 0;
    }

    public SourceTopic {
        requireNonNull(name, "name is null");
        declaredTypes = unmodifiableSortedSet(declaredTypes);
        orderMarks = List.copyOf(orderMarks);
        requireNonNull(sample, "sample is null");
        groups = unmodifiableSortedSet(groups);
    }
}
