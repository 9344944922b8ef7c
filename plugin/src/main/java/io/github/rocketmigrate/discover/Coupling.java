package io.github.rocketmigrate.discover;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A reason why topics should move together.
 *
 * @param why a sentence without its topics, such as "group ledger consumes"
 */
public record Coupling(SortedSet<String> topics, String why) {
    public Coupling {
        topics = new TreeSet<>(topics);
        requireNonNull(why, "why is null");
    }

    /** The same reason for those topics that are in question. */
    Coupling among(Collection<String> some) {
        SortedSet<String> fewer = new TreeSet<>(topics);
        fewer.retainAll(some);
        return new Coupling(fewer, why);
    }

    /** The reason with its topics. */
    String words() {
        return why + " " + Names.of(topics, Counts.MOST_NAMED);
    }

    boolean isCoupling() {
        return topics.size() > 1;
    }
}
