package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.NameServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Brokers of one name in both clusters. */
final class BrokerNamesDistinctTest extends ClusterStory {
    private static final String NEW_SERVER = "10.0.1.11:9876";

    BrokerNamesDistinctTest() {
        super(new BrokerNamesDistinct());
    }

    @Test
    void aBrokerNameOfBothClustersIsNamed() {
        assertThat(judge()).isInstanceOf(Passed.class);
        Verdict verdict = judge(cluster("old", "4.9.7", "broker-a"), cluster("new", "5.5.0", "broker-a"));
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what()).isEqualTo("1 broker name is used in both clusters: broker-a");
    }

    /** The destination's name servers would replace its address by that of the source's broker. */
    @Test
    void aBrokerOfAThirdClusterHasTheName() {
        ClusterFixture third = cluster("third", "5.5.0", "old-a", "third-b");
        destination.nameServer(ClusterFixture.serving(
                NEW_SERVER, cluster("new", "5.5.0", "new-a", "new-b").build(), third.build()));
        Verdict verdict = judge();
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what())
                .isEqualTo(
                        "the source's broker old-a (old.old-a:10911) has the name of another broker: the"
                                + " destination's name server 10.0.1.11:9876 lists old-a of cluster third at third.old-a:10911");
        assertThat(((Failed) verdict).fix())
                .isEqualTo("Rename one of the two brokers (brokerName) before it holds data, or register the other"
                        + " cluster with name servers of its own.");
    }

    @Test
    void aBrokerThatHasJoinedIsNoOtherBroker() {
        destination.nameServer(ClusterFixture.serving(
                NEW_SERVER, cluster("new", "5.5.0", "new-a", "new-b").build(), source.build()));
        assertThat(judge()).isInstanceOf(Passed.class);
    }

    /** The master has moved, or it registers there under another address: clients would look for it in the wrong place. */
    @Test
    void aBrokerOfTheSourceThatIsListedUnderAnotherAddressFails() {
        NameServer joined = ClusterFixture.serving(
                NEW_SERVER, cluster("new", "5.5.0", "new-a", "new-b").build(), source.build());
        joined.brokers().put("old-a", Map.of(0L, "10.9.9.9:10911"));
        destination.nameServer(joined);
        assertThat(judge().what())
                .isEqualTo("the source's broker old-a (old.old-a:10911) has the name of another broker: the"
                        + " destination's name server 10.0.1.11:9876 lists old-a of cluster old at 10.9.9.9:10911");
    }
}
