package io.github.rocketmigrate.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users paste has to work where they read it. */
final class GoalCommandTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @Test
    void aPlanOfAnotherNameIsPartOfTheCommand() {
        assertThat(GoalCommand.of("migration.yaml", "plan", List.of())).isEqualTo("mvn migrate:plan");
        assertThat(GoalCommand.of("my plans/shop.yaml", "unlock", List.of(GoalCommand.parameter("leaseId", "7"))))
                .isEqualTo("mvn migrate:unlock '-Dmigrate.file=my plans/shop.yaml' -Dmigrate.leaseId=7"
                        .replace("'-Dmigrate.file=", "-Dmigrate.file='"));
    }

    /** Goals of the sandbox and the goal help read no plan. */
    @Test
    void noOtherClassWritesTheCommandOfAGoalThatReadsAPlan() throws IOException {
        Pattern written = Pattern.compile("\"[^\"\\n]*mvn migrate:(?!sandbox|help)[^\"\\n]*\"");
        assertThat(found(SOURCES, ".java", written))
                .as("use MigrationPlan.command or Invocation")
                .containsExactly("GoalCommand.java: \"mvn migrate:\"");
    }

    @Test
    void noCommandEndsInAMarkThatAPasteWouldContain() throws IOException {
        Pattern marked = Pattern.compile("mvn migrate:[^\\n`\"]*[.,;:](?=\\s*(?:\\n|`|$))");
        assertThat(found(GOLDEN, ".txt", marked)).isEmpty();
        assertThat(found(GOLDEN, ".md", marked)).isEmpty();
    }

    private static List<String> found(Path folder, String ending, Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .flatMap(file -> pattern.matcher(text(file))
                            .results()
                            .map(MatchResult::group)
                            .map(match -> file.getFileName() + ": " + match))
                    .toList();
        }
    }

    /** The text without comments. */
    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8).replaceAll("(?m)^\\s*(?:/\\*\\*|\\*|//).*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
