package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.LostRecord;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Masters that are missing or that disagree. */
final class BrokersPresentTest extends StepStory {
    BrokersPresentTest() {
        super(new BrokersPresent());
    }

    @Test
    void mastersThatDisagreeAreNamed() {
        assertThat(judge(LEAVE).word()).isEqualTo("passed");
        source.with("old-b", TOPIC, topic(2).withAccess(Access.READ));
        fails(
                judge(LEAVE),
                "the source's masters give different access to the topic: old-a read and write, old-b read");
        Rung finishing = new Rung.Writes(List.of(new Rung.AccessChange(SOURCE, Access.READ)), Purpose.FINISH);
        assertThat(judge(finishing).word())
                .describedAs("finishing the write makes them agree")
                .isEqualTo("passed");
    }

    @Test
    void everyMasterOfEarlierRunsHasToBeListedByEveryNameServer() {
        passes(judge(LEAVE), "no earlier run recorded masters");
        passes(judge(recording("old-a"), LEAVE), "1 of 1 master of earlier runs is listed by every name server");
        Verdict missing = judge(recording("old-a", "old-c", "old-d"), LEAVE);
        fails(
                missing,
                "2 masters of an earlier run are not listed by every name server: old-c (source), old-d (source)");
        assertThat(((Failed) missing).fix())
                .isEqualTo("Start them. After a permanent removal, run: mvn migrate:apply"
                        + " -Dmigrate.forgetBrokers=old-c,old-d");
    }

    @Test
    void topicsBeyondTheSourceProveThatThereWasARecord() {
        destination
                .nameServer(NEW_SERVER, source.build())
                .with(TOPIC, topic(2).withType("NORMAL").withAccess(Access.READ_WRITE));
        Verdict verdict = judge(LAST);
        assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
        assertThat(verdict.what())
                .contains("the record of earlier runs is lost: topic orders has left the source")
                .contains("mvn migrate:apply -Dmigrate.masters=new-a,old-a,old-b");
        assertThat(new BrokersPresent().isDueAnyway(situation())).isTrue();
        passes(judge(HOME), "no earlier run recorded masters");
        fails(
                judge(LostRecord.naming(Set.of("old-a", "old-b", "old-c", "new-a"), situation()), LAST),
                "1 master of an earlier run is not listed by every name server: old-c (source)");
        passes(
                judge(LostRecord.naming(Set.of("old-a", "old-b", "new-a"), situation()), LAST),
                "3 of 3 masters of earlier runs are listed by every name server");
    }

    /** Name servers do not tell each other what they know. */
    @Test
    void nameServersThatDisagreeAboutAMasterFail() {
        source.nameServer(OLD_SERVER).nameServer(listing("10.0.0.12:9876", "old-a", "10.9.9.9:10911"));
        Verdict verdict = judge(LEAVE);
        fails(
                verdict,
                "the source's name servers disagree about broker old-a: 10.0.0.11:9876 lists"
                        + " old.old-a:10911, 10.0.0.12:9876 lists 10.9.9.9:10911; the source's name servers disagree"
                        + " about broker old-b: 10.0.0.11:9876 lists old.old-b:10911, 10.0.0.12:9876 does not list it");
        assertThat(((Failed) verdict).fix())
                .isEqualTo("If a broker or a name server has just started or stopped, wait 2 min and run again."
                        + " Otherwise make namesrvAddr of the broker list every name server of the source.");
        assertThat(new BrokersPresent().isDueAnyway(situation())).isTrue();
    }

    /** It is named once, with the way to forget it. */
    @Test
    void aMasterOfAnEarlierRunThatANameServerLacksIsNoDisagreement() {
        source.nameServer(OLD_SERVER).nameServer(listing("10.0.0.12:9876", "old-a", "old.old-a:10911"));
        fails(
                judge(recording("old-a", "old-b"), LEAVE),
                "1 master of an earlier run is not listed by every name server: old-b (source)");
    }

    private static NameServer listing(String nameServer, String broker, String address) {
        return new NameServer(
                nameServer,
                new TreeMap<>(Map.of("old", Set.of(broker))),
                new TreeMap<>(Map.of(broker, Map.of(0L, address))),
                Set.of(TOPIC));
    }

    private Situation recording(String... masters) {
        return Situations.recording(
                situation(),
                new MigrationRecord(
                        new TreeMap<>(),
                        Map.of(SOURCE, new TreeSet<>(Set.of(masters))),
                        new TreeSet<>(),
                        false,
                        new TreeSet<>(),
                        1));
    }
}
