package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.AssessmentReport;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.SandboxExtension;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.WireTap;
import io.github.rocketmigrate.write.SystemTiming;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The examination of real clusters, with somebody listening on the wire. */
@ExtendWith(SandboxExtension.class)
final class AssessIT {
    private static final int READ_AND_WRITE = 6;
    private static final int QUEUES = 2;

    @TempDir
    private Path folder;

    private Map<String, AssessedRow> assess(Endpoints endpoints, String batches) {
        AssessmentReport report = Assess.of(
                        new ClusterAccess(
                                id -> {
                                    throw new AssertionError("the sandbox has no accounts");
                                },
                                OptionalInt.empty()),
                        Optional.empty(),
                        Set.of(RowSeverity.BLOCKER),
                        Optional.empty(),
                        new SystemTiming(),
                        Duration.ofSeconds(1),
                        Goals.outputs(folder),
                        reading -> {})
                .run(
                        new Invocation("migration.yaml", Selection.ALL),
                        Plans.whole("""
                                version: 1
                                name: shop-to-5x
                                source: { nameServers: "%s" }
                                destination: { nameServers: "%s" }
                                batches: %s
                                """.formatted(
                                        endpoints.cluster(Side.SOURCE).nameServers(),
                                        endpoints.cluster(Side.DESTINATION).nameServers(),
                                        batches)),
                        shown -> {});
        return report.rows().stream().collect(toMap(AssessedRow::id, row -> row));
    }

    private static String state(AssessedRow row) {
        return row.state().severity().map(RowSeverity::word).orElseGet(row.state()::word);
    }

    /** Of the shop, nobody runs; its payments are transactions, whatever a plan says. */
    @Test
    void theShopIsExaminedWithoutAWrite(Endpoints endpoints) throws Exception {
        Map<String, AssessedRow> rows;
        try (WireTap tap = new WireTap(endpoints)) {
            rows = assess(tap.endpoints(), "[{ name: all, topics: [{ name: payments, type: NORMAL }] }]");
            assertThat(tap.codes().keySet())
                    .isSubsetOf(Arrays.stream(ReadRequest.values())
                            .map(ReadRequest::code)
                            .collect(toSet()));
        }
        assertThat(rows.get("RMA-102").value()).contains("4.9.7 (1 server)");
        assertThat(rows.get("RMA-103").value()).contains("5.5.0 (1 server); it creates topics and groups in lists");
        assertThat(rows.get("RMA-106").value()).contains("broker source-a joins without a restart");
        assertThat(rows.get("RMA-119").value().orElseThrow()).matches("up to \\d+ % used on 2 masters.*");
        assertThat(rows.get("RMA-201").value()).contains("payments: 60 TRANSACTION, planned as NORMAL");
        assertThat(rows.get("RMA-203").value()).hasValue("longest delay in use: 2 h, of cart-reminders, invoices");
        assertThat(rows.get("RMA-204").value()).hasValue("2 delay levels are in use: level 1 (1s), level 18 (2h)");
        assertThat(rows.get("RMA-205").objects()).contains("cart-reminders");
        assertThat(rows.get("RMA-205").value().orElseThrow()).matches(".*the last is due at .* UTC \\(in .*\\)");
        // A broker that asks about a transaction writes its half message again before it passes over the earlier one.
        assertThat(rows.get("RMA-207").value().orElseThrow()).matches("1 message: payments 1|2 messages: payments 2");
        assertThat(rows.get("RMA-306").objects()).contains("ledger", "order-fulfilment");
        assertThat(rows)
                .extractingByKeys("RMA-101", "RMA-107", "RMA-110", "RMA-118", "RMA-202", "RMA-211", "RMA-215")
                .extracting(AssessIT::state)
                .containsOnly("not-fired");
        assertThat(rows.get("RMA-601").state().remark()).contains("messages/s");
        assertThat(rows.get("RMA-602").limit().orElseThrow()).matches("[0-9.]+ [KMGT]iB free");
        assertThat(rows.get("RMA-302").state().remark()).contains("groups have no members to ask");
    }

    /** Members of one group consume in different ways; another group broadcasts, and a third selects with SQL92. */
    @Test
    void membersAreAskedHowTheyConsume(Endpoints endpoints) throws Exception {
        String topic = "assessed-members";
        Topics.create(endpoints.cluster(Side.SOURCE), new TopicConfig(topic, QUEUES, QUEUES, READ_AND_WRITE));
        Topics.createGroup(endpoints.cluster(Side.SOURCE), "assessed-both");
        Topics.createGroup(endpoints.cluster(Side.SOURCE), "assessed-prices");
        try (RealClients clients = new RealClients(endpoints)) {
            clients.member("assessed-both", "one", Side.SOURCE, true, false, topic);
            clients.member("assessed-both", "two", Side.SOURCE, false, false, topic, "user-events");
            clients.member("assessed-prices", "all", Side.SOURCE, false, true, topic);
            Eventually.holds("the members are seen", () -> {
                Map<String, AssessedRow> rows = assess(endpoints, "[{ name: all }]");
                return rows.get("RMA-301").objects().contains("assessed-both")
                        && rows.get("RMA-304").objects().contains("assessed-both")
                        && rows.get("RMA-302").objects().contains("assessed-prices")
                        && rows.get("RMA-401").value().orElseThrow().contains("JAVA 5.5.0");
            });
        } finally {
            Topics.delete(endpoints.cluster(Side.SOURCE), topic);
        }
    }
}
