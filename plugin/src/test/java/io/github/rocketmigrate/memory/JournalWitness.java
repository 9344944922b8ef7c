package io.github.rocketmigrate.memory;

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

    public JournalWitness(Path journal) {
        this.journal = journal;
    }

    @Override
    public void accept(WriteCall write) {
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
        Map<Long, JsonNode> unanswered = new TreeMap<>();
        for (String text : Files.readAllLines(journal)) {
            JsonNode line = json.readTree(text);
            long number = line.path("write").asLong();
            switch (line.path("event").asText()) {
                case "before" -> unanswered.put(number, line);
                case "after" -> unanswered.remove(number);
                default -> {
                    // No write.
                }
            }
        }
        return unanswered.values();
    }
}
