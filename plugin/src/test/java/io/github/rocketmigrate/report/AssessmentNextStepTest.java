package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.RowGroup;
import io.github.rocketmigrate.assess.RowState.NotMeasurable;
import io.github.rocketmigrate.observe.Selection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a measurement can tell was asked of a person: "answer RMA-601 in assess.answers". */
final class AssessmentNextStepTest {
    private static final String OBSERVE = "mvn migrate:assess -Dmigrate.observe=60s";
    private static final String PLAN = "mvn migrate:plan";

    @Test
    void whatIsMeasuredWithTimeIsNotAsked() {
        NextStep next = after(open("RMA-601", true), open("RMA-602", true));
        assertThat(next.what()).isEqualTo("observe the load of the source for RMA-601, RMA-602, then plan");
        assertThat(next.commands()).containsExactly(OBSERVE, PLAN);
    }

    @Test
    void whatNobodyCanMeasureIsAnsweredInThePlan() {
        NextStep next = after(open("RMA-407", false));
        assertThat(next.what()).isEqualTo("answer RMA-407 in assess.answers of the plan, then plan");
        assertThat(next.commands()).containsExactly(PLAN);
    }

    @Test
    void bothAreSaidInTheOrderInWhichTheyAreDone() {
        NextStep next = after(open("RMA-407", false), open("RMA-601", true));
        assertThat(next.what())
                .isEqualTo("observe the load of the source for RMA-601; answer RMA-407 in assess.answers of the plan,"
                        + " then plan");
        assertThat(next.commands()).containsExactly(OBSERVE, PLAN);
    }

    /** Both were "not measurable", although the next line said how to measure one of them. */
    @Test
    void whatWasNotObservedIsNotMeasured() {
        AssessedRow load = open("RMA-601", true);
        AssessmentReport report = report(open("RMA-407", false), load);
        assertThat(report.summary()).isEqualTo("Assessment: 1 not measurable, 1 not observed.");
        assertThat(AssessmentReport.found(load)).isEqualTo("not observed: nobody knows");
        assertThat(report.counts()).containsEntry("notMeasurable", 2L);
    }

    private static NextStep after(AssessedRow... rows) {
        return NextStep.after(report(rows));
    }

    private static AssessmentReport report(AssessedRow... rows) {
        return new AssessmentReport(
                new Invocation("migration.yaml", Selection.ALL),
                "shop",
                "target/migrate/assessment.json",
                new ClusterRoute("source", "destination"),
                Stream.of(rows).toList(),
                Set.of(),
                Optional.empty(),
                Instant.EPOCH);
    }

    private static AssessedRow open(String id, boolean isUnobserved) {
        return new AssessedRow(
                id,
                RowGroup.FIT,
                "Load",
                new NotMeasurable("nobody knows", "How much is it?", isUnobserved),
                Optional.empty(),
                Optional.empty(),
                "RocketMQ 5.5.0",
                LocalDate.EPOCH,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of("How much is it?"));
    }
}
