package io.github.rocketmigrate.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Formats the record as entries of name servers: one for each batch, several for a large one, and one for the masters.
 * If name servers differ, the newest entry counts.
 */
public final class RecordFormat {
    /** Name servers log every value, so entries have to stay short. */
    public static final int LONGEST = 32 * 1024;

    private static final String PREFIX = "record";
    private static final String BATCH = PREFIX + ":batch:";
    private static final String MASTERS = PREFIX + ":masters:";
    private static final String SEQUENCE = "seq";
    private static final String JOINED = "joined";
    private static final String NEEDS_JOIN = "join";
    private static final String COMPLETE = "complete";
    private static final String SOURCE = "from";
    private static final String CLUSTER = "cluster";
    private static final String ADDRESSES = "addresses";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordFormat() {}

    /**
     * Merges the entries of a plan from all name servers.
     *
     * @param notes by name server and key
     */
    public static MigrationRecord read(String plan, Map<String, Map<String, String>> notes) {
        Map<String, JsonNode> latest = new HashMap<>();
        notes.values()
                .forEach(ofOne -> ofOne.forEach((key, value) -> {
                    if (key.startsWith(PREFIX)) {
                        parsed(value).ifPresent(node -> latest.merge(key, node, RecordFormat::later));
                    }
                }));
        SortedMap<String, RecordedBatch> batches = new TreeMap<>();
        Map<Side, SortedSet<String>> masters = new EnumMap<>(Side.class);
        SortedSet<String> joined = new TreeSet<>();
        SortedSet<String> others = new TreeSet<>();
        boolean complete = false;
        long mastersSequence = 0;
        Optional<RecordedSource> source = Optional.empty();
        for (Map.Entry<String, JsonNode> note : latest.entrySet()) {
            JsonNode node = note.getValue();
            String whose = node.path("plan").asText();
            if (!plan.equals(whose)) {
                if (note.getKey().startsWith(MASTERS)
                        && (!node.path(JOINED).isEmpty()
                                || node.path(NEEDS_JOIN).asBoolean())
                        && !node.path(COMPLETE).asBoolean()) {
                    others.add(whose);
                }
                continue;
            }
            if (note.getKey().startsWith(BATCH)) {
                batches.merge(
                        node.path("batch").asText(),
                        new RecordedBatch(node.path(SEQUENCE).asLong(), ObjectsFormat.read(node)),
                        RecordFormat::together);
            } else {
                mastersSequence = node.path(SEQUENCE).asLong();
                complete = node.path(COMPLETE).asBoolean();
                source = source(node.path(SOURCE));
                node.path(JOINED).forEach(name -> joined.add(name.asText()));
                for (Side side : Side.values()) {
                    SortedSet<String> names = new TreeSet<>();
                    node.path(side.word()).forEach(name -> names.add(name.asText()));
                    masters.put(side, names);
                }
            }
        }
        return new MigrationRecord(
                        batches, masters, joined, complete, others, mastersSequence, StepNote.read(plan, notes), source)
                .withHolds(HoldNote.read(plan, notes));
    }

    /**
     * The keys of the objects that all other plans have recorded, by plan.
     *
     * @param notes by name server and key
     */
    public static SortedMap<String, SortedSet<String>> objectsOfOthers(
            String plan, Map<String, Map<String, String>> notes) {
        SortedMap<String, SortedSet<String>> others = new TreeMap<>();
        notes.values()
                .forEach(ofOne -> ofOne.forEach((key, value) -> {
                    if (key.startsWith(BATCH)) {
                        parsed(value)
                                .filter(node -> !node.path("plan").asText().equals(plan))
                                .ifPresent(node -> others.computeIfAbsent(
                                                node.path("plan").asText(), name -> new TreeSet<>())
                                        .addAll(ObjectsFormat.read(node).keySet()));
                    }
                }));
        return others;
    }

    private static Optional<RecordedSource> source(JsonNode node) {
        SortedSet<String> addresses = new TreeSet<>();
        node.path(ADDRESSES).forEach(address -> addresses.add(address.asText()));
        return addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(new RecordedSource(node.path(CLUSTER).asText(), addresses));
    }

