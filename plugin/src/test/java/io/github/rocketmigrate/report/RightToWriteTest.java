package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only a write shows whether an account may write. */
final class RightToWriteTest {
    private static List<String> notes(String credentials, ClusterFixture destination) {
        return new PlanReport(
                        new Invocation("migration.yaml", Selection.ALL),
                        "change-set.json",
                        Assessment.of(Situations.of(
                                Plans.whole("""
                                        version: 1
                                        name: shop
                                        source: { nameServers: ["10.0.0.11:9876"] }
                                        destination: { nameServers: ["10.0.1.11:9876"]%s }
                                        batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]
                                        """.formatted(credentials)),
                                Selection.ALL,
                                cluster("old", "4.9.7", "old-a")
                                        .with("clicks", topic(4))
                                        .build(),
                                destination.build(),
                                ConsumerOffsets.NONE,
                                QueueOffsets.NONE)),
                        List.of())
                .notes().stream().filter(note -> note.startsWith("Not known")).toList();
    }

    @Test
    void itIsUnknownBeforeTheFirstApply() {
        assertThat(notes(", credentials: writer", cluster("new", "5.5.0", "new-a")))
                .containsExactly(
                        "Not known before the first apply: whether the account of credentials: writer may write at the"
                                + " destination. If it may not, apply stops at the first object and writes no other.");
    }

    @Test
    void withoutAnAccountOrAChangeNobodyAsks() {
        assertThat(notes("", cluster("new", "5.5.0", "new-a"))).isEmpty();
        assertThat(notes(
                        ", credentials: writer",
                        cluster("new", "5.5.0", "new-a").with("clicks", topic(4))))
                .isEmpty();
    }
}
