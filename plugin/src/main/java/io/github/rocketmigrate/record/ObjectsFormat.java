package io.github.rocketmigrate.record;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Formats the objects of one entry: each part of what is known of them is one text, with a fixed length for each object. */
final class ObjectsFormat {
    private static final String OBJECTS = "objects";
    private static final String SINCE = "since";
    private static final String BEFORE = "before";
    private static final String HEADING = "heading";
    private static final String SOURCE_ENDS = "ends";
    private static final char NO_STAGE = '-';
    /** An object without a stage that a run created; an upper-case letter is the stage of such a topic. */
    private static final char CREATED = '+';

    private static final char CREATING = '>';
    private static final char REMOVING = '<';
    private static final int LENGTH_OF_KEY = 8;
    private static final int LENGTH_OF_HASH = 8;
    private static final int LENGTH = LENGTH_OF_KEY + 1 + LENGTH_OF_HASH;
    /** Seconds since 1970: until 2106. */
    private static final NumberColumn TIMES = new NumberColumn(4);
    /** 280 million million messages. */
    private static final NumberColumn ENDS = new NumberColumn(6);

    /** The most objects that fit into one entry. */
    static final int MOST = (RecordFormat.LONGEST - 1_000) / (LENGTH + TIMES.length() + ENDS.length() + 2);

    private ObjectsFormat() {}

    /** Reads the objects of an entry. Parts of earlier versions have no times and no earlier stages. */
    static SortedMap<String, RecordedObject> read(JsonNode part) {
        String text = part.path(OBJECTS).asText();
        String times = part.path(SINCE).asText();
        String before = part.path(BEFORE).asText();
        String heading = part.path(HEADING).asText();
        String ends = part.path(SOURCE_ENDS).asText();
        SortedMap<String, RecordedObject> objects = new TreeMap<>();
        for (int i = 0; i + LENGTH <= text.length(); i += LENGTH) {
            char mark = text.charAt(i + LENGTH_OF_KEY);
            objects.put(
                    text.substring(i, i + LENGTH_OF_KEY),
                    new RecordedObject(
                            stage(Character.toLowerCase(mark)),
                            text.substring(i + LENGTH_OF_KEY + 1, i + LENGTH),
                            ownership(mark),
                            time(TIMES.read(times, i / LENGTH)),
                            stage(before, i / LENGTH),
                            stage(heading, i / LENGTH),
                            ENDS.read(ends, i / LENGTH)));
        }
        return objects;
    }

    private static Optional<Instant> time(OptionalLong seconds) {
        return seconds.isPresent() ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong())) : Optional.empty();
    }

    private static OptionalLong seconds(Optional<Instant> time) {
        return time.map(at -> OptionalLong.of(at.getEpochSecond())).orElseGet(OptionalLong::empty);
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
            case FOUND -> object.stage().map(ObjectsFormat::letter).orElse(NO_STAGE);
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

    /** Writes objects into their entry. */
    static void write(List<Map.Entry<String, RecordedObject>> objects, ObjectNode entry) {
        entry.put(
                OBJECTS,
                objects.stream()
                        .map(object -> object.getKey()
                                + mark(object.getValue())
                                + object.getValue().hash())
                        .collect(joining()));
        // Values of their own: earlier versions read the objects, and ignore what they do not know.
        numbers(TIMES, objects, object -> seconds(object.since())).ifPresent(times -> entry.put(SINCE, times));
        letters(objects, RecordedObject::before).ifPresent(stages -> entry.put(BEFORE, stages));
        letters(objects, RecordedObject::heading).ifPresent(stages -> entry.put(HEADING, stages));
        numbers(ENDS, objects, RecordedObject::sourceEnd).ifPresent(ends -> entry.put(SOURCE_ENDS, ends));
    }

    /** One letter for each object; nothing if none has such a stage. */
    private static Optional<String> letters(
            List<Map.Entry<String, RecordedObject>> objects, Function<RecordedObject, Optional<Stage>> stage) {
        return objects.stream()
                        .allMatch(object -> stage.apply(object.getValue()).isEmpty())
                ? Optional.empty()
                : Optional.of(objects.stream()
                        .map(object -> stage.apply(object.getValue()).map(ObjectsFormat::letter))
                        .map(letter -> letter.orElse(NO_STAGE).toString())
                        .collect(joining()));
    }

    private static Optional<String> numbers(
            NumberColumn column,
            List<Map.Entry<String, RecordedObject>> objects,
            Function<RecordedObject, OptionalLong> number) {
        return column.text(
                objects.stream().map(object -> number.apply(object.getValue())).toList());
    }
}
