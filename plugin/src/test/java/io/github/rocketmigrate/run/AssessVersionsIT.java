package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examination of the shop on the oldest and the newest releases of a source; {@link AssessIT} has the usual one. */
@Tag("thorough")
final class AssessVersionsIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"4.7.1, 5.3.3, needs a restart", "5.3.3, 5.5.0, joins without a restart"})
    void theShopIsExaminedOnOtherReleases(String source, String destination, String joins) throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("servers"), source, destination, 1, true)) {
            Goals goals = new Goals(sandbox.endpoints(), folder);
            Map<String, AssessedRow> rows = goals
                    .assess(goals.head("batches: [{ name: all, topics: [{ name: payments, type: NORMAL }] }]\n"))
                    .rows()
                    .stream()
                    .collect(toMap(AssessedRow::id, row -> row));
            assertThat(rows.get("RMA-102").value().orElseThrow()).contains(source + " (1 server)");
            assertThat(rows.get("RMA-103").value().orElseThrow()).contains(destination + " (1 server)");
            assertThat(rows.get("RMA-106").value().orElseThrow()).contains("broker source-a " + joins);
            assertThat(rows.get("RMA-201").value().orElseThrow())
                    .contains("payments: 60 TRANSACTION, planned as NORMAL");
            assertThat(rows.get("RMA-203").value()).hasValue("longest delay in use: 2 h, of cart-reminders, invoices");
            assertThat(rows.get("RMA-205").value().orElseThrow()).matches(".*the last is due at .* UTC \\(in .*\\)");
            assertThat(rows.get("RMA-306").objects()).contains("ledger", "order-fulfilment");
            for (String id : List.of("RMA-101", "RMA-107", "RMA-118", "RMA-204", "RMA-501", "RMA-506")) {
                assertThat(rows.get(id).state().severity().map(RowSeverity::word))
                        .describedAs("%s", rows.get(id))
                        .isEmpty();
                assertThat(rows.get(id).value()).describedAs(id).isPresent();
            }
        }
    }
}
