package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.report.StatusRow;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.SandboxExtension;
import io.github.rocketmigrate.sandbox.Shop;
import io.github.rocketmigrate.wire.WireTap;
import io.github.rocketmigrate.write.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan} and {@code status} against real clusters, with somebody listening on the wire. */
@ExtendWith(SandboxExtension.class)
final class PlanIT {
    /** All that a goal may send that only reads: brokers, names, notes, runtime, settings, topics, groups, offsets, clients. */
    private static final Set<Integer> READING = Set.of(101, 106, 206, 219, 28, 26, 21, 201, 43, 202, 30, 31, 203, 328);

    @TempDir
    Path folder;

    @Test
    void theShopIsToBeCreated(Endpoints endpoints) throws Exception {
        Goals goals = new Goals(endpoints, folder);
        PlanReport report = goals.plan(goals.shop(""), Selection.ALL);
        assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(report.summary()).isEqualTo("Plan: 18 to create.");
        String first = Files.readString(folder.resolve("change-set.json"));
        goals.plan(goals.shop(""), Selection.ALL);
        assertThat(Files.readString(folder.resolve("change-set.json")))
                .describedAs("the same input gives the same bytes")
                .isEqualTo(first);
        assertThat(folder.resolve("plan.md")).isNotEmptyFile();
        assertThat(folder.resolve("TEST-migrate-plan.xml")).isNotEmptyFile();
    }

    @Test
    void aBatchTakesInWhoeverConsumesItsTopics(Endpoints endpoints) throws Exception {
        Goals goals = new Goals(endpoints, folder);
        PlanReport report = goals.plan(goals.shop(""), Selection.of(null, "payments,user-*", "user-nothing"));
        assertThat(report.changes().partial()).isTrue();
        assertThat(report.changes().changes())
                .extracting(change -> change.subject().name())
                .describedAs("with shop-windows, of which nobody knows: its members broadcast")
                .containsExactly(
                        "ledger", "recommendations", "shop-windows", "user-events-audit", "payments", "user-events");
    }

    @Test
    void aWatchedBoardEndsWhenItIsStopped(Endpoints endpoints) throws Exception {
        Goals goals = new Goals(endpoints, folder);
        StopSignal stopping = new StopSignal();
        List<StatusReport> boards = new ArrayList<>();
        goals.watch(
                goals.shop(""),
                board -> {
                    boards.add(board);
                    stopping.request();
                },
                stopping);
        assertThat(boards).hasSize(1);
        assertThat(folder.resolve("result-status.json")).isRegularFile();
    }

    @Test
    void theBoardShowsWhatIsLeftToConsume(Endpoints endpoints) throws Exception {
        Goals goals = new Goals(endpoints, folder);
        StatusReport report = goals.status(goals.shop(""), Selection.ALL);
        StatusRow fulfilment = row(report, "order-fulfilment");
        assertThat(fulfilment.at(Side.SOURCE).backlog()).hasValue(24);
        assertThat(fulfilment.at(Side.SOURCE).members()).isZero();
        assertThat(fulfilment.at(Side.DESTINATION).members()).isZero();
        assertThat(fulfilment.missing().words()).isEqualTo("to create");
        StatusRow payments = row(report, "payments");
        assertThat(payments.at(Side.SOURCE).backlog()).hasValue(4);
        assertThat(payments.at(Side.DESTINATION).backlog())
                .describedAs("not there")
                .isEmpty();
        assertThat(payments.progress().now()).isEqualTo("source only");
    }

    private static StatusRow row(StatusReport report, String name) {
        return report.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingThatWritesIsEverSent(Endpoints endpoints) throws Exception {
        try (WireTap tap = new WireTap(endpoints)) {
            Goals goals = new Goals(tap.endpoints(), folder);
            goals.plan(goals.shop(""), Selection.ALL);
            assertThat(tap.codes())
                    .describedAs("two for each name server, one for the record, four for each broker")
                    .isEqualTo(Map.of(106, 2, 206, 2, 219, 1, 28, 2, 26, 2, 21, 2, 201, 2));

            goals.plan(goals.shop(""), Selection.of("orders", null, null));
            assertThat(tap.codes())
                    .describedAs("and one for the offsets of the source, where somebody asks who consumes")
                    .isEqualTo(Map.of(106, 2, 206, 2, 219, 1, 28, 2, 26, 2, 21, 2, 201, 2, 43, 1));

            goals.plan(goals.shop("traffic: { routing: join }"), Selection.ALL);
            assertThat(tap.codes().keySet()).isSubsetOf(READING);

            goals.status(goals.shop("traffic: { routing: client }"), Selection.ALL);
            SortedMap<Integer, Integer> status = new TreeMap<>(tap.codes());
            assertThat(status.keySet()).isSubsetOf(READING);
            assertThat(status)
                    .describedAs("one for each topic and group of a broker, offsets and producers of each broker")
                    .hasEntrySatisfying(
                            202,
                            count -> assertThat(count)
                                    .describedAs("topics, and retries where there were some")
                                    .isBetween(10, 10 + Shop.GROUPS.size()))
                    .containsEntry(203, 8)
                    .containsEntry(43, 2)
                    .containsEntry(328, 2);
        }
    }

    /** 4.x brokers tell of the queues that can be written only; those that are closed for writing hold messages too. */
    @Test
    void queuesThatAreClosedForWritingCountToo(Endpoints endpoints) throws Exception {
        Endpoints.SandboxCluster source = endpoints.cluster(Side.SOURCE);
        Topics.create(source, new TopicConfig("planned-shrunk", 4, 4, 6));
        Topics.send(source, "planned-shrunk", 3);
        Topics.create(source, new TopicConfig("planned-shrunk", 4, 2, 6));
        try (WireTap tap = new WireTap(endpoints)) {
            Goals goals = new Goals(tap.endpoints(), folder);
            String text =
                    goals.head("") + "batches: [{ name: all, topics: [{ name: planned-shrunk, type: NORMAL }] }]\n";
            StatusReport report = goals.status(text, Selection.ALL);
            assertThat(report.traffic().at(Side.SOURCE).queues().held("planned-shrunk"))
                    .hasValue(1);
            assertThat(tap.codes()).containsEntry(30, 2).containsEntry(31, 2);
        } finally {
            Topics.delete(source, "planned-shrunk");
        }
    }
}
