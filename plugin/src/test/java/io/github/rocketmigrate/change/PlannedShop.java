package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static io.github.rocketmigrate.model.ConsumeOrder.ORDERLY;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.util.Map;

/** A shop with two topics and two groups, and the two clusters that it moves between; tests change them and plan. */
final class PlannedShop {
    static final String PLAN = """
            batches:
              - name: orders
                topics:
                  - { name: order-events, type: FIFO, queues: 4 }
                  - { name: user-events, type: NORMAL }
                groups:
                  - { name: order-fulfilment, order: ORDERLY, retries: 3 }
                  - { name: audit, order: CONCURRENT }
            """;

    static final String COMPLETE =
            "traffic: { routing: join, complete: true }\n" + PLAN.replace("topics:", "stage: destination\n    topics:");

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a", "old-b")
            .with("order-events", topic(8))
            .with("old-a", "user-events", topic(4))
            .with("old-b", "user-events", topic(16))
            .with("order-fulfilment", group(CONCURRENT, 16))
            .with("audit", group(CONCURRENT, 5));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b");

    ClusterFixture source() {
        return source;
    }

    ClusterFixture destination() {
        return destination;
    }

    String fingerprint(String lines) {
        return Fingerprint.of(Situations.of(lines, source, destination));
    }

    ChangeSet plan(String lines) {
        return Planner.plan(Situations.of(lines, source, destination));
    }

    /** The change set as it is saved. */
    String text(String lines) {
        Situation situation = Situations.of(lines, source, destination);
        return ChangeSetFile.text(Planner.plan(situation), situation);
    }

    /** Moves every topic to its last stage, and creates every group at the destination. */
    void arrive() {
        source.with("order-events", topic(8).withAccess(Access.NONE))
                .with("user-events", topic(16).withAccess(Access.NONE));
        destination
                .with("order-events", topic(4).withType("FIFO"))
                .with("user-events", topic(16))
                .with("order-fulfilment", group(ORDERLY, 3))
                .with("audit", group(CONCURRENT, 5));
    }

    /** {@code count} messages of order-events in queue 5 of each master. */
    static QueueOffsets held(int count) {
        QueueOffsets.QueueRange range = new QueueOffsets.QueueRange(10, 10 + count);
        return new QueueOffsets(
                Map.of("order-events", Map.of(new QueueKey("new-a", 5), range, new QueueKey("new-b", 5), range)));
    }
}
