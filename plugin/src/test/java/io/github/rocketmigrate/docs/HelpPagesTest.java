package io.github.rocketmigrate.docs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.plan.PlanReader;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Rule;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.run.PlanReaders;
import io.github.rocketmigrate.text.ConnectionProblem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every address that a message prints leads to a paragraph with cause, example and fix. */
final class HelpPagesTest {
    private static final String SITE = "https://rocketmigrate.github.io/";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final Page RULES = Page.ofSite("rules.md");
    private static final Page CONNECTIONS = Page.ofSite("connections.md");
    private static final Page CHECKS = Page.ofSite("checks.md");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| (.+?) \\| \\[`[^`]+`]\\(#(.+?)\\) \\| .+ \\|$");

    /** The beginning of a plan for examples that show only some of its keys. */
    private static final Map<String, String> HEAD = Map.of(
            "version", "version: 1\n",
            "name", "name: shop\n",
            "source", "source: { nameServers: [10.0.0.11:9876] }\n",
            "destination", "destination: { nameServers: [10.0.1.11:9876] }\n");

    private static final String BATCHES = "batches: [{ name: a, topics: [{ name: page-views, type: NORMAL }] }]\n";

    /** Rules about the whole file, whose examples are not the beginning of a plan. */
    private static final List<Rule> WHOLE_FILE = List.of(Rule.UNREADABLE, Rule.TOO_LARGE, Rule.NOT_YAML, Rule.EMPTY);

    @TempDir
    Path folder;

    static Stream<Check> checks() {
        return CheckRegistry.all().stream();
    }

    @ParameterizedTest
    @EnumSource
    void explainsEveryRule(Rule rule) {
        assertThat(rule.help()).isEqualTo(SITE + "rules.html#" + rule.code());
        String section = section(RULES, rule.code());
        assertThat(section)
                .contains("### " + rule.code() + ": ")
                .contains("**Cause** (" + rule.severity().word())
                .contains("\n```")
                .contains("**Fix.** ");
    }

    @ParameterizedTest
    @EnumSource
    void showsAnExampleThatBreaksTheRule(Rule rule) throws IOException {
        PlanReader reader = reader(rule);
        Path plan = rule == Rule.UNREADABLE ? folder.resolve("no-such-file.yaml") : write(rule);
        assertThat(reader.read(plan).problems().stream()
                        .filter(problem -> problem.severity() != Severity.NOTE || problem.rule() == rule))
                .isNotEmpty()
                .extracting(Problem::rule)
                .containsOnly(rule);
    }

    /** All connection problems led to one list of guesses. */
    @ParameterizedTest
    @EnumSource
    void explainsEveryConnectionProblem(ConnectionProblem problem) {
        String page = SITE + "connections.html#";
        assertThat(problem.help()).startsWith(page);
        String section = section(CONNECTIONS, problem.help().substring(page.length()));
        assertThat(section).contains("**Cause.** ").contains("**Fix.** ");
        assertThat(Page.blocks(section, ""))
                .describedAs("an example of its message")
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void explainsEveryCheck(Check check) {
        assertThat(check.help()).isEqualTo(SITE + "checks.html#" + check.name());
        String section = section(CHECKS, check.name());
        assertThat(section)
                .contains("### " + check.name() + "\n")
                .contains("**Can be waived:** " + (check.isWaivable() ? "yes." : "no."))
                .contains("**Fix.** ");
        assertThat(Page.blocks(section, ""))
                .describedAs("an example of its message")
                .hasSize(1);
        assertThat(Page.blocks(section, "yaml"))
                .describedAs("an example of a waiver")
                .hasSize(check.isWaivable() ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void showsWaiversThatAreValid(Check check) throws IOException {
        for (String waiver : Page.blocks(section(CHECKS, check.name()), "yaml")) {
            String plan = String.join("", HEAD.values())
                    + "batches:\n  - name: a\n    topics: [{ name: page-views, type: NORMAL }]\n    waivers:\n      "
                    + waiver;
            assertThat(problems(plan))
                    .describedAs("nobody can copy a waiver without choosing its last day")
                    .containsExactly(Rule.WRONG_FORM);
            assertThat(problems(plan.replace("YYYY-MM-DD", TODAY.plusDays(30).toString())))
                    .isEmpty();
            assertThat(check.waiverNames())
                    .anyMatch(name ->
                            waiver.contains("check: " + name + ",") || waiver.contains("check: \"" + name + "\","));
        }
    }

    private List<Rule> problems(String plan) throws IOException {
        return reader(Rule.NOT_YAML).read(Files.writeString(folder.resolve("plan.yaml"), plan)).problems().stream()
                .map(Problem::rule)
                .toList();
    }

    /** The first table leads from a message to its check, for readers who know only the message. */
    @Test
    void leadsFromEveryMessageToItsParagraph() {
        List<MatchResult> rows =
                MESSAGE.matcher(section(CHECKS, "messages")).results().toList();
        assertThat(rows)
                .extracting(row -> row.group(2))
                .containsExactlyElementsOf(CHECKS.sections().keySet().stream()
                        .filter(anchor -> section(CHECKS, anchor).contains("**Fix.** "))
                        .sorted(comparing(CHECKS.anchors()::indexOf))
                        .toList());
        assertThat(rows).allSatisfy(row -> {
            String message = String.join(" ", Page.blocks(section(CHECKS, row.group(2)), ""));
            int at = 0;
            for (String part : row.group(1).split("…", -1)) {
                assertThat(message.indexOf(part.strip(), at)).as(row.group(1)).isNotNegative();
                at = message.indexOf(part.strip(), at) + part.strip().length();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void explainsEveryReasonWhyAPlanCannotBeReached(Impossible.Cause cause) {
        assertThat(cause.help()).isEqualTo(SITE + "checks.html#" + cause.word());
        String section = section(CHECKS, cause.word());
        assertThat(section).contains("### " + cause.word() + "\n", "**Cause.** ", "**Fix.** ");
        assertThat(Page.blocks(section, ""))
                .describedAs("an example of its message")
                .hasSize(1);
    }

    @Test
    void hasEveryAnchorOnce() {
        assertThat(RULES.anchors()).doesNotHaveDuplicates();
        assertThat(CHECKS.anchors()).doesNotHaveDuplicates();
        assertThat(RULES.anchors())
                .filteredOn(anchor -> anchor.startsWith("MIG-"))
                .containsExactlyElementsOf(
                        Stream.of(Rule.values()).map(Rule::code).toList());
    }

    private static String section(Page page, String anchor) {
        assertThat(page.sections()).containsKey(anchor);
        return page.sections().get(anchor);
    }

    private static PlanReader reader(Rule rule) {
        return rule == Rule.MANAGED_DESTINATION
                ? PlanReaders.connecting(name -> Optional.empty(), TODAY)
                : PlanReaders.offline(name -> Optional.empty(), TODAY);
    }

    /** Saves the example of a rule, with the keys that it leaves out. */
    private Path write(Rule rule) throws IOException {
        String example = Page.blocks(section(RULES, rule.code()), "yaml").get(0);
        String filling = rule == Rule.TOO_LARGE ? "# and so on\n".repeat(400_000) : "";
        Charset charset = rule == Rule.NOT_UTF_8 ? ISO_8859_1 : UTF_8;
        return Files.writeString(
                folder.resolve("plan.yaml"), WHOLE_FILE.contains(rule) ? example + filling : whole(example), charset);
    }

    private static String whole(String example) {
        StringBuilder whole = new StringBuilder();
        HEAD.forEach((key, line) -> whole.append(isIn(example, key) ? "" : line));
        return whole + example + (isIn(example, "batches") ? "" : BATCHES);
    }

    private static boolean isIn(String example, String key) {
        return example.lines().takeWhile(line -> !line.equals("---")).anyMatch(line -> line.startsWith(key + ":"));
    }
}
