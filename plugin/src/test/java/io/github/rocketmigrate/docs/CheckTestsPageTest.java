package io.github.rocketmigrate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.check.CheckRegistry;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every check has a test on real servers in which it passes, fails and is unknown, and these tests exist. */
final class CheckTestsPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w:-]+)` \\| (.+?) \\| (.+?) \\| (.+?) \\|$");
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
                assertThat(!NamedTests.in(cell).isEmpty() || (verdict == UNKNOWN && cell.startsWith(NEVER)))
                        .describedAs(row.group(1) + ": " + cell)
                        .isTrue();
            }
        });
    }

    @Test
    void theTestsExist() {
        assertThat(NamedTests.in(PAGE)).isNotEmpty().allSatisfy(NamedTests::requireSource);
    }
}
