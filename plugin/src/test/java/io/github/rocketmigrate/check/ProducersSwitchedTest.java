package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.decide.Decisions;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sent the last messages of a topic, before the source closes for writing. */
final class ProducersSwitchedTest extends StepStory {
    private static final String CHECKOUT = "10.1.0.7@4711#1";
    private static final String OLD = "10.1.0.8@52#1";
    private static final Duration SECONDS = Duration.ofSeconds(3);

    ProducersSwitchedTest() {
        super(new ProducersSwitched());
    }

    /** The topic has been at read-both for an hour. */
    @BeforeEach
    void readInBoth() {
        destination.with(TOPIC, ClusterFixture.topic(2).withAccess(Access.READ));
        traffic.produces(SOURCE, "checkout", CHECKOUT, "10.1.0.7:50312")
                .produces(DESTINATION, "checkout", CHECKOUT, "10.1.0.7:50400")
                .sent(TOPIC, "10.1.0.7:50312", SECONDS);
    }

    private Verdict judgeAfter(Duration sinceReadBoth) {
        return judge(recorded(Situations.NOON.minus(sinceReadBoth)), FENCE);
    }

    private Verdict judged() {
        return judgeAfter(Duration.ofHours(1));
    }

    private Situation recorded(Instant since) {
        Situation situation = situation();
        RecordedObject entry = new RecordedObject(
                Optional.of(Stage.READ_BOTH), "12345678", Ownership.CREATED, Optional.of(since), Optional.empty());
        RecordedBatch batch = new RecordedBatch(1, new TreeMap<>(Map.of(SettingsHash.topicKey(TOPIC), entry)));
        return Situations.recording(situation, MigrationRecord.NOTHING.with(new TreeMap<>(Map.of("all", batch))));
    }

    @Test
    void aProducerThatBrokersOfBothClustersKnowHasSwitched() {
        passes(judged(), "1 producer of the topic's last messages is connected to the destination");
    }

    @Test
    void aProducerThatOnlyTheSourceKnowsIsNamedWithItsHost() {
        traffic.produces(SOURCE, "billing", OLD, "10.1.0.8:40000")
                .produces(SOURCE, "CLIENT_INNER_PRODUCER", OLD, "10.1.0.8:40000")
                .sent(TOPIC, "10.1.0.8:40000", Duration.ofMinutes(6));
        fails(
                judged(),
                "1 of 2 producers is connected to the source only: 10.1.0.8@52#1 of billing (10.1.0.8:40000, sent 6 min ago)");
        assertThat(judged().fix())
                .isEqualTo("Configure it to use only the destination's name servers (10.0.1.11:9876), and restart it.");
    }

    /** A producer that sends once an hour has none of the last messages. */
    @Test
    void aProducerThatSharesAGroupWithASenderIsNamed() {
        traffic.produces(SOURCE, "checkout", OLD, "10.1.0.8:40000")
                .produces(SOURCE, "CLIENT_INNER_PRODUCER", OLD, "10.1.0.8:40000");
        assertThat(judged())
                .isEqualTo(new Unknown(
                        "1 producer is connected to the source only and may send to the topic, because another member"
                                + " of the producer group does: 10.1.0.8@52#1 of checkout (10.1.0.8:40000)",
                        "Configure it to use only the destination's name servers (10.0.1.11:9876), and restart it. If it"
                                + " never sends to the topic, waive the check."));
        assertThat(judgeAfter(Duration.ofSeconds(94)))
                .extracting(Verdict::what)
                .asString()
                .contains("1 producer is connected to the source only");
        traffic.produces(DESTINATION, "checkout", OLD, "10.1.0.8:40001");
        passes(judged(), "1 producer of the topic's last messages is connected to the destination");
    }

    @Test
    void aProducerThatSendsToOtherTopicsIsNotOfThisOne() {
        traffic.produces(SOURCE, "billing", OLD, "10.1.0.8:40000");
        assertThat(judged().letsPass()).isTrue();
    }

