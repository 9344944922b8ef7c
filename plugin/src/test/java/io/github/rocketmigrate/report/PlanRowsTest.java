package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reviewer reads what a topic waits for, unless the row of a group says the same. */
final class PlanRowsTest {
    /** It comes after its groups in every move, which a reviewer need not read in each row. */
    @Test
    void theRowOfANewGroupNamesTheTopicThatWaitsForIt() {
        assertThat(rows(cluster("new", "5.5.0", "new-a")))
                .containsExactly(
                        "clicks: create: NORMAL, 4 queues, then source → read-both",
                        "counter: create: CONCURRENT, 16 retries; needed by clicks");
    }

    @Test
    void aTopicWaitsForClientsThatTheDestinationDoesNotKnow() {
        assertThat(rows(cluster("new", "5.5.0", "new-a")
                        .with("counter", group(CONCURRENT, 16))
                        .with("%RETRY%counter", topic(1))))
                .containsExactly("clicks: create: NORMAL, 4 queues, then source → read-both; waits for 1 of 1 client of"
                        + " counter to register with every master of the destination: c@1");
    }

    private static List<String> rows(ClusterFixture destination) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                .with("clicks", topic(4))
                .with("counter", group(CONCURRENT, 16));
        TrafficFixture traffic = TrafficFixture.of("clicks")
                .consumes(Side.SOURCE, "counter", "clicks", "c@1")
                .uses("counter", "c@1", "10.0.1.11:9876");
        Assessment assessment =
                Assessment.of(Situations.of("""
                        traffic: { routing: join }
                        batches:
                          - name: web
                            stage: read-both
                            topics: [{ name: clicks, type: NORMAL }]
                            groups: [{ name: counter, order: CONCURRENT }]
                        """, source, destination.nameServer("10.0.1.11:9876", source.build()))
                        .withTraffic(traffic.build()));
        PlanReport report = new PlanReport(
                new Invocation("migration.yaml", Selection.ALL), "change-set.json", assessment, List.of());
        return report.batches().stream()
                .flatMap(batch -> batch.rows().stream())
                .map(row -> row.name() + ": " + row.words())
                .toList();
    }
}
