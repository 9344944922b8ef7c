package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.ObjectSettings;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One topic or group on its way from how it was to how it is to be, on all masters.
 *
 * @param <T> its settings
 */
public final class ObjectUpdate<T extends ObjectSettings> {
    private final Change change;
    private final SortedMap<String, T> before;
    private final SortedMap<String, T> after;
    private final SortedSet<String> written = new TreeSet<>();
    private AppliedChange applied;

    public ObjectUpdate(Change change, SortedMap<String, T> before, SortedMap<String, T> after) {
        this.change = requireNonNull(change, "change is null");
        this.before = new TreeMap<>(before);
        this.after = new TreeMap<>(after);
    }

    /** An update that makes all of a planned change. */
    public static <T extends ObjectSettings> ObjectUpdate<T> of(Change.AlignObject change, Class<T> type) {
        return new ObjectUpdate<>(change, change.before(type), change.after(type));
    }

    public String name() {
        return change.subject().name();
    }

    public Change change() {
        return change;
    }

    /** How each master is to keep it. */
    public SortedMap<String, T> after() {
        return after;
    }

    public T before(String broker) {
        return before.get(broker);
    }

    /** The way back. */
    public ObjectUpdate<T> reversed() {
        SortedMap<String, T> was = new TreeMap<>();
        after.keySet().forEach(broker -> was.put(broker, before.get(broker)));
        return new ObjectUpdate<>(change, after, was);
    }

    /** A master was told to change it. */
    public synchronized void sentTo(String broker) {
        written.add(broker);
    }

    public synchronized boolean isSent() {
        return !written.isEmpty();
    }

    public boolean isOpen() {
        return applied == null;
    }

    /** Its end; the first one holds. */
    public void end(WriteOutcome ending, String why, String fix) {
        if (applied == null) {
            applied = new AppliedChange(change, ending, why, fix);
        }
    }

    public AppliedChange applied() {
        return requireNonNull(applied, "it has not ended");
    }
}
