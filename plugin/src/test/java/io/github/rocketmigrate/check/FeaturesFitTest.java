package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.MessageType.NORMAL;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.check.Verdict.Waived;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a topic uses at the source against what the destination's brokers have. */
final class FeaturesFitTest extends StepStory {
    private static final String FITS = "the destination has every feature that the topic was seen to use";
    private static final String LEVELS = "messageDelayLevel";

    FeaturesFitTest() {
        super(new FeaturesFit());
    }

    @BeforeEach
    void settings() {
        source.setting("old-a", LEVELS, "1s 5s 10s 30s 12h").setting("old-b", LEVELS, "1s 5s 10s 30s 12h");
        destination
                .setting("new-a", LEVELS, "1s 5s 10s 30s")
                .setting("new-a", "maxMessageSize", "4194304")
                .setting("new-a", "timerWheelEnable", "false");
        traffic.consumes(SOURCE, "audit", TOPIC, "10.1.0.7@4711");
    }

    @Test
    void whatIsNotUsedNeedsNoSetting() {
        traffic.samples(TOPIC, 3, NORMAL);
        passes(judge(LEAVE), FITS);
    }

    @Test
    void aFilterNeedsASettingOfTheBroker() {
        traffic.filters(SOURCE, "audit", TOPIC);
        fails(
                judge(LEAVE),
                "group audit selects messages with SQL92, and broker new-a of the destination has"
                        + " enablePropertyFilter=false");
        destination.setting("new-a", "enablePropertyFilter", "true");
        passes(judge(LEAVE), FITS);
    }

    @Test
    void aDelayLevelHasToMeanTheSame() {
        traffic.samples(TOPIC, MessageSample.delayed(3, 300));
        passes(judge(LEAVE), FITS);
        traffic.samples(TOPIC, MessageSample.delayed(5, 300));
        fails(
                judge(LEAVE),
                "delay level 5 is in use: 12h at the source, and no such level at broker new-a of the destination");
        destination.setting("new-a", LEVELS, "1s 5s 10s 30s 1d");
        fails(judge(LEAVE), "delay level 5 is in use: 12h at the source, and 1d at broker new-a of the destination");
    }

    @Test
    void aTimeOfDeliveryNeedsTimers() {
        traffic.samples(TOPIC, MessageSample.timed(Duration.ofHours(1), 300));
        fails(
                judge(LEAVE),
                "1 sampled message has a time of delivery, and broker new-a of the destination cannot deliver at a time");
        destination.setting("new-a", "timerWheelEnable", "true");
        passes(judge(LEAVE), FITS);
    }

    @Test
    void aMessageHasToBeSmallEnough() {
        traffic.samples(TOPIC, MessageSample.of(NORMAL, 4_194_304));
        passes(judge(LEAVE), FITS);
        traffic.samples(TOPIC, MessageSample.of(NORMAL, 5_242_880));
        fails(
                judge(LEAVE),
                "a sampled message has 5242880 bytes, and the destination's broker new-a takes up to 4194304");
    }

    @Test
    void aStaticTopicBecomesAnOrdinaryOne() {
        Metadata old = source.build();
        TreeMap<String, Broker> brokers = new TreeMap<>(old.brokers());
        brokers.computeIfPresent(
                "old-a",
                (name, broker) -> new Broker(
                        name,
                        broker.address(),
                        broker.version(),
                        broker.settings(),
                        broker.topics(),
                        broker.groups(),
                        broker.replicas(),
                        Set.of(TOPIC)));
        Situation situation = Situations.of(
                        Plans.plan(plan()),
                        Selection.ALL,
                        new Metadata(old.cluster(), old.nameServers(), brokers),
                        destination.build(),
                        ConsumerOffsets.NONE,
                        QueueOffsets.NONE)
                .withTraffic(traffic.build());
        fails(judge(situation, LEAVE), "the topic is a static topic of the source, and would become an ordinary one");
    }

    @Test
    void aLiteTopicBecomesAnOrdinaryOne() {
        source.with(TOPIC, ClusterFixture.topic(2).withType("LITE"));
        fails(judge(LEAVE), "the topic is a lite topic of the source, and would become an ordinary one");
    }

    @Test
    void aPublishedOrderMatters() {
        traffic.publishesOrder(DESTINATION, NEW_SERVER, TOPIC);
        passes(judge(LEAVE), FITS);
        type = "FIFO";
        fails(
                judge(LEAVE),
                "the destination's name server 10.0.1.11:9876 publishes an order for the topic (ORDER_TOPIC_CONFIG), and"
                        + " producers then ignore permissions");
    }

    @Test
    void whatCannotBeReadIsUnknown() {
        traffic.samples(TOPIC, MessageSample.unseen("old-a did not return all of them"));
        assertThat(judge(LEAVE))
                .isEqualTo(new Unknown("not all messages of the sample were read: old-a did not return all of them"));
        traffic.takesNoSample(TOPIC);
        assertThat(judge(LEAVE)).isEqualTo(new Unknown("the topic's messages were not sampled"));
    }

    @Test
    void aWaiverCanNameOnePart() {
        traffic.samples(TOPIC, MessageSample.delayed(5, 300));
        waivers = waiver("").replace("features-fit", "\"features-fit:message-size\"");
        assertThat(judge(LEAVE)).isInstanceOf(Verdict.Failed.class);
        waivers = waiver("").replace("features-fit", "\"features-fit:delay\"");
        assertThat(judge(LEAVE)).isInstanceOf(Waived.class);
        waivers = waiver("");
        assertThat(judge(LEAVE)).isInstanceOf(Waived.class);
    }
}
