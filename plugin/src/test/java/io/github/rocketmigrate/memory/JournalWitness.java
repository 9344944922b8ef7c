package io.github.rocketmigrate.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            List<String> lines = Files.readAllLines(journal);
            assertThat(lines).describedAs("the journal before %s", write).isNotEmpty();
            JsonNode last = json.readTree(lines.get(lines.size() - 1));
            assertThat(last.path("event").asText()).describedAs("%s", write).isEqualTo("before");
            assertThat(last.path("what").asText()).isEqualTo(write.what());
            assertThat(last.path("server").asText()).endsWith(write.address());
            write.names()
                    .forEach(name -> assertThat(last.path("names").toString()).contains(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
