package io.github.rocketmigrate.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.WrongAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every hazard has a row with tests on the page for reviewers, and the tests exist. */
final class HazardsPageTest {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern KEPT_BY = Pattern.compile("`((?:\\w+Test|\\w+IT))(?:\\.(\\w+))?`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+?) \\| (.*) \\|$");
    private static final String PAGE = Page.ofSite("hazards.md").text();
    private static final String TESTS_OF_HAZARDS =
            Page.ofSite("hazard-tests.md").text();

    @Test
    void everyHazardHasARowWithItsTests() {
        assertThat(rows().keySet()).containsExactlyElementsOf(hazards());
        assertThat(rows())
                .allSatisfy((hazard, tests) ->
                        assertThat(KEPT_BY.matcher(tests).find()).as(hazard).isTrue());
    }

    /** Names of classes tell an operator nothing. */
    @Test
    void thePageForUsersNamesNoTests() {
        assertThat(KEPT_BY.matcher(PAGE).results()).isEmpty();
    }

    @Test
    void theTestsExist() {
        Map<String, String> sources = sources();
        assertThat(KEPT_BY.matcher(TESTS_OF_HAZARDS).results()).isNotEmpty().allSatisfy(test -> {
            assertThat(sources).containsKey(test.group(1));
            if (test.group(2) != null) {
                assertThat(sources.get(test.group(1))).contains("void " + test.group(2) + "(");
            }
        });
    }

    @Test
    void theTableOfWrongAnswersIsTheOneInTheCode() {
        List<String> rows =
                PAGE.lines().filter(line -> line.matches("\\| \\d+ \\|.*")).toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(WrongAnswer.values())
                        .map(WrongAnswer::row)
                        .toList());
    }

    private static List<String> hazards() {
        return PAGE.lines()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring("### ".length()))
                .toList();
    }

    /** The tests by hazard, in the order of the page. */
    private static Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        ROW.matcher(TESTS_OF_HAZARDS).results().skip(1).forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }

    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            HazardsPageTest::read,
                            (first, second) -> first + second));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
