package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan} says about the file that {@code assess} has left. */
final class AssessedBlockersTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String BLOCKED = """
            { "plan": "shop", "time": "2026-11-21T09:00:00Z", "rows": [
              { "id": "RMA-201", "title": "Message types", "state": "fired", "severity": "blocker" },
              { "id": "RMA-203", "title": "Longest delay", "state": "fired", "severity": "blocker" },
              { "id": "RMA-306", "title": "Groups without members", "state": "fired", "severity": "risk" },
              { "id": "RMA-102", "title": "Release of the source", "state": "not-fired" } ] }
            """;

    @TempDir
    Path folder;

    private Optional<String> of(String text, String plan) throws IOException {
        Path file = Files.writeString(folder.resolve("assessment.json"), text, UTF_8);
        return AssessedBlockers.in(file, "target/migrate/assessment.json", plan, NOON);
    }

    @Test
    void blockersAreNamedWithTheAgeOfTheFile() throws IOException {
        assertThat(of(BLOCKED, "shop"))
                .hasValue(
                        "target/migrate/assessment.json (3 h ago) has 2 blockers: RMA-201 Message types, RMA-203 Longest"
                                + " delay. Solve them before a topic moves, then run migrate:assess again");
    }

    @Test
    void nothingIsSaidWithoutAFileWithoutBlockersOrOfAnotherPlan() throws IOException {
        assertThat(AssessedBlockers.in(folder.resolve("none.json"), "none.json", "shop", NOON))
                .isEmpty();
        assertThat(of(BLOCKED.replace("\"blocker\"", "\"note\""), "shop")).isEmpty();
        assertThat(of(BLOCKED, "another")).isEmpty();
    }

    @Test
    void aDamagedFileIsNotTakenForAClearOne() throws IOException {
        for (String damaged : new String[] {"{", "", "{}", "[]"}) {
            assertThat(of(damaged, "shop"))
                    .hasValue(
                            "target/migrate/assessment.json cannot be read. Run migrate:assess again, or delete the file");
        }
    }
}
