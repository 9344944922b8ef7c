package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One topic or group on its way from how it was to how it is to be, on all masters.
 *
 * @param <T> its settings
 */
final class Work<T> {
    private final Change change;
    private final SortedMap<String, T> before;
    private final SortedMap<String, T> after;
    private final SortedSet<String> written = new TreeSet<>();
    private Applied applied;

    Work(Change change, SortedMap<String, T> before, SortedMap<String, T> after) {
        this.change = requireNonNull(change, "change is null");
        this.before = new TreeMap<>(before);
        this.after = new TreeMap<>(after);
    }

    String name() {
        return change.subject().name();
    }

    Change change() {
        return change;
    }

    /** How each master is to keep it. */
    SortedMap<String, T> after() {
        return after;
    }

    T before(String broker) {
        return before.get(broker);
    }

    /** The way back. */
    Work<T> reversed() {
        SortedMap<String, T> was = new TreeMap<>();
        after.keySet().forEach(broker -> was.put(broker, before.get(broker)));
        return new Work<>(change, after, was);
    }

    /** A master was told to change it. */
    synchronized void sentTo(String broker) {
        written.add(broker);
    }

    synchronized boolean isSent() {
        return !written.isEmpty();
    }

    boolean isOpen() {
        return applied == null;
    }

    /** Its end; the first one holds. */
    void end(Ending ending, String why, String fix) {
        if (applied == null) {
            applied = new Applied(change, ending, why, fix);
        }
    }

    Applied applied() {
        return requireNonNull(applied, "it has not ended");
    }
}
