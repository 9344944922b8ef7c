package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Describes one attribute that changes, for reports.
 *
 * @param from the old value in words, as is {@code to}
 * @param brokers the masters on which it changes
 * @param grows whether it is a number of queues that increases
 */
public record Difference(String attribute, String from, String to, SortedSet<String> brokers, boolean grows) {
    public Difference {
        requireNonNull(attribute, "attribute is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        brokers = new TreeSet<>(brokers);
    }
}
