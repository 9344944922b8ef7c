package io.github.rocketmigrate.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reminds {@code plan} of the blockers that the last examination of the same plan has found, if its file is still there. */
public final class AssessedBlockers {
    private AssessedBlockers() {}

    /**
     * A sentence with the rows and the age of the file; empty if there is no file, or no blocker in it.
     *
     * @param name of the file as the user would write it
     */
    public static Optional<String> in(Path file, String name, String plan, Instant now) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            Instant at = Instant.parse(root.path("time").asText());
            return root.path("plan").asText().equals(plan) ? words(root, name, Counts.ago(at, now)) : Optional.empty();
        } catch (IOException | DateTimeException e) {
            return Optional.of(name + " cannot be read. Run migrate:assess again, or delete the file");
        }
    }

    private static Optional<String> words(JsonNode root, String name, String age) {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : root.path("rows")) {
            if (row.path("severity").asText().equals(RowSeverity.BLOCKER.word())) {
                rows.add(row.path("id").asText() + " " + row.path("title").asText());
            }
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Sentences.closed(name + " (" + age + ") has " + Counts.of(rows.size(), "blocker") + ": "
                                + Names.of(rows, Counts.MOST_NAMED))
                        + " Solve " + Counts.itOrThem(rows.size())
                        + " before a topic moves, then run migrate:assess again");
    }
}
