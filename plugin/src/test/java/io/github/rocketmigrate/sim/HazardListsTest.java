package io.github.rocketmigrate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.docs.Page;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for reviewers says of each hazard whether the simulator finds it. */
final class HazardListsTest {
    private static final Pattern LINE = Pattern.compile("(?m)^- ([^(:]+?)(?: \\(|: )");
    private static final Pattern NAME = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");

    @Test
    void everyHazardIsInOneOfTheLists() {
        List<String> hazards = page("hazards.md")
                .lines()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring("### ".length()))
                .toList();
        assertThat(LINE.matcher(lists()).results().map(line -> line.group(1)))
                .containsExactlyInAnyOrderElementsOf(hazards);
    }

    @Test
    void theMutantsExist() {
        assertThat(NAME.matcher(lists()).results().map((MatchResult name) -> name.group(1)))
                .isNotEmpty()
                .allMatch(name -> Mutant.named(name).isPresent());
    }

    private static String lists() {
        String page = page("hazard-tests.md");
        return page.substring(page.indexOf("## The simulator"));
    }

    private static String page(String name) {
        return Page.ofSite(name).text();
    }
}
