package io.github.rocketmigrate.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.docs.Page;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.plan.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Editors and readers see the checks that there are.
 *
 * <p>After a wanted change, {@code mvn test -Dtest=CheckListsTest -Dgolden.update=true} writes both lists anew.
 */
final class CheckListsTest {
    private static final Path SCHEMA = Path.of("../schema/migration-plan-1.json");
    private static final String SCHEMA_BEGIN = "\"anyOf\": [\n            { \"enum\": [\n";
    private static final String SCHEMA_END = "            ] },\n            { \"pattern\": \"^gate:.+\" }\n";

    private static final Path PAGE = Path.of("src/site/markdown/planning.md");
    private static final String PAGE_BEGIN =
            "<!-- checks: generated from the classes of package check, see CheckListsTest -->\n";
    private static final String PAGE_END = "<!-- end of checks -->\n";

    private static final Set<Purpose> STEPS = EnumSet.complementOf(
            EnumSet.of(Purpose.WRITE_OBJECTS, Purpose.JOIN, Purpose.LEAVE_JOIN, Purpose.OPEN_SOURCE));
    private static final Set<Purpose> STEPS_FORWARD = STEPS.stream()
            .filter(Purpose::mayWait)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Purpose.class)));

    @Test
    void theSchemaOffersTheChecksThatCanBeWaived() throws IOException {
        String names = CheckRegistry.all().stream()
                .filter(Check::isWaivable)
                .flatMap(check -> check.waiverNames().stream())
                .map(name -> "              \"" + name + "\"")
                .collect(joining(",\n", "", "\n"));
        holds(SCHEMA, SCHEMA_BEGIN, names, SCHEMA_END);
    }

    @Test
    void thePageOnPlanningHasATableOfTheChecks() throws IOException {
        String table = checks().stream()
                .map(CheckListsTest::row)
                .collect(joining("\n", "| check | before | passes when | waivable |\n|---|---|---|---|\n", "\n"));
        holds(PAGE, PAGE_BEGIN, table, PAGE_END);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void thePageOnChecksHasTheTraitsOfACheck(Check check) {
        String section = Page.ofSite("checks.md")
                .sections()
                .get(anchor(check))
                .replaceAll("(?m)^- ", "")
                .replaceAll("\\s+", " ");
        assertThat(section)
                .contains("**Passes when** " + check.passesWhen() + ".")
                .contains("**Due before:** " + before(check.before()) + ". **Can be waived:** "
                        + (check.isWaivable() ? "yes." : "no."));
    }

    static List<Check> checks() {
        return CheckRegistry.of(Plans.plan("""
                        traffic: { routing: join, gates: [{ name: NAME, url: "http://shop/ready", status: 200 }] }
                        batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]
                        """).conditions());
    }

    /** All gates share one paragraph. */
    private static String anchor(Check check) {
        return check.name().replaceFirst(":.*", "");
    }

    private static String row(Check check) {
        return "| [`" + check.name() + "`](checks.md#" + anchor(check) + ") | " + before(check.before()) + " | "
                + check.passesWhen() + " | " + (check.isWaivable() ? "yes" : "no") + " |";
    }

    private static String before(Set<Purpose> purposes) {
        Set<Purpose> rest = EnumSet.copyOf(purposes);
        List<String> words = new ArrayList<>();
        if (rest.containsAll(STEPS)) {
            words.add("every step of a topic");
            rest.removeAll(STEPS);
        } else if (rest.containsAll(STEPS_FORWARD)) {
            words.add("every step forward");
            rest.removeAll(STEPS_FORWARD);
        }
        Arrays.stream(Purpose.values())
                .filter(rest::contains)
                .map(CheckListsTest::words)
                .forEach(words::add);
        return String.join(", ", words);
    }

    private static String words(Purpose purpose) {
        return switch (purpose) {
            case WRITE_OBJECTS -> "writing topics and groups";
            case JOIN -> "the join";
            case LEAVE_JOIN -> "leaving the join";
            case LEAVE_SOURCE -> "leaving `source`";
            case OPEN_BOTH -> "`write-both`";
            case TO_DESTINATION -> "`write-destination`";
            case CLOSE_FENCE -> "closing the fence";
            case END_PAUSE -> "ending the pause";
            case OPEN_FENCE -> "opening the fence";
            case OPEN_REVERSE_FENCE -> "opening the reverse fence";
            case LEAVE_BEHIND -> "`destination`";
            case BACK -> "every step back";
            case FINISH -> "finishing a write";
            case OPEN_SOURCE -> "opening the source alone";
        };
    }

    private static void holds(Path file, String begin, String expected, String end) throws IOException {
        String text = Files.readString(file, UTF_8);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end, from);
        assertThat(text).contains(begin).contains(end);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text.substring(0, from) + expected + text.substring(to), UTF_8);
            return;
        }
        assertThat(text.substring(from, to))
                .describedAs("%s; after an intended change, run this test with -Dgolden.update=true", file)
                .isEqualTo(expected);
    }
}
