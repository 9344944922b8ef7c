package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.Warnings;
import io.github.rocketmigrate.plan.Plans;
import org.junit.jupiter.api.Test;

/** Nobody overlooks that certificates are not verified. */
final class UnverifiedClustersTest {
    private static PlanReport report(String sourceTls) {
        Assessment assessment = Assessment.of(Situations.of(
                Plans.whole("""
                        version: 1
                        name: secure
                        source: { nameServers: ["10.0.0.11:9876"], tls: %s }
                        destination: { nameServers: ["10.0.1.11:9876"], tls: true }
                        batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]
                        """.formatted(sourceTls)),
                Selection.ALL,
                cluster("old", "4.9.7", "old-a").with("clicks", topic(4)).build(),
                cluster("new", "5.5.0", "new-a").build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE));
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                assessment,
                Warnings.of(assessment.situation()));
    }

    @Test
    void clustersWhoseCertificatesAreNotVerifiedAreNamed() {
        PlanReport report = report("insecure");
        assertThat(report.route())
                .isEqualTo("old (4.9.7, 1 broker, certificates not verified) → new (5.5.0, 1 broker)");
        assertThat(report.warnings())
                .contains("source.tls is insecure: certificates of the source are not verified. Any server that"
                        + " answers at its addresses is trusted.");
        assertThat(report.result().details().unverified()).containsExactly(Side.SOURCE);
    }

    @Test
    void nothingIsSaidWhereTheyAre() {
        PlanReport report = report("true");
        assertThat(report.route()).isEqualTo("old (4.9.7, 1 broker) → new (5.5.0, 1 broker)");
        assertThat(report.warnings()).noneMatch(it -> it.contains("tls"));
        assertThat(report.result().details().unverified()).isEmpty();
    }
}
