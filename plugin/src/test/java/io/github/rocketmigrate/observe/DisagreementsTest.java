package io.github.rocketmigrate.observe;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.model.ServerVersion;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Names servers of one side that disagree. */
final class DisagreementsTest {
    private static final String ONE = "batches: [{ name: all, topics: [{ name: user-events, type: FIFO }] }]\n";

    private final ClusterFixture source =
            cluster("old", "4.9.7", "old-a", "old-b").with("user-events", topic(8));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a");

    @Test
    void reportsNothingIfServersAgree() {
        source.nameServer("10.0.0.11:9876").nameServer("10.0.0.12:9876");
        assertThat(Disagreements.in(Situations.of(ONE, source, destination))).isEmpty();
    }

    /** A master that is missing there makes a check fail. */
    @Test
    void reportsANameServerThatLacksASlaveOrARoute() {
        source.nameServer(listing(
                        "10.0.0.11:9876", Map.of(0L, "old.old-a:10911", 1L, "old.old-a-s:10911"), "user-events"))
                .nameServer(listing("10.0.0.12:9876", Map.of(0L, "old.old-a:10911"), "others"))
                .nameServer(listing(
                        "10.0.0.13:9876", Map.of(0L, "10.9.9.9:10911", 1L, "old.old-a-s:10911"), "user-events"));
        assertThat(Disagreements.in(Situations.of(ONE, source, destination)))
                .containsExactly(
                        "The source's name server 10.0.0.12:9876 lists no slave of broker old-a; other name servers"
                                + " list old.old-a-s:10911.",
                        "The source's name server 10.0.0.12:9876 has no route for topic user-events, although"
                                + " brokers have it.");
    }

    private static NameServer listing(String address, Map<Long, String> broker, String topic) {
        return new NameServer(
                address,
                new TreeMap<>(Map.of("old", Set.of("old-a"))),
                new TreeMap<>(Map.of("old-a", broker)),
                Set.of(topic));
    }

    @Test
    void reportsAReplicaWithAnotherMessageType() {
        destination
                .with("user-events", topic(8).withType("FIFO"))
                .replica(
                        "new-a",
                        new Broker.Replica(
                                1,
                                "10.0.1.30:10911",
                                new ServerVersion(5, 5, 0),
                                Map.of(),
                                new TreeMap<>(Map.of("user-events", topic(8)))));
        assertThat(Disagreements.in(Situations.of(ONE, source, destination)))
                .containsExactly(
                        "The destination's replica 10.0.1.30:10911 of broker new-a has another message type than"
                                + " the master for topic user-events.");
    }
}
