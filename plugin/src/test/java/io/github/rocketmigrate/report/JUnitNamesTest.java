package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Fault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CI servers compare the tests of two runs by their names, and lead to the line of a failed one. */
final class JUnitNamesTest {
    /** A count, an age, an address or a line in a name would make another test of it in the next run. */
    @ParameterizedTest
    @EnumSource
    void theNameOfATestHasOnlyWhatStays(GoldenPlanTest.Case one) {
        PlanReport report = one.report();
        assertThat(report.tests())
                .extracting(JUnitFile.Case::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("(topic|group|broker|remove-topic|remove-group) [^ ]+|[a-z-]+( [^ ]+)?")
                        && !name.contains(report.file()));
    }

    @ParameterizedTest
    @EnumSource
    void theTestOfAnObjectLeadsToItsLine(GoldenPlanTest.Case one) {
        assertThat(one.report().tests())
                .filteredOn(test -> test.name().matches("(topic|group|remove-topic|remove-group) .*"))
                .allMatch(test -> test.line()
                        .filter(line -> line.file().equals("migration.yaml") && line.line() > 1)
                        .isPresent());
    }

    /** Two problems of a goal stay two tests, whichever lines they stand in. */
    @Test
    void problemsOfOneKindAreNumbered() {
        Fault fault =
                Fault.all(List.of(new Fault("a is denied.", "Check it."), new Fault("b is denied.", "Check it.")));
        assertThat(Result.of("plan", "migration.yaml", fault).errors())
                .extracting(JUnitFile.Case::name)
                .containsExactly("plan migration.yaml", "plan migration.yaml (2)");
    }

    /** An object that failed in two ways is one test that says both. */
    @Test
    void whatHappensToOneObjectIsOneTest() {
        List<JUnitFile.Case> merged = JUnitFile.merged(List.of(
                JUnitFile.Case.passed("topic orders"),
                JUnitFile.Case.failed("topic orders", "unknown", "no answer", new FailureText("no answer")),
                JUnitFile.Case.failed("topic orders", "not-attempted", "not begun", new FailureText("not begun"))));
        assertThat(merged).hasSize(1);
        assertThat(merged.get(0).result()).isEqualTo(JUnitFile.CaseResult.FAILED);
        assertThat(merged.get(0).text()).isEqualTo("no answer\nnot begun");
        assertThat(merged.get(0).line()).isEqualTo(Optional.empty());
    }
}
