package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.Metadata;
import org.junit.jupiter.api.Test;

/** What clients in zone mode see after the join. */
final class ZonesMatchTest extends ClusterStory {
    private static final String OWN = "10.0.0.11:9876";
    private static final String THERE = "10.0.1.11:9876";

    private final ClusterFixture old = cluster("old", "5.1.4", "old-a", "old-b");
    private final ClusterFixture young = cluster("new", "5.5.0", "new-a", "new-b");

    ZonesMatchTest() {
        super(new ZonesMatch());
    }

    private Verdict verdict() {
        return judge(old.nameServer(OWN), young.nameServer(THERE));
    }

    @Test
    void nothingIsSaidOfZonesWhereThereIsNone() {
        assertThat(verdict()).isEqualTo(new Passed("no broker of either cluster is in a zone"));
    }

    @Test
    void brokersWithoutAZoneAreHiddenFromClientsInZoneMode() {
        young.zone("new-a", "east").zone("new-b", "west");
        Verdict verdict = verdict();
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what())
                .isEqualTo(
                        "the source has 2 brokers without a zone (old-a, old-b), the destination has 1 broker in zone east"
                                + " (new-a) and 1 broker in zone west (new-b); after the join, clients in zone mode see in zone"
                                + " east only new-a, in zone west only new-b");
        assertThat(((Failed) verdict).fix()).contains("turn zone mode off in the clients");
    }

    @Test
    void clientsOfAZoneOfTheSourceDoNotSeeADestinationWithoutZones() {
        old.zone("old-a", "east").zone("old-b", "east");
        assertThat(verdict().what())
                .endsWith("the destination has 2 brokers without a zone (new-a, new-b); after the join, clients in zone"
                        + " mode see in zone east only old-a, old-b");
    }

    @Test
    void clientsOfTheSameZonesSeeBothClusters() {
        old.zone("old-a", "east").zone("old-b", "west");
        young.zone("new-a", "West").zone("new-b", "East");
        assertThat(verdict())
                .isEqualTo(
                        new Passed("both clusters have brokers in the same zones; after the join, clients in zone mode"
                                + " see in zone east only old-a, new-b, in zone west only old-b, new-a"));
    }

    /** Name servers of 4.x do not keep zones, so only the destination's know the zone of a broker that has joined. */
    @Test
    void theZoneOfABrokerIsKnownWhereItHasJoined() {
        Metadata source = old.nameServer(OWN).build();
        young.zone("new-a", "east").zone("new-b", "east").zone("old-a", "east").zone("old-b", "east");
        assertThat(judge(old, young.nameServer(THERE, source))).isInstanceOf(Passed.class);
    }
}
