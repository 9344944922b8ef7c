package io.github.rocketmigrate.cluster.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.Counts;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a JSON file token by token, with limits, so that no file takes more memory or time than its size explains. What is
 * wrong in it becomes a fault with its position.
 *
 * <p>It accepts what RocketMQ's servers and tools write: their library leaves names without quotes that are numbers.
 */
final class JsonFile implements AutoCloseable {
    static final long MOST_BYTES = 64L * 1024 * 1024;
    static final int MOST_OBJECTS = 200_000;

    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LONGEST_NAME = 1024;
    private static final int LONGEST_NUMBER = 20;
    private static final String REFERENCE = "$ref";
    private static final String NEXT =
            "Export it again, for example with mqadmin exportMetadata -b or the goal export, or correct it.";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxDocumentLength(MOST_BYTES)
                    .build())
            .build();

    private final String name;
    private final int firstLine;
    private final int firstColumn;
    private final JsonParser json;
    private int objects;

    /**
     * Reads JSON from a stream.
     *
     * @param name of the file, for messages
     */
    JsonFile(String name, InputStream text) throws IOException {
        this.name = requireNonNull(name, "name is null");
        this.firstLine = 1;
        this.firstColumn = 1;
        this.json = JSON.createParser(text);
    }

    /** Reads JSON that stands in one line of a file, from a column on. */
    JsonFile(String name, String text, int line, int column) throws IOException {
        this.name = requireNonNull(name, "name is null");
        this.firstLine = line;
        this.firstColumn = column;
        this.json = JSON.createParser(text);
    }

    /** A reading of one field. */
    interface FieldReading {
        void read(String field) throws IOException;
    }

    /** Reads the whole file, which has to be one object. */
    void readWhole(FieldReading fields) throws IOException {
        begin();
        readObject(fields);
        if (json.nextToken() != null) {
            throw problem("there is more after the end of the object");
        }
    }

    /** Goes to the first token. */
    void begin() throws IOException {
        json.nextToken();
    }

    /** Reads the object that begins at the current token; {@code fields} has to read or skip each value. */
    void readObject(FieldReading fields) throws IOException {
        expect(JsonToken.START_OBJECT, "an object in braces");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            if (field.equals(REFERENCE)) {
                throw problem("it refers to another place with $ref instead of repeating the value");
            }
            json.nextToken();
            fields.read(field);
        }
    }

    /** Reads an object with an entry for each topic, group or broker. */
    void readTable(FieldReading entries) throws IOException {
        readObject(entry -> {
            objects++;
            if (objects > MOST_OBJECTS) {
                throw problem("it has more than " + Counts.of(MOST_OBJECTS, "entry", "entries"));
            }
            entries.read(entry);
        });
    }

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    void skip() throws IOException {
        json.skipChildren();
    }

    boolean truth() throws IOException {
        if (!json.currentToken().isBoolean()) {
            throw wrong("true or false");
        }
        return json.getBooleanValue();
    }

    /** Reads a whole number within limits. */
    int number(int least, int most) throws IOException {
        long number = longNumber();
        if (number < least || number > most) {
            throw problem(json.currentName() + " is " + number + ", which is not from " + least + " to " + most);
        }
        return (int) number;
    }

    long longNumber() throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return json.getLongValue();
    }

    /** Reads a text; numbers and truth values are texts, too. */
    String text() throws IOException {
        if (!json.currentToken().isScalarValue() || isNull()) {
            throw wrong("a text");
        }
        return json.getText();
    }

    /** The parser, to read a small value as a tree. */
    JsonParser parser() {
        return json;
    }

    private void expect(JsonToken wanted, String words) throws IOException {
        if (json.currentToken() != wanted) {
            throw json.currentToken() == null ? truncated() : wrong(words);
        }
    }

    private Fault wrong(String wanted) throws IOException {
        String field = json.currentName();
        return problem((field == null ? "the file" : field) + " is not " + wanted);
    }

    private Fault truncated() {
        return at(json.currentLocation(), "it ends in the middle: the file is empty or was cut off");
    }

    /** A problem at the current token. */
    Fault problem(String what) {
        return at(json.currentTokenLocation(), what);
    }

    /** What the parser could not read. */
    Fault problem(IOException cause) {
        if (cause instanceof JsonEOFException) {
            return truncated();
        }
        if (cause instanceof StreamConstraintsException) {
            return at(json.currentLocation(), "it exceeds a limit of metadata files: " + words(cause));
        }
        return at(
                cause instanceof JsonProcessingException one && one.getLocation() != null
                        ? one.getLocation()
                        : json.currentLocation(),
                "it is not JSON: " + words(cause));
    }

    private static String words(IOException cause) {
        String words = cause instanceof JsonProcessingException one
                ? one.getOriginalMessage()
                : String.valueOf(cause.getMessage());
        return words.lines().findFirst().orElse("");
    }

    private Fault at(JsonLocation location, String what) {
        int line = Math.max(1, location.getLineNr());
        int column = Math.max(1, location.getColumnNr());
        return new Fault(
                name + ":" + (firstLine + line - 1) + ":" + (line == 1 ? firstColumn + column - 1 : column) + ": "
                        + what + ".",
                NEXT);
    }

    /** A problem of the whole file. */
    static Fault unusable(String name, String what) {
        return new Fault(name + " " + what + ".", NEXT);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
