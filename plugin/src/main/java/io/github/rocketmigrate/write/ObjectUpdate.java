package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.ObjectSettings;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Carries one topic or group through a write: its settings before and after on every master, and its outcome.
 *
 * @param <T> the settings
 */
public final class ObjectUpdate<T extends ObjectSettings> {
    private final Change change;
    private final SortedMap<String, T> before;
    private final SortedMap<String, T> after;
    private final SortedSet<String> written = new TreeSet<>();
    private Optional<Timing.Stopwatch> writing = Optional.empty();
    private boolean late;
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

    /** The wanted settings, by master. */
    public SortedMap<String, T> after() {
        return after;
    }

    public T before(String broker) {
        return before.get(broker);
    }

    /** Returns the update that restores the old settings. */
    public ObjectUpdate<T> reversed() {
        SortedMap<String, T> was = new TreeMap<>();
        after.keySet().forEach(broker -> was.put(broker, before.get(broker)));
        return new ObjectUpdate<>(change, after, was);
    }

    /** Notes that a write is sent to a master; the first one begins to measure the time. */
    public synchronized void sentTo(String broker, Timing timing) {
        written.add(broker);
        beginWriting(timing);
    }

    /** Measures the time from now on, unless it is measured already. */
    public synchronized void beginWriting(Timing timing) {
        if (writing.isEmpty()) {
            writing = Optional.of(timing.stopwatch());
        }
    }

    public synchronized boolean isSent() {
        return !written.isEmpty();
    }

    /** Notes that a request was repeated, and that a broker may still write what the first one asked for. */
    public synchronized void expectLateWrite() {
        late = true;
    }

    public boolean isOpen() {
        return applied == null;
    }

    /** Sets the outcome, unless there is one already. */
    public synchronized void end(WriteOutcome outcome, String why, String fix) {
        if (applied == null) {
            AppliedChange ended = outcome == WriteOutcome.CONFIRMED
                    ? AppliedChange.confirmed(change, writing)
                    : new AppliedChange(change, outcome, why, fix);
            applied = late ? ended.withLateWrite() : ended;
        }
    }

    public AppliedChange applied() {
        return requireNonNull(applied, "no outcome yet");
    }
}
