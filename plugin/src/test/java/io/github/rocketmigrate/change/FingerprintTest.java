package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Situations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reviewed change set is recognized by what was asked for and what was found. */
final class FingerprintTest {
    private static final String PLAN = """
            traffic: { routing: join }
            defaults: { topic: { queues: 8 }, group: { retries: 16 } }
            batches:
              - name: all
                stage: write-both
                canary: 10%
                topics: [{ name: mail, type: NORMAL }, { name: orders, type: NORMAL, queues: 4 }]
                groups: [{ name: audit, order: CONCURRENT, retries: 3 }, { name: ledger, order: CONCURRENT }]
            """;

    private final ClusterFixture source = source();
    private final ClusterFixture destination = destination();

    private static ClusterFixture source() {
        return cluster("old", "4.9.7", "old-a")
                .with("orders", topic(4))
                .with("mail", topic(8))
                .with("audit", group(CONCURRENT, 16))
                .with("ledger", group(CONCURRENT, 16));
    }

    private static ClusterFixture destination() {
        return cluster("new", "5.5.0", "new-a").with("orders", topic(4)).with("audit", group(CONCURRENT, 16));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            queues: 8              | queues: 9
            queues: 4              | queues: 5
            { retries: 16 }        | { retries: 15 }
            retries: 3             | retries: 4
            canary: 10%            | canary: 20%
            audit, order: CONCURRENT | audit, order: ORDERLY
            """)
    void everythingThatThePlanAsksForCounts(String before, String after) {
        assertThat(PLAN).contains(before);
        assertThat(of(PLAN.replace(before, after))).isNotEqualTo(of(PLAN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            routing: join          | routing: client
            routing: join          | routing: join, complete: true
            stage: destination     | stage: read-both
            orders, type: NORMAL   | orders, type: FIFO
            """)
    void everythingThatAPlanWithoutACanaryAsksForCounts(String before, String after) {
        String plan = PLAN.replace("    canary: 10%\n", "").replace("write-both", "destination");
        assertThat(plan).contains(before);
        assertThat(of(plan.replace(before, after))).isNotEqualTo(of(plan));
    }

    @Test
    void everySettingOfATopicCounts() {
        String before = of(PLAN);
        for (TopicSettings other : new TopicSettings[] {
            topic(8),
            topic(4).withWriteQueues(2),
            topic(4).withAccess(Access.READ),
            topic(4).withOrder(true),
            topic(4).withType("FIFO"),
            new TopicSettings(4, 4, Access.READ_WRITE, false, 1, topic(4).attributes())
        }) {
            assertThat(of(PLAN, source, destination().with("orders", other)))
                    .describedAs("%s at the destination", other)
                    .isNotEqualTo(before);
            assertThat(of(PLAN, source().with("orders", other), destination))
                    .describedAs("%s at the source", other)
                    .isNotEqualTo(before);
        }
    }

    @Test
    void everyBrokerAndEveryJoinCounts() {
        assertThat(of(PLAN, source, cluster("new", "5.5.0", "new-a", "new-b")))
                .describedAs("a broker without objects")
                .isNotEqualTo(of(PLAN, source, cluster("new", "5.5.0", "new-a")));
        assertThat(of(PLAN, source, destination().nameServer("ns:9876", source.build())))
                .isNotEqualTo(of(PLAN, source, destination().nameServer("ns:9876")));
    }

    @Test
    void theOrderOfThePlanAndOtherObjectsDoNotCount() {
        String turned = PLAN.replace(
                        "{ name: mail, type: NORMAL }, { name: orders, type: NORMAL, queues: 4 }",
                        "{ name: orders, type: NORMAL, queues: 4 }, { name: mail, type: NORMAL }")
                .replace(
                        "{ name: audit, order: CONCURRENT, retries: 3 }, { name: ledger, order: CONCURRENT }",
                        "{ name: ledger, order: CONCURRENT }, { name: audit, order: CONCURRENT, retries: 3 }");
        assertThat(turned).isNotEqualTo(PLAN);
        assertThat(of(turned)).isEqualTo(of(PLAN));
        assertThat(of(PLAN, source().with("others", topic(4)), destination())).isEqualTo(of(PLAN));
    }

    @Test
    void aFingerprintIsASha256() {
        assertThat(of(PLAN)).matches("sha256:[0-9a-f]{64}");
    }

    /** Thousands of topics are hashed piece by piece. */
    @Test
    void everyOneOfManyTopicsCounts() {
        StringBuilder many = new StringBuilder("batches:\n  - name: all\n    topics:\n");
        for (int i = 0; i < 500; i++) {
            many.append("      - { name: topic-").append(i).append(", type: NORMAL }\n");
        }
        String plan = many.toString();
        for (int i : new int[] {0, 250, 499}) {
            String other = plan.replace("topic-" + i + ", type: NORMAL", "topic-" + i + ", type: FIFO");
            assertThat(of(other)).describedAs("topic-%s", i).isNotEqualTo(of(plan));
        }
        assertThat(of(plan)).isEqualTo(of(plan));
    }

    private String of(String plan) {
        return of(plan, source, destination);
    }

    private static String of(String plan, ClusterFixture source, ClusterFixture destination) {
        return Fingerprint.of(Situations.of(plan, source, destination));
    }
}
