package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the destination's name servers list of clusters that are neither the source nor the destination. */
final class ThirdClusterTest extends ClusterStory {
    private static final String NEW_SERVER = "10.0.1.11:9876";

    private final ClusterFixture third = cluster("third", "5.5.0", "third-a");

    ThirdClusterTest() {
        super(new DestinationClean());
    }

    @Test
    void aTopicOfTheSourceThatAnotherClusterHasTooFails() {
        third.with("user-events", topic(4)).with("shared", topic(4)).with("theirs", topic(4));
        serve(third.build());
        Verdict verdict = judge();
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what())
                .isEqualTo("the destination's name server 10.0.1.11:9876 lists 2 topics of the source, which no broker"
                        + " of cluster new has: shared, user-events; it also serves cluster third (third-a at"
                        + " third.third-a:10911)");
        assertThat(((Failed) verdict).fix())
                .isEqualTo("Register the other cluster with name servers of its own, or rename its topics: after the"
                        + " join, clients of a topic use the brokers of every cluster that has it.");
    }

    /** A retry topic is all that name servers show of a group. */
    @Test
    void aGroupOfTheSourceThatAnotherClusterHasTooFails() {
        source.with("mail", GroupSettings.DEFAULT);
        third.with("%RETRY%mail", topic(1)).with("%RETRY%theirs", topic(1));
        serve(third.build());
        assertThat(judge().what())
                .isEqualTo("the destination's name server 10.0.1.11:9876 lists retry topics of 1 group of the source,"
                        + " which no broker of cluster new has: mail; it also serves cluster third (third-a at"
                        + " third.third-a:10911)");
    }

    @Test
    void aRouteThatIsLeftOfADeletedTopicIsToBeRemoved() {
        destination.nameServer(ClusterFixture.serving(
                NEW_SERVER,
                cluster("new", "5.5.0", "new-a", "new-b")
                        .with("shared", topic(1))
                        .build()));
        assertThat(judge().what())
                .isEqualTo("the destination's name server 10.0.1.11:9876 lists 1 topic of the source, which no broker"
                        + " of cluster new has: shared");
        assertThat(((Failed) judge()).fix())
                .isEqualTo("Delete the routes that are left: mqadmin deleteTopic -n 10.0.1.11:9876 -c new -t shared.");
    }

    @Test
    void anotherClusterWithOtherNamesIsNotInTheWay() {
        third.with("theirs", topic(4)).with("TBW102", topic(4)).with("%RETRY%theirs", topic(1));
        serve(third.build());
        assertThat(judge()).isInstanceOf(Passed.class);
    }

    /** From the first broker on, the source's own topics are listed there. */
    @Test
    void topicsOfTheSourceAreItsOwnOnceABrokerHasJoined() {
        serve(source.build());
        assertThat(judge()).isInstanceOf(Passed.class);
    }

    /** A lost join cuts off clients, which is worse. */
    @Test
    void aLostJoinIsRepeatedBesidesAnotherCluster() {
        third.with("shared", topic(4));
        serve(third.build());
        assertThat(judge(Situations.recording(
                        Situations.of(ONE, source, destination),
                        new MigrationRecord(
                                new TreeMap<>(), Map.of(), new TreeSet<>(Set.of("old-a")), false, new TreeSet<>(), 1))))
                .isInstanceOf(Passed.class);
    }

    private void serve(Metadata other) {
        destination.nameServer(ClusterFixture.serving(
                NEW_SERVER, cluster("new", "5.5.0", "new-a", "new-b").build(), other));
    }
}
