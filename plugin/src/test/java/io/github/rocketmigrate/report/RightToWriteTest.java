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
        return notes("", credentials, "", "", destination);
    }

    private static List<String> notes(
            String ofSource, String credentials, String traffic, String stage, ClusterFixture destination) {
        return new PlanReport(
                        new Invocation("migration.yaml", Selection.ALL),
                        "change-set.json",
                        Assessment.of(Situations.of(
                                Plans.whole("""
                                        version: 1
                                        name: shop
                                        source: { nameServers: ["10.0.0.11:9876"]%s }
                                        destination: { nameServers: ["10.0.1.11:9876"]%s }
                                        %s
                                        batches: [{ name: all%s, topics: [{ name: clicks, type: NORMAL }] }]
                                        """.formatted(ofSource, credentials, traffic, stage)),
                                Selection.ALL,
                                cluster("old", "4.9.7", "old-a")
                                        .setting("old-a", "namesrvAddr", "10.0.0.11:9876")
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

    /** The first change of most plans is the join, which is written to the source with its account. */
    @Test
    void itIsUnknownOfTheSourceBeforeTheJoin() {
        String join = "traffic: { routing: join }";
        ClusterFixture ready = cluster("new", "5.5.0", "new-a").with("clicks", topic(4));
        assertThat(notes(", credentials: reader", ", credentials: writer", join, "", ready))
                .containsExactly(
                        "Not known before the first apply: whether the account of credentials: reader may write at the"
                                + " source. If it may not, apply names the first server that denies a change.");
        assertThat(notes(
                        ", credentials: reader",
                        ", credentials: writer",
                        join,
                        ", stage: read-both",
                        cluster("new", "5.5.0", "new-a")))
                .anyMatch(note -> note.contains("credentials: reader may write at the source"))
                .anyMatch(note -> note.contains("credentials: writer may write at the destination"));
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