    @Test
    void producersTakeAMomentToConnectToTheDestination() {
        traffic.produces(SOURCE, "billing", OLD, "10.1.0.8:40000").sent(TOPIC, "10.1.0.8:40000", SECONDS);
        assertThat(judgeAfter(Duration.ofSeconds(20)))
                .isEqualTo(new Unknown(
                        "1 of 2 producers is not connected to the destination yet: 10.1.0.8@52#1 of billing"
                                + " (10.1.0.8:40000, sent 3 s ago)",
                        "Wait 75 s until producers have polled their routes. If it is not connected then, configure it to"
                                + " use only the destination's name servers (10.0.1.11:9876), and restart it."));
        assertThat(judge(situation(), FENCE)).isInstanceOf(Unknown.class);
        assertThat(judgeAfter(Duration.ofSeconds(95))).isInstanceOf(Verdict.Failed.class);
    }

    /** Our own step has just opened the destination, so nobody has anything to do; a producer that has ended is different. */
    @Test
    void onlyProducersThatConnectAfterOurStepAreWaitedFor() {
        traffic.produces(SOURCE, "billing", OLD, "10.1.0.8:40000").sent(TOPIC, "10.1.0.8:40000", SECONDS);
        assertThat(decisionAfter(Duration.ofSeconds(20))).isInstanceOf(Decision.Awaited.class);
        assertThat(decisionAfter(Duration.ofSeconds(95))).isInstanceOf(Decision.Held.class);
        traffic.sent(TOPIC, "10.1.0.9:33000", Duration.ofMinutes(70));
        assertThat(decisionAfter(Duration.ofSeconds(20))).isInstanceOf(Decision.Held.class);
    }

    private Decision decisionAfter(Duration sinceReadBoth) {
        Situation situation = recorded(Situations.NOON.minus(sinceReadBoth));
        TopicStep step = new TopicStep(situation, situation.scope().topics().get(0), FENCE);
        Change move = new Change.MoveTopic(
                new Subject(Subject.Kind.TOPIC, TOPIC, DESTINATION, Optional.of("all"), Optional.empty()),
                situation.standing(TOPIC),
                Ladder.next(Pair.of(Stage.READ_BOTH), Stage.DESTINATION, true),
                Stage.DESTINATION);
        return Decisions.of(
                        situation,
                        new ChangeSet("shop-to-5x", false, List.of(move), List.of(), List.of(), Map.of()),
                        List.of(new Checks(situation).judge(new ProducersSwitched(), Optional.of(step))),
                        false)
                .get(0);
    }

    @Test
    void aHostWithoutAProducerIsUnknown() {
        traffic.sent(TOPIC, "10.1.0.9:33000", Duration.ofMinutes(70))
                .sent(TOPIC, "10.1.0.9:33001", Duration.ofHours(3));
        assertThat(judged())
                .isEqualTo(new Unknown(
                        "1 host sent to the topic and has no producer at a broker now: 10.1.0.9 (1 h 10 min ago)",
                        "Start the producers there with the destination's name servers. If they have ended or run on"
                                + " other hosts now, waive the check."));
    }

    @Test
    void aRestartedProducerStandsForTheConnectionThatEnded() {
        traffic.sent(TOPIC, "10.1.0.7:49000", SECONDS);
        passes(judged(), "2 producers of the topic's last messages are connected to the destination");
        traffic.produces(SOURCE, "other", "10.1.0.7@9#1", "10.1.0.7:50900");
        assertThat(judged()).isInstanceOf(Unknown.class);
    }

