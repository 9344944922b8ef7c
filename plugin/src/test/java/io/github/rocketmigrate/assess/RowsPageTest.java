package io.github.rocketmigrate.assess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.docs.Page;
import io.github.rocketmigrate.text.HelpPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The page on the examination has every row, with its meaning, its source and its fix.
 *
 * <p>After a wanted change, {@code mvn test -Dtest=RowsPageTest -Dgolden.update=true} writes the tables anew.
 */
final class RowsPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/before-you-start.md");
    private static final String BEGIN =
            "<!-- rows: generated from the classes of package assess, see RowsPageTest -->\n";
    private static final String END = "<!-- end of rows -->\n";

    @Test
    void thePageHasEveryRow() throws IOException {
        String expected =
                Arrays.stream(RowGroup.values()).map(RowsPageTest::table).collect(joining("\n"));
        String text = Files.readString(PAGE, UTF_8);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END, from);
        assertThat(text).contains(BEGIN).contains(END);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, text.substring(0, from) + expected + text.substring(to), UTF_8);
            return;
        }
        assertThat(text.substring(from, to))
                .describedAs("%s; after an intended change, run this test with -Dgolden.update=true", PAGE)
                .isEqualTo(expected);
    }

    private static String table(RowGroup group) {
        List<RowRule> rows = Rows.all().stream()
                .filter(rule -> RowGroup.of(rule.id()) == group)
                .toList();
        return "\n### " + group.title() + "\n\n| row | fires if | then | source, verified |\n|---|---|---|---|\n"
                + rows.stream().map(RowsPageTest::row).collect(joining("\n", "", "\n"));
    }

    private static String row(RowRule rule) {
        return "| <a id=\"" + rule.id() + "\"></a>`" + rule.id() + "` " + rule.title() + " | "
                + escaped(rule.text().fires()) + " | " + escaped(rule.text().next()) + " *"
                + rule.text().question()
                + "* | " + escaped(rule.source().what()) + ", " + rule.source().verified() + " |";
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }

    @Test
    void everyAddressOfARowLeadsToThePage() {
        List<String> anchors = Page.ofSite("before-you-start.md").anchors();
        assertThat(Rows.all()).allSatisfy(rule -> {
            assertThat(HelpPages.row(rule.id())).endsWith("before-you-start.html#" + rule.id());
            assertThat(anchors).containsOnlyOnce(rule.id());
        });
    }

    @Test
    void idsAreInOrderAndOfTheirGroup() {
        assertThat(Rows.all()).extracting(RowRule::id).doesNotHaveDuplicates().isSorted();
    }
}
