package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An attribute that is to change.
 *
 * @param from in words, as is {@code to}
 * @param brokers the masters that it changes on
 * @param grows whether it is a number of queues that gets larger
 */
public record Difference(String attribute, String from, String to, SortedSet<String> brokers, boolean grows) {
    public Difference {
        requireNonNull(attribute, "attribute is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        brokers = new TreeSet<>(brokers);
    }
}
