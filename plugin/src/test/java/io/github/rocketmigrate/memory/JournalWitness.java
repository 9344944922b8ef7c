package io.github.rocketmigrate.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes sure that a write stands in the journal before it is sent. The lease and the record are kept without one; the
 * record also tidies the notes of steps. */
public final class JournalWitness implements Consumer<WriteCall> {
    private static final List<String> KEPT_WITHOUT = List.of("lease:", "record:", "steps:", "copy:");

    private final Path journal;
    private final ObjectMapper json = new ObjectMapper();
    /** Grows from write to write, so each of its lines is parsed once. */
    private String read = "";

    private final Map<Long, JsonNode> unanswered = new TreeMap<>();

    public JournalWitness(Path journal) {
        this.journal = journal;
    }

    @Override
    public synchronized void accept(WriteCall write) {
        if (write.names().stream().anyMatch(name -> KEPT_WITHOUT.stream().anyMatch(name::startsWith))) {
            return;
        }
        try {
            assertThat(unanswered())
                    .describedAs("the journal before %s", write)
                    .anyMatch(line -> line.path("what").asText().equals(write.what())
                            && line.path("server").asText().endsWith(write.address())
                            && write.names().stream()
                                    .allMatch(name ->
                                            line.path("names").toString().contains(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The writes that stand in the journal without an answer: a route may be set while another write is under way. */
    private Collection<JsonNode> unanswered() throws IOException {
        String written = Files.readString(journal, UTF_8);
        String text = written.substring(0, written.lastIndexOf('\n') + 1);
        if (!text.startsWith(read)) {
            // Another run has begun it again.
            read = "";
            unanswered.clear();
        }
        for (String added : text.substring(read.length()).lines().toList()) {
            JsonNode line = json.readTree(added);
            long number = line.path("write").asLong();
            switch (line.path("event").asText()) {
                case "before" -> unanswered.put(number, line);
                case "after" -> unanswered.remove(number);
                default -> {
                    // No write.
                }
            }
        }
        read = text;
        return unanswered.values();
    }
}
