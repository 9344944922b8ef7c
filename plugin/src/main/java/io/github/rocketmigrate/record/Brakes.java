package io.github.rocketmigrate.record;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.text.UtcTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The brakes of a plan: while one is on, no run begins a new step. They stand in a note of their own beside the record, so
 * that a brake needs no lease, and a run at work does not write over it.
 *
 * @param all by batch; {@link #WHOLE_PLAN} stands for all batches
 */
public record Brakes(SortedMap<String, PulledBrake> all) {
    /** No batch has an empty name. */
    public static final String WHOLE_PLAN = "";

    public static final Brakes NONE = new Brakes(new TreeMap<>());

    private static final int MOST_WORDS = 500;
    private static final String BATCH = "batch";
    private static final String SINCE = "since";
    private static final String BY = "by";
    private static final String REASON = "reason";
    private static final String RELEASED = "released";
    private static final ObjectMapper JSON = new ObjectMapper();

    public Brakes {
        all = unmodifiableSortedMap(new TreeMap<>(all));
    }

    /**
     * A brake that somebody has put on.
     *
     * @param since when, to the second
     * @param by who did it, and where
     * @param isReleased whether it is off again, which an older copy at other name servers must not undo
     */
    public record PulledBrake(Instant since, String by, String reason, boolean isReleased) {
        public PulledBrake {
            requireNonNull(since, "since is null");
            requireNonNull(by, "by is null");
            requireNonNull(reason, "reason is null");
        }

        /** The newer of two brakes; of two copies of one, the released one. */
        private PulledBrake or(PulledBrake other) {
            boolean isOlder = since.equals(other.since) ? !isReleased : since.isBefore(other.since);
            return isOlder ? other : this;
        }

        /** When somebody put it on, who, and why. */
        public String words() {
            return "since " + UtcTime.words(since) + ", put on by " + by + ": " + reason;
        }
    }

    /** The key of the note of a plan. */
    public static String key(String plan) {
        return "brake:" + plan;
    }

    /** The brakes of a plan, among all notes of each name server. */
    public static Brakes of(String plan, Map<String, Map<String, String>> notes) {
        return read(notes.values().stream()
                .flatMap(ofOne -> Optional.ofNullable(ofOne.get(key(plan))).stream())
                .toList());
    }

    /** The brakes from the notes of all name servers that have one. */
    public static Brakes read(Collection<String> notes) {
        Brakes brakes = NONE;
        for (String note : notes) {
            brakes = brakes.or(parsed(note));
        }
        return brakes;
    }

    /** Ignores what no version of this plugin writes. */
    private static Brakes parsed(String note) {
        SortedMap<String, PulledBrake> all = new TreeMap<>();
        try {
            for (JsonNode node : JSON.readTree(note)) {
                all.put(
                        node.path(BATCH).asText(),
                        new PulledBrake(
                                Instant.parse(node.path(SINCE).asText()),
                                node.path(BY).asText(),
                                node.path(REASON).asText(),
                                node.path(RELEASED).asBoolean()));
            }
        } catch (JsonProcessingException | DateTimeException e) {
            return NONE;
        }
        return new Brakes(all);
    }

    /** The text of the note. */
    public String note() {
        ArrayNode notes = JSON.createArrayNode();
        all.forEach((batch, brake) -> {
            ObjectNode node = notes.addObject();
            if (!batch.equals(WHOLE_PLAN)) {
                node.put(BATCH, batch);
            }
            node.put(SINCE, brake.since().toString()).put(BY, brake.by()).put(REASON, shortened(brake.reason()));
            if (brake.isReleased()) {
                node.put(RELEASED, true);
            }
        });
        return notes.toString();
    }

    private static String shortened(String words) {
        return words.length() <= MOST_WORDS ? words : words.substring(0, MOST_WORDS) + "…";
    }

    /** What two readings show together. */
    public Brakes or(Brakes other) {
        SortedMap<String, PulledBrake> both = new TreeMap<>(all);
        other.all.forEach((batch, brake) -> both.merge(batch, brake, PulledBrake::or));
        return new Brakes(both);
    }

    /** The same with a brake on these batches; on the whole plan if there are none. */
    public Brakes with(Collection<String> batches, PulledBrake brake) {
        SortedMap<String, PulledBrake> more = new TreeMap<>(all);
        scopes(batches).forEach(batch -> more.put(batch, brake));
        return new Brakes(more);
    }

    /** The same without the brakes of these batches; without any if there are none. */
    public Brakes releasing(Collection<String> batches) {
        Collection<String> ended = batches.isEmpty() ? all.keySet() : batches;
        SortedMap<String, PulledBrake> after = new TreeMap<>(all);
        after.replaceAll((batch, brake) ->
                ended.contains(batch) ? new PulledBrake(brake.since(), brake.by(), brake.reason(), true) : brake);
        return new Brakes(after);
    }

    private static Collection<String> scopes(Collection<String> batches) {
        return batches.isEmpty() ? List.of(WHOLE_PLAN) : batches;
    }

    /** The brake on the whole plan. */
    public Optional<PulledBrake> ofPlan() {
        return on(WHOLE_PLAN);
    }

    /** The brake that holds a batch: its own, or that of the whole plan. */
    public Optional<PulledBrake> of(String batch) {
        return ofPlan().or(() -> on(batch));
    }

    private Optional<PulledBrake> on(String batch) {
        return Optional.ofNullable(all.get(batch)).filter(brake -> !brake.isReleased());
    }

    /** The batches with a brake that is on; {@link #WHOLE_PLAN} among them if it is on for all. */
    public SortedSet<String> scopes() {
        SortedSet<String> on = new TreeSet<>(all.keySet());
        on.removeIf(batch -> on(batch).isEmpty());
        return on;
    }

    /** One line for each brake that is on: what it holds, who put it on, when and why. */
    public List<String> words() {
        List<String> lines = new ArrayList<>();
        scopes().forEach(batch -> lines.add((batch.equals(WHOLE_PLAN) ? "all batches" : "batch " + batch) + " "
                + all.get(batch).words()));
        return lines;
    }
}
