package io.github.rocketmigrate.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.check.CheckRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every check has a test on real servers in which it passes, fails and is unknown, and these tests exist. */
final class CheckTestsPageTest {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w:-]+)` \\| (.+?) \\| (.+?) \\| (.+?) \\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+IT)\\.(\\w+)`");
    private static final String NEVER = "never: ";
    private static final String GATE = "gate:NAME";
    private static final int UNKNOWN = 4;
    private static final String PAGE = Page.ofSite("check-tests.md").text();

    private static List<MatchResult> rows() {
        return ROW.matcher(PAGE).results().toList();
    }

    @Test
    void everyCheckHasARow() {
        assertThat(rows())
                .extracting(row -> row.group(1))
                .containsExactlyElementsOf(
                        Stream.concat(CheckRegistry.all().stream().map(Check::name), Stream.of(GATE))
                                .toList());
    }

    /** Only what cannot be unknown has no test, with the reason. */
    @Test
    void everyVerdictHasATest() {
        assertThat(rows()).allSatisfy(row -> {
            for (int verdict = 2; verdict <= UNKNOWN; verdict++) {
                String cell = row.group(verdict);
                assertThat(NAMED.matcher(cell).find() || (verdict == UNKNOWN && cell.startsWith(NEVER)))
                        .describedAs(row.group(1) + ": " + cell)
                        .isTrue();
            }
        });
    }

    @Test
    void theTestsExist() throws IOException {
        for (MatchResult test : NAMED.matcher(PAGE).results().toList()) {
            assertThat(source(test.group(1)))
                    .describedAs(test.group())
                    .hasValueSatisfying(source -> assertThat(source).contains("    void " + test.group(2) + "("));
        }
    }

    private static Optional<String> source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Optional<Path> found = files.filter(
                            file -> file.getFileName().toString().equals(name + ".java"))
                    .findFirst();
            return found.isEmpty() ? Optional.empty() : Optional.of(Files.readString(found.get(), UTF_8));
        }
    }
}
