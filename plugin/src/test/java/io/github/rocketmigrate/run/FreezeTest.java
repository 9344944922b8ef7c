package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Topics stay where they are on frozen days, and may go back on any day. */
final class FreezeTest extends RollbackStory {
    @Test
    void nothingMovesForwardUntilTheFreezeEnds() {
        traffic = ", freeze: [{ from: 2026-11-21, to: 2026-11-22, zone: UTC }]";
        views = Stage.WRITE_DESTINATION;
        ApplyReport report = apply();
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(stage("views")).isEqualTo(Stage.READ_BOTH);
        assertThat(Printed.of(report))
                .contains("frozen until 2026-11-22T24:00 UTC (line ")
                .contains("Run again after 2026-11-22T24:00 UTC.");
        assertThat(Printed.of(look())).contains("frozen until 2026-11-22T24:00 UTC (line ");
        network.timing().sleep(Duration.ofHours(36));
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("views")).isEqualTo(Stage.WRITE_DESTINATION);
    }

    @Test
    void theWayBackIsNeverFrozen() {
        traffic = ", freeze: [{ from: 2026-11-21, to: 2026-11-22, zone: UTC }]";
        clicks = Stage.READ_BOTH;
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.READ_BOTH);
        rollback(TO_SOURCE, "views");
        assertThat(stage("views")).isEqualTo(Stage.SOURCE);
    }
}
