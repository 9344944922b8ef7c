package io.github.rocketmigrate.observe;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Two plans that write the same topics and groups at one destination. */
final class ObjectsOfOtherPlansTest {
    private static final String PLAN = """
            batches:
              - name: all
                topics:
                  - { name: clicks, type: NORMAL }
                  - { name: orders, type: NORMAL }
                groups:
                  - { name: audit, order: CONCURRENT }
            """;

    private static List<String> warnings(String recordedUnder, String... keys) {
        TreeMap<String, RecordedObject> objects = new TreeMap<>();
        for (String key : keys) {
            objects.put(
                    key,
                    new RecordedObject(
                            Optional.empty(),
                            SettingsHash.topic(new TreeMap<>(Map.of("new-a", topic(4)))),
                            Ownership.CREATED,
                            Optional.empty(),
                            Optional.empty()));
        }
        MigrationRecord record = new MigrationRecord(
                new TreeMap<>(Map.of("batch", new RecordedBatch(1, objects))),
                Map.of(),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                1);
        Situation situation = Situations.of(
                PLAN,
                cluster("old", "4.9.7", "old-a").with("clicks", topic(4)).with("orders", topic(4)),
                cluster("new", "5.5.0", "new-a"));
        return ObjectsOfOtherPlans.warnings(
                situation,
                RecordFormat.objectsOfOthers(
                        situation.plan().name().value(),
                        Map.of("10.0.1.11:9876", RecordFormat.all(recordedUnder, false, record))));
    }

    @Test
    void topicsAndGroupsOfAnotherPlanAreNamed() {
        assertThat(warnings(
                        "money",
                        SettingsHash.topicKey("orders"),
                        SettingsHash.topicKey("payments"),
                        SettingsHash.groupKey("audit")))
                .containsExactly(
                        "Another plan, money, has written topic orders, group audit at the destination, too. Each plan"
                                + " would change what the other has written. Take them out of one of the plans. If money was given"
                                + " up or is an earlier name of this plan, remove its record: mvn migrate:apply"
                                + " -Dmigrate.forgetPlan=money");
    }

    @Test
    void otherObjectsOfAnotherPlanAreItsOwnBusiness() {
        assertThat(warnings("money", SettingsHash.topicKey("payments"))).isEmpty();
    }

    @Test
    void whatThisPlanHasRecordedIsItsOwn() {
        assertThat(warnings("shop-to-5x", SettingsHash.topicKey("orders"))).isEmpty();
    }
}