    /** Consumers have a producer inside; only those of brokers that list nothing else can stand for one. */
    @Test
    void aConsumerAtTheDestinationDoesNotStandForAProducerOfItsHost() {
        traffic.produces(DESTINATION, "CLIENT_INNER_PRODUCER", "10.1.0.9@1#1", "10.1.0.9:2000")
                .sent(TOPIC, "10.1.0.9:33000", SECONDS);
        assertThat(judged()).isInstanceOf(Unknown.class);
        traffic.produces(DESTINATION, "mail", "10.1.0.9@1#1", "10.1.0.9:2000");
        assertThat(judged().letsPass()).isTrue();
    }

    @Test
    void whoHasNotSentForADayIsNotLookedFor() {
        traffic.sent(TOPIC, "10.1.0.9:33000", Duration.ofHours(25));
        assertThat(judged().letsPass()).isTrue();
    }

    @Test
    void aTopicWithoutMessagesPassesAndSaysSo() {
        traffic.readsNoSenders(TOPIC).sent(TOPIC, "10.1.0.9:33000", Duration.ofDays(3));
        passes(judged(), "no message came to the topic at the source in the last 24 h, so no producer was looked for");
    }

    @Test
    void whatWasNotReadIsUnknown() {
        traffic.hidesSenders(TOPIC, "old-a did not return all of them (no permission)");
        assertThat(judged())
                .isEqualTo(new Unknown(
                        "not all of the topic's last messages were read: old-a did not return all of them (no permission)",
                        "If the broker denies it, give the account of the source the right to consume the topic."));
        traffic.readsNoSenders(TOPIC);
        assertThat(judged()).isEqualTo(new Unknown("the last messages of the topic were not read"));
    }

    @Test
    void aDestinationThatKeepsNoTableOfProducersTellsNothing() {
        destination
                .setting("new-a", "enableRegisterProducer", "false")
                .setting("new-a", "rejectTransactionMessage", "true");
        traffic.produces(SOURCE, "billing", OLD, "10.1.0.8:40000").sent(TOPIC, "10.1.0.8:40000", SECONDS);
        assertThat(judged())
                .isEqualTo(
                        new Unknown("1 of 2 producers is not known at the destination, whose broker new-a does not list"
                                + " producers (enableRegisterProducer=false): 10.1.0.8@52#1 of billing (10.1.0.8:40000, sent 3 s"
                                + " ago)"));
    }

    /** Applications of routing client have a client of their own in each cluster. */
    @Test
    void withoutAJoinAClientOnTheSameHostIsEnough() {
        traffic.produces(SOURCE, "billing", OLD, "10.1.0.8:40000").sent(TOPIC, "10.1.0.8:40000", SECONDS);
        routing = "client";
        assertThat(judged())
                .isEqualTo(new Unknown(
                        "1 of 2 producers has no client at the destination on the same host: 10.1.0.8@52#1 of billing"
                                + " (10.1.0.8:40000, sent 3 s ago)",
                        "A producer connects to a broker with its first message. Have its owner confirm that it sends to"
                                + " the destination when the source is closed, and waive the check."));
        traffic.produces(DESTINATION, "CLIENT_INNER_PRODUCER", "10.1.0.8@52#2", "10.1.0.8:41000");
        assertThat(judged().letsPass()).isTrue();
    }

    @Test
    void aProxyStandsForTheClientsBehindIt() {
        String group = "CID_DefaultHeartBeatSyncerTopic";
        String topic = "DefaultHeartBeatSyncerTopic";
        traffic.consumes(SOURCE, group, topic, "10.1.9.9@3#1").sent(TOPIC, "10.1.9.9:7000", SECONDS);
        assertThat(judged()).isInstanceOf(Unknown.class);
        traffic.consumes(DESTINATION, group, topic, "10.1.9.9@3#1");
        assertThat(judged().letsPass()).isTrue();
    }

    @Test
    void aWaiverPassesOverIt() {
        traffic.produces(SOURCE, "billing", OLD, "10.1.0.8:40000").sent(TOPIC, "10.1.0.8:40000", SECONDS);
        waivers = waiver("");
        assertThat(judged()).isInstanceOf(Verdict.Waived.class);
    }
}
