package io.github.rocketmigrate.cluster.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Fault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that nobody should trust: each is refused with what is wrong and where, and takes bounded memory and time. */
final class BrokenMetadataFilesTest {
    private static final String TWO_TOPICS = """
            "topicConfigTable":{
             "orders":{"perm":6,"readQueueNums":8,"writeQueueNums":8,"topicName":"orders","attributes":{"message.type":"FIFO"}},
             "mail":{"perm":6,"readQueueNums":4,"writeQueueNums":4,"topicName":"mail"}}""";

    private static final String ONE_GROUP =
            "\"subscriptionGroupTable\":{\"audit\":{\"groupName\":\"audit\",\"retryQueueNums\":1}}";

    @TempDir
    private Path folder;

    private Path write(String name, String text, Charset charset) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, text.getBytes(charset));
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text, StandardCharsets.UTF_8);
    }

    private StoredCluster read(String... names) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(name, folder.resolve(name));
        }
        return StoredCluster.read(files, OptionalInt.empty());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String text) throws IOException {
        write("metadata.json", text);
        return assertThatThrownBy(() -> read("metadata.json")).isInstanceOf(Fault.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"topicConfigTable":{"a":{"perm":6|metadata.json:1:35: it ends in the middle: the file is empty or was cut off.
            {"topicConfigTable":{"a":{"perm":6,"perm":4}}}|metadata.json:1:42: it is not JSON: Duplicate field 'perm'.
            {"topicConfigTable":{"a":{"perm":"all"}}}|metadata.json:1:34: perm is not a whole number.
            {"topicConfigTable":{"a":{"perm":64}}}|metadata.json:1:34: perm is 64, which is not from 0 to 15.
            {"topicConfigTable":{"a":{"perm":6,"readQueueNums":1}}}|metadata.json:1:53: 'a' has no writeQueueNums.
            {"topicConfigTable":{"a":{"topicName":"b"}}}|metadata.json:1:39: the entry of 'a' is named 'b'.
            {"topicConfigTable":[]}|metadata.json:1:21: topicConfigTable is not an object in braces.
            {"topicConfigTable":{"a":{"$ref":"$.x"}}}|metadata.json:1:27: it refers to another place with $ref instead of repeating the value.
            []|metadata.json:1:1: the file is not an object in braces.
            {"topics":[]}|metadata.json has neither topicConfigTable nor subscriptionGroupTable.
            {"topicConfigTable":{}} {}|metadata.json:1:25: there is more after the end of the object.
            version: 1|metadata.json:1:1: it is not JSON: Unrecognized token 'version': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false').
            {"migrate":{"schemaVersion":2}}|metadata.json:1:29: schemaVersion is 2, which is not from 1 to 1.
            """)
    void whatIsWrongIsNamedWithItsPlace(String text, String message) throws IOException {
        refused(text).hasMessage(message);
    }

    @Test
    void positionsCountLines() throws IOException {
        refused("{\n \"topicConfigTable\":{\n  \"a\":{\"perm\":true}}}")
                .hasMessage("metadata.json:3:15: perm is not a whole number.");
    }

    @Test
    void filesThatAreNoMetadataAreRefused() throws IOException {
        refused("").hasMessage("metadata.json is empty.");
        refused("PK\u0003\u0004").hasMessage("metadata.json is compressed.");
        refused("{" + TWO_TOPICS + "}").hasMessage("metadata.json has no groups.");
        refused("{" + ONE_GROUP + "}").hasMessage("metadata.json has no topics.");
        assertThatThrownBy(() -> read("missing.json")).hasMessage("missing.json does not exist.");
        Files.createDirectories(folder.resolve("nothing"));
        assertThatThrownBy(() -> read("nothing")).hasMessage("nothing has no metadata file.");
        write("other.json", "{" + TWO_TOPICS + "," + ONE_GROUP + "}");
        write("metadata.json", "{" + TWO_TOPICS + "," + ONE_GROUP + "}");
        assertThatThrownBy(() -> read("metadata.json", "other.json"))
                .hasMessage("Two files in one folder have topics: metadata.json, other.json.");
    }

    /** Not UTF-8: GBK, as a terminal of another language writes it. */
    @Test
    void otherEncodingsAreRefused() throws IOException {
        write("metadata.json", "{\"订单\":{}}", Charset.forName("GBK"));
        assertThatThrownBy(() -> read("metadata.json"))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("metadata.json:1:")
                .hasMessageContaining("it is not JSON: Invalid UTF-8");
    }

    @Test
    void depthLengthAndNumberOfEntriesAreLimited() throws IOException {
        refused("{\"x\":" + "[".repeat(1_000_000)).hasMessageContaining("it exceeds a limit of metadata files");
        refused("{\"migrate\":{\"cluster\":\"" + "y".repeat(1_000_000) + "\"}}")
                .hasMessageContaining("it exceeds a limit of metadata files");
        refused("{\"" + "y".repeat(1_000_000) + "\":1}").hasMessageContaining("it exceeds a limit of metadata files");
        refused("{\"topicConfigTable\":{\"a\":{\"perm\":" + "9".repeat(1_000_000) + "}}}")
                .hasMessageContaining("it exceeds a limit of metadata files");
        StringBuilder many = new StringBuilder("{\"subscriptionGroupTable\":{");
        for (int i = 0; i <= JsonFile.MOST_OBJECTS; i++) {
            many.append(i == 0 ? "" : ",").append("\"g").append(i).append("\":{}");
        }
        refused(many.append("}}").toString()).hasMessageContaining("it has more than 200000 entries");
    }

    /** A sparse file of 100 MiB is refused by its size, before it is read. */
    @Test
    void hugeFilesAreNotRead() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("metadata.json").toFile(), "rw")) {
            file.setLength(100L << 20);
        }
        assertThatThrownBy(() -> read("metadata.json"))
                .hasMessage("metadata.json has 100 MiB, and a file of topics and groups at most 64 MiB.");
    }
}
