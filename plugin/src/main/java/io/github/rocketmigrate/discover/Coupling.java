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
 * @param others what the sentence says of topics that move in other batches, or nothing
 */
public record Coupling(SortedSet<String> topics, String why, String others) {
    public Coupling {
        topics = new TreeSet<>(topics);
        requireNonNull(why, "why is null");
        requireNonNull(others, "others is null");
    }

    public Coupling(SortedSet<String> topics, String why) {
        this(topics, why, "");
    }

    /** The same reason for those topics that are in question. */
    Coupling among(Collection<String> some) {
        SortedSet<String> fewer = new TreeSet<>(topics);
        fewer.retainAll(some);
        return new Coupling(fewer, why, others);
    }

    /** The part of the reason that holds in one batch, and names what moves elsewhere. */
    Coupling part(Collection<String> some, String whereTheOthersAre) {
        Coupling part = among(some);
        SortedSet<String> others = new TreeSet<>(topics);
        others.removeAll(part.topics);
        return others.isEmpty() || part.topics.isEmpty()
                ? part
                : new Coupling(part.topics, why, whereTheOthersAre + " " + Names.of(others, Counts.MOST_NAMED));
    }

    /** The reason with its topics. */
    String words() {
        return why + " " + Names.of(topics, Counts.MOST_NAMED) + (others.isEmpty() ? "" : ", and " + others);
    }

    boolean isCoupling() {
        return topics.size() > 1;
    }
}
