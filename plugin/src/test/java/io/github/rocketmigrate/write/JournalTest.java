package io.github.rocketmigrate.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.observe.FencePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the journal that no write needs. */
final class JournalTest {
    @TempDir
    Path folder;

    /** A quiet time of 4 s proves little where clients poll every 30 s. */
    @Test
    void theLimitsOfARunAreInItsFirstLine() throws Exception {
        Path file = folder.resolve(Journal.NAME);
        Origin origin = new Origin("ann", "here", Optional.empty(), Optional.empty());
        try (Journal journal = Journal.open(List.of(file), "run", origin, Clock.systemUTC())) {
            journal.begin(new FencePolicy(Duration.ofSeconds(4), Duration.ofMinutes(1), false));
        }
        JsonNode line = new ObjectMapper().readTree(Files.readString(file));
        assertThat(line.path("event").asText()).isEqualTo("begin");
        assertThat(line.path("routePollSeconds").asLong()).isEqualTo(4);
        assertThat(line.path("maxFenceSeconds").asLong()).isEqualTo(60);
        assertThat(line.path("pause").asBoolean(true)).isFalse();
    }
}
