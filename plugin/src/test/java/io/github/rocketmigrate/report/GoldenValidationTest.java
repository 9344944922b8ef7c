package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.plan.PlanReader;
import io.github.rocketmigrate.plan.Rule;
import io.github.rocketmigrate.run.PlanReaders;
import io.github.rocketmigrate.text.DisplayWidth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the complete output for each invalid plan.
 *
 * <p>After an intended change, run {@code mvn test -Dtest=GoldenValidationTest -Dgolden.update=true} to rewrite the
 * files, and review their difference before you commit it.
 */
final class GoldenValidationTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/validate");
    /** The columns that Maven's level leaves in a terminal of 120 columns. */
    private static final int WIDE = PlainTerminal.NARROW + 40;

    private static final Map<String, String> PROPERTIES =
            Map.of("known", "10.0.0.21:9876", "several", "10.0.0.21:9876;10.0.0.22:9876");
    /** Rules for files that are not text, see {@code HostileInputTest}, and rules that apply only to goals that connect. */
    private static final List<Rule> ELSEWHERE = List.of(Rule.UNREADABLE, Rule.TOO_LARGE, Rule.MANAGED_DESTINATION);

    static Stream<Path> plans() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void printsTheProblemsOfAPlan(Path plan) throws IOException {
        List<String> printed = print(plan, PlainTerminal.NARROW);
        matchesGolden(Path.of(plan.toString().replaceAll("yaml$", "txt")), printed);
        assertThat(printed).noneMatch(line -> line.contains("\u001b"));
    }

    /** Plans whose problems have long sentences. */
    @ParameterizedTest
    @ValueSource(strings = {"MIG-004-colon-in-text", "MIG-103-wrong-kinds", "MIG-105-broken-placeholders"})
    void printsTheProblemsOfAPlanInAWideTerminal(String plan) throws IOException {
        matchesGolden(FOLDER.resolve(plan + ".120.txt"), print(FOLDER.resolve(plan + ".yaml"), WIDE));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void fitsTheTerminal(Path plan) throws IOException {
        for (int width : List.of(PlainTerminal.NARROW, WIDE)) {
            assertThat(print(plan, width))
                    .filteredOn(line -> DisplayWidth.of(line) > width)
                    .describedAs("only addresses and single words are longer than the terminal is wide")
                    .allMatch(line ->
                            line.contains("= help: http") || !line.strip().contains(" "));
        }
    }

    /** Problems of connections have long fixes, and some of these are commands. */
    @ParameterizedTest
    @ValueSource(ints = {PlainTerminal.NARROW, WIDE})
    void printsTheProblemsOfConnections(int width) throws IOException {
        Fault denied = new Fault(
                "The source's name server 10.0.0.11:9876 denied the request for its version: Check signature failed for"
                        + " accessKey=migrate.",
                "Check that settings.xml has the right secret of user 'migrate', in the server that source.credentials"
                        + " names, and that this user may read topics, groups and broker settings.");
        Fault held = new Fault(
                "Another run may be changing rocketmq5: ci@runner-7, since 12 min.",
                "Wait until it ends (for example with -Dmigrate.wait=15m). If it is dead: mvn migrate:unlock"
                        + " -Dmigrate.leaseId=4711cafe");
        List<String> plan = List.of(
                "version: 1",
                "name: shop-to-5x",
                "source: { nameServers: [10.0.0.11:9876], credentials: rocketmq-source }",
                "destination: { nameServers: [10.0.1.11:9876] }");
        List<String> lines = new ArrayList<>();
        new ValidationText(new PlainTerminal(width, lines))
                .faults(
                        "migration.yaml",
                        plan,
                        Fault.all(List.of(
                                denied.at(Optional.of(new Position(3, 54, 15))),
                                held.at(Optional.of(new Position(4, 1, 11))))));
        matchesGolden(FOLDER.resolve("connections." + (width + 80 - PlainTerminal.NARROW) + ".txt"), lines);
        assertThat(lines)
                .describedAs("Maven's level of an error is longer than the one of other lines")
                .allMatch(line -> line.length() < width);
    }

    private static void matchesGolden(Path golden, List<String> lines) throws IOException {
        String printed = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, printed, UTF_8);
        }
        assertThat(printed).isEqualTo(Files.readString(golden, UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasPlansThatBreakOnlyThisRule(Rule rule) throws IOException {
        if (ELSEWHERE.contains(rule)) {
            return;
        }
        List<Path> mine = plans().filter(plan -> plan.getFileName().toString().startsWith(rule.code()))
                .toList();
        assertThat(mine).isNotEmpty();
        for (Path plan : mine) {
            assertThat(codes(plan)).describedAs(plan.toString()).containsOnly(rule.code());
        }
    }

    private static List<String> codes(Path plan) {
        return reader().read(plan).problems().stream()
                .map(problem -> problem.rule().code())
                .toList();
    }

    private static List<String> print(Path plan, int width) {
        List<String> lines = new ArrayList<>();
        ValidationReport report = new ValidationReport("migration.yaml", reader().read(plan));
        new ValidationText(new PlainTerminal(width, lines)).print(report);
        return lines;
    }

    private static PlanReader reader() {
        return PlanReaders.offline(name -> Optional.ofNullable(PROPERTIES.get(name)), LocalDate.of(2026, 11, 21));
    }
}
