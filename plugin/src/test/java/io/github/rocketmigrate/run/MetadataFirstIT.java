package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.report.Result;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.write.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A plan creates topics and groups at the destination, and gets {@code traffic} later: one story, told in order. */
@TestMethodOrder(OrderAnnotation.class)
final class MetadataFirstIT {
    private static final String JOIN = "traffic: { routing: join }\n";

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        sandbox = OwnSandbox.start(sandboxFolder, "4.9.7", "5.5.0", 1, false);
        for (String topic : List.of("clicks", "orders")) {
            Topics.create(cluster(Side.SOURCE), new TopicConfig(topic, 2, 2, 6));
        }
        Topics.createGroup(cluster(Side.SOURCE), "audit");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static Endpoints.SandboxCluster cluster(Side side) {
        return sandbox.endpoints().cluster(side);
    }

    private Goals goals() {
        return new Goals(sandbox.endpoints(), folder.resolve("run"));
    }

    private String plan(String traffic) {
        return goals().head(traffic) + "batches: [{ name: all, " + (traffic.isEmpty() ? "" : "stage: read-both, ")
                + "topics: [{ name: clicks, type: NORMAL }, { name: orders, type: NORMAL }],"
                + " groups: [{ name: audit, order: CONCURRENT }] }]\n";
    }

    private ApplyReport apply(Apply.Settings settings) {
        return goals().apply(plan(JOIN), Selection.ALL, Optional.empty(), settings, new StopSignal());
    }

    private static List<String> removals(PlanReport report) {
        return report.changes().changes().stream()
                .filter(Change.Remove.class::isInstance)
                .map(change -> change.word() + " " + change.subject().name())
                .toList();
    }

    private static List<String> held(Result result) {
        return result.details().held().values().stream().map(Reason::words).toList();
    }

    @Test
    @Order(1)
    void aPlanWithoutTrafficIsApplied() {
        ApplyReport report = goals().apply(plan(""));
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(report.counts()).containsEntry("created", 3L);
        assertThat(goals().plan(plan(""), Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    @Order(2)
    void aTopicWithAMessageKeepsTheClustersApart() throws Exception {
        Topics.send(cluster(Side.DESTINATION), "orders", 1);
        PlanReport planned = goals().planRemoving(plan(JOIN));
        assertThat(planned.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(planned.changes().impossible()).isEmpty();
        assertThat(held(planned.result()))
                .anySatisfy(reason -> assertThat(reason).contains("it holds 1 message. Set routing: client"));

        ApplyReport report = apply(Goals.SETTINGS.removing());
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(report.counts()).containsEntry("removed", 0L);
        assertThat(removals(goals().plan(plan(JOIN), Selection.ALL)))
                .containsExactly("remove-group audit", "remove-topic clicks", "remove-topic orders");
        deleteByHand("orders");
    }

    /** Brokers without timers delete the topic and then fail, so name servers keep its route. */
    private static void deleteByHand(String topic) throws Exception {
        try {
            Topics.delete(cluster(Side.DESTINATION), topic);
        } catch (MQClientException timers) {
            assertThat(timers).hasMessageContaining("TimerMessageStore");
        }
    }

    @Test
    @Order(3)
    void thePlanSaysWhatHasToBeRemovedAndApplyNeedsPermission() {
        PlanReport planned = goals().planRemoving(plan(JOIN));
        assertThat(planned.outcome()).describedAs(Printed.of(planned)).isEqualTo(Outcome.PENDING);
        assertThat(removals(planned))
                .containsExactly("remove-group audit", "remove-topic clicks", "remove-topic orders");
        assertThat(planned.counts()).containsEntry("remove", 3L).containsEntry("blocked", 0L);

        ApplyReport report = apply(Goals.SETTINGS);
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(report.application().changes()).isEmpty();
        assertThat(held(report.result()))
                .hasSize(3)
                .allSatisfy(reason -> assertThat(reason).contains("-Dmigrate.removeEmpty=true"));
    }

    @Test
    @Order(4)
    void withPermissionTheSameRunRemovesJoinsAndMoves() throws Exception {
        // A broker reads its name servers 10 s after its start, and then every 2 minutes.
        sandbox.kill("source-a");
        sandbox.restart("source-a");
        ApplyReport report = apply(Goals.SETTINGS.removing());
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(report.counts()).containsEntry("removed", 3L).containsEntry("moved", 2L);
        StatusReport status = goals().status(plan(JOIN), Selection.ALL);
        assertThat(status.outcome()).describedAs(status.verdict()).isEqualTo(Outcome.CLEAN);
        assertThat(status.rows())
                .extracting(row -> row.name() + " " + row.progress().now())
                .containsExactly("clicks read-both", "orders read-both", "audit defined at destination");
    }
}
