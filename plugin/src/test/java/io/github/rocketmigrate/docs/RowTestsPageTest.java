package io.github.rocketmigrate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.assess.Rows;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every row of the examination has a test in which it fires, and these tests exist. */
final class RowTestsPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(RMA-\\d+)` (.+?) \\| (.+?) \\|$");
    private static final String PAGE = Page.ofSite("row-tests.md").text();
    private static final List<MatchResult> ROWS = ROW.matcher(PAGE).results().toList();

    @Test
    void everyRowIsListed() {
        assertThat(ROWS)
                .extracting(row -> row.group(1) + " " + row.group(2))
                .containsExactlyElementsOf(Rows.all().stream()
                        .map(rule -> rule.id() + " " + rule.title())
                        .toList());
    }

    @Test
    void everyRowHasATest() {
        assertThat(ROWS)
                .allSatisfy(row -> assertThat(NamedTests.in(row.group(3)))
                        .describedAs(row.group())
                        .isNotEmpty());
    }

    /** What no server of the tests can cause says why. */
    @Test
    void whatIsMadeUpHasAReason() {
        assertThat(ROWS)
                .filteredOn(row -> row.group(3).contains("`RowsTest."))
                .allSatisfy(
                        row -> assertThat(row.group(3)).startsWith("made up: ").contains(", because "));
    }

    @Test
    void theTestsExist() {
        assertThat(NamedTests.in(PAGE)).isNotEmpty().allSatisfy(NamedTests::requireSource);
    }
}