    /** Ignores entries that are not JSON. */
    private static Optional<JsonNode> parsed(String value) {
        try {
            return Optional.of(JSON.readTree(value));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static JsonNode later(JsonNode one, JsonNode other) {
        return one.path(SEQUENCE).asLong() >= other.path(SEQUENCE).asLong() ? one : other;
    }

    /** Merges two parts of a batch; the newer part counts for objects that are in both. */
    private static RecordedBatch together(RecordedBatch one, RecordedBatch other) {
        boolean first = one.sequence() >= other.sequence();
        SortedMap<String, RecordedObject> all = new TreeMap<>((first ? other : one).objects());
        all.putAll((first ? one : other).objects());
        return new RecordedBatch(Math.max(one.sequence(), other.sequence()), all);
    }

    /**
     * All entries of a plan, by key.
     *
     * @param needsJoin whether the plan needs the join, even if other plans made it
     */
    public static Map<String, String> all(String plan, boolean needsJoin, MigrationRecord recorded) {
        Map<String, String> notes = new LinkedHashMap<>();
        recorded.batches().forEach((name, batch) -> notes.putAll(batch(plan, name, batch)));
        ObjectNode node = JSON.createObjectNode().put("plan", plan).put(SEQUENCE, recorded.mastersSequence());
        for (Side side : Side.values()) {
            ArrayNode list = node.putArray(side.word());
            recorded.mastersOf(side).forEach(list::add);
        }
        if (!recorded.joined().isEmpty()) {
            recorded.joined().forEach(node.putArray(JOINED)::add);
        }
        if (needsJoin) {
            node.put(NEEDS_JOIN, true);
        }
        if (recorded.complete()) {
            node.put(COMPLETE, true);
        }
        recorded.source()
                .ifPresent(source -> source.addresses()
                        .forEach(node.putObject(SOURCE)
                                .put(CLUSTER, source.cluster())
                                .putArray(ADDRESSES)::add));
        notes.put(MASTERS + plan, node.toString());
        notes.putAll(StepNote.all(plan, recorded.begun()));
        notes.putAll(HoldNote.all(plan, recorded.holds()));
        return notes;
    }

    /** The entries of holds alone, by key. */
    public static Map<String, String> holds(String plan, SortedMap<String, Hold> holds) {
        return HoldNote.all(plan, holds);
    }

    /** The keys of the holds that a name server has of a plan. */
    public static Set<String> holdKeysOf(String plan, Map<String, String> notes) {
        return HoldNote.keysOf(plan, notes);
    }

    /** The keys of all entries that a name server has of a plan. */
    public static Set<String> keysOf(String plan, Map<String, String> notes) {
        Set<String> keys = StepNote.keysOf(plan, notes);
        keys.addAll(HoldNote.keysOf(plan, notes));
        notes.forEach((key, value) -> {
            boolean ours = key.startsWith(PREFIX)
                    && parsed(value)
                            .filter(node -> plan.equals(node.path("plan").asText()))
                            .isPresent();
            if (ours) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** The entries of a batch, in as many parts as it needs. */
    private static Map<String, String> batch(String plan, String name, RecordedBatch batch) {
        List<Map.Entry<String, RecordedObject>> objects =
                new ArrayList<>(batch.objects().entrySet());
        Map<String, String> notes = new LinkedHashMap<>();
        for (int from = 0, part = 0; from == 0 || from < objects.size(); from += ObjectsFormat.MOST, part++) {
            List<Map.Entry<String, RecordedObject>> some =
                    objects.subList(from, Math.min(objects.size(), from + ObjectsFormat.MOST));
            ObjectNode node =
                    JSON.createObjectNode().put("plan", plan).put("batch", name).put(SEQUENCE, batch.sequence());
            ObjectsFormat.write(some, node);
            // The length of the plan's name and the number of the part keep all keys different.
            notes.put(BATCH + plan.length() + ":" + plan + ":" + name + "/" + part, node.toString());
        }
        return notes;
    }
}
