package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.plan.PlanReader;
import io.github.rocketmigrate.plan.Rule;
import io.github.rocketmigrate.run.PlanReaders;
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

/**
 * Compares the complete output for each invalid plan.
 *
 * <p>After an intended change, run {@code mvn test -Dtest=GoldenValidationTest -Dgolden.update=true} to rewrite the
 * files, and review their difference before you commit it.
 */
final class GoldenValidationTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/validate");
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
        Path golden = Path.of(plan.toString().replaceAll("yaml$", "txt"));
        String printed = print(plan);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, printed, UTF_8);
        }
        assertThat(printed).isEqualTo(Files.readString(golden, UTF_8));
        assertThat(printed).doesNotContain("\u001b");
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

    private static String print(Path plan) {
        List<String> lines = new ArrayList<>();
        ValidationReport report = new ValidationReport("migration.yaml", reader().read(plan));
        new ValidationText(new PlainTerminal(lines)).print(report);
        return String.join("\n", lines) + "\n";
    }

    private static PlanReader reader() {
        return PlanReaders.offline(name -> Optional.ofNullable(PROPERTIES.get(name)), LocalDate.of(2026, 11, 21));
    }
}
