package io.github.rocketmigrate.record;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import java.util.ArrayList;
import java.util.Arrays;
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
import java.util.function.Function;

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
    private static final String OBJECTS = "objects";
    private static final String SINCE = "since";
    private static final String BEFORE = "before";
    private static final String HEADING = "heading";
    private static final String JOINED = "joined";
    private static final String NEEDS_JOIN = "join";
    private static final String COMPLETE = "complete";
    private static final char NO_STAGE = '-';
    /** An object without a stage that a run created; an upper-case letter is the stage of such a topic. */
    private static final char CREATED = '+';

    private static final char CREATING = '>';
    private static final char REMOVING = '<';
    private static final int LENGTH_OF_KEY = 8;
    private static final int LENGTH_OF_HASH = 8;
    private static final int LENGTH = LENGTH_OF_KEY + 1 + LENGTH_OF_HASH;
    private static final int MOST_IN_ONE = (LONGEST - 1_000) / (LENGTH + StageTime.LENGTH + 2);
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
                        new RecordedBatch(node.path(SEQUENCE).asLong(), objects(node)),
                        RecordFormat::together);
            } else {
                mastersSequence = node.path(SEQUENCE).asLong();
                complete = node.path(COMPLETE).asBoolean();
                node.path(JOINED).forEach(name -> joined.add(name.asText()));
                for (Side side : Side.values()) {
                    SortedSet<String> names = new TreeSet<>();
                    node.path(side.word()).forEach(name -> names.add(name.asText()));
                    masters.put(side, names);
                }
            }
        }
        return new MigrationRecord(
                batches, masters, joined, complete, others, mastersSequence, StepNote.read(plan, notes));
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

    /** The objects of a part. Parts of earlier versions have no times and no earlier stages. */
    private static SortedMap<String, RecordedObject> objects(JsonNode part) {
        String text = part.path(OBJECTS).asText();
        String times = part.path(SINCE).asText();
        String before = part.path(BEFORE).asText();
        String heading = part.path(HEADING).asText();
        SortedMap<String, RecordedObject> objects = new TreeMap<>();
        for (int i = 0; i + LENGTH <= text.length(); i += LENGTH) {
            char mark = text.charAt(i + LENGTH_OF_KEY);
            objects.put(
                    text.substring(i, i + LENGTH_OF_KEY),
                    new RecordedObject(
                            stage(Character.toLowerCase(mark)),
                            text.substring(i + LENGTH_OF_KEY + 1, i + LENGTH),
                            ownership(mark),
                            StageTime.read(times, i / LENGTH),
                            stage(before, i / LENGTH),
                            stage(heading, i / LENGTH)));
        }
        return objects;
    }

    private static Optional<Stage> stage(String letters, int object) {
        return object < letters.length() ? stage(letters.charAt(object)) : Optional.empty();
    }

    private static Optional<Stage> stage(char letter) {
        return Arrays.stream(Stage.values())
                .filter(stage -> letter(stage) == letter)
                .findFirst();
    }

    private static Ownership ownership(char mark) {
        return switch (mark) {
            case CREATING -> Ownership.CREATING;
            case REMOVING -> Ownership.REMOVING;
            case CREATED -> Ownership.CREATED;
            default -> Character.isUpperCase(mark) ? Ownership.CREATED : Ownership.FOUND;
        };
    }

    private static char mark(RecordedObject object) {
        return switch (object.ownership()) {
            case CREATING -> CREATING;
            case REMOVING -> REMOVING;
            case CREATED ->
                object.stage()
                        .map(stage -> Character.toUpperCase(letter(stage)))
                        .orElse(CREATED);
            case FOUND -> object.stage().map(RecordFormat::letter).orElse(NO_STAGE);
        };
    }

    private static char letter(Stage stage) {
        return switch (stage) {
            case SOURCE -> 's';
            case READ_BOTH -> 'r';
            case WRITE_BOTH -> 'b';
            case WRITE_DESTINATION -> 'w';
            case DESTINATION -> 'd';
        };
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
        notes.put(MASTERS + plan, node.toString());
        notes.putAll(StepNote.all(plan, recorded.begun()));
        return notes;
    }

    /** The keys of all entries that a name server has of a plan. */
    public static Set<String> keysOf(String plan, Map<String, String> notes) {
        Set<String> keys = StepNote.keysOf(plan, notes);
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

    /** One letter for each object; nothing if none has such a stage. */
    private static Optional<String> letters(
            List<Map.Entry<String, RecordedObject>> objects, Function<RecordedObject, Optional<Stage>> stage) {
        return objects.stream()
                        .allMatch(object -> stage.apply(object.getValue()).isEmpty())
                ? Optional.empty()
                : Optional.of(objects.stream()
                        .map(object -> stage.apply(object.getValue()).map(RecordFormat::letter))
                        .map(letter -> letter.orElse(NO_STAGE).toString())
                        .collect(joining()));
    }

    /** The entries of a batch, in as many parts as it needs. */
    private static Map<String, String> batch(String plan, String name, RecordedBatch batch) {
        List<Map.Entry<String, RecordedObject>> objects =
                new ArrayList<>(batch.objects().entrySet());
        Map<String, String> notes = new LinkedHashMap<>();
        for (int from = 0, part = 0; from == 0 || from < objects.size(); from += MOST_IN_ONE, part++) {
            List<Map.Entry<String, RecordedObject>> some =
                    objects.subList(from, Math.min(objects.size(), from + MOST_IN_ONE));
            ObjectNode node = JSON.createObjectNode()
                    .put("plan", plan)
                    .put("batch", name)
                    .put(SEQUENCE, batch.sequence())
                    .put(
                            OBJECTS,
                            some.stream()
                                    .map(object -> object.getKey()
                                            + mark(object.getValue())
                                            + object.getValue().hash())
                                    .collect(joining()));
            // A value of its own: earlier versions read the objects, and ignore what they do not know.
            if (some.stream().anyMatch(object -> object.getValue().since().isPresent())) {
                node.put(
                        SINCE,
                        some.stream()
                                .map(object -> StageTime.text(object.getValue().since()))
                                .collect(joining()));
            }
            letters(some, RecordedObject::before).ifPresent(letters -> node.put(BEFORE, letters));
            letters(some, RecordedObject::heading).ifPresent(letters -> node.put(HEADING, letters));
            // The length of the plan's name and the number of the part keep all keys different.
            notes.put(BATCH + plan.length() + ":" + plan + ":" + name + "/" + part, node.toString());
        }
        return notes;
    }
}
