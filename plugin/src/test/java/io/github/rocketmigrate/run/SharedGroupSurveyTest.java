package io.github.rocketmigrate.run;

import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryReader;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.SharedGroups.GroupUse;
import io.github.rocketmigrate.observe.SharedGroups.RecentStart;
import io.github.rocketmigrate.observe.SharedGroups.SharedGroup;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.MigrationPlan;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Groups of one name in two clusters in memory, and what is read to find them. */
final class SharedGroupSurveyTest {
    private static final GroupUse UNUSED = new GroupUse(false, new TreeMap<>());

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1))
            .cluster(Side.SOURCE, "5.1.4", List.of("10.0.0.11:9876"), "old-a")
            .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876"), "new-a")
            .topic(Side.SOURCE, "orders", topic(4))
            .group(Side.SOURCE, "billing", GroupSettings.DEFAULT)
            .group(Side.SOURCE, "mail", GroupSettings.DEFAULT);
    private final MigrationPlan plan = MemorySituation.plan(network, """
            traffic: { routing: join }
            batches:
              - name: all
                stage: source
                topics: [{ name: orders, type: NORMAL }]
                groups: [{ name: billing, order: CONCURRENT }]
            """);
    private final List<String> readings = new ArrayList<>();
    private final SharedGroupSurvey survey = new SharedGroupSurvey(
            Connections.ofReaders(
                    plan,
                    Map.of(Side.SOURCE, reader(Side.SOURCE), Side.DESTINATION, reader(Side.DESTINATION)),
                    network.timing()),
            FencePolicy.USUAL);

    private ClusterReader reader(Side side) {
        MemoryReader reader = network.reader(side);
        return (ClusterReader) Proxy.newProxyInstance(
                ClusterReader.class.getClassLoader(),
                new Class<?>[] {ClusterReader.class},
                (proxy, method, arguments) -> {
                    String of = method.getName().equals("clients") ? " of " + arguments[1] : "";
                    readings.add(side.word() + " " + method.getName() + of);
                    try {
                        return method.invoke(reader, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Map<String, SharedGroup> found() {
        return found(MemorySituation.of(network, plan));
    }

    private Map<String, SharedGroup> found(Situation situation) {
        readings.clear();
        return survey.of(situation).groups();
    }

    private static GroupUse member(String id, boolean hasOffsets) {
        return new GroupUse(hasOffsets, new TreeMap<>(Map.of(id, id.replaceFirst("@.*", "") + ":4711")));
    }

    @Test
    void withoutACommonNameOnlyOffsetsAreRead() {
        network.group(Side.DESTINATION, "theirs", GroupSettings.DEFAULT)
                .clients
                .consumes(Side.DESTINATION, "10.0.9.9@1", "theirs", "others");
        assertThat(found()).isEmpty();
        assertThat(readings).containsExactly("destination consumerOffsets");
    }

    @Test
    void aGroupOfBothClustersIsReadAtTheSourceOnlyIfTheDestinationUsesIt() {
        network.group(Side.DESTINATION, "mail", GroupSettings.DEFAULT)
                .group(Side.DESTINATION, "billing", GroupSettings.DEFAULT)
                .clients
                .consumes(Side.SOURCE, "10.0.9.1@1", "mail", "orders")
                .consumes(Side.DESTINATION, "10.0.9.2@1", "mail", "others");
        network.broker(Side.SOURCE, "old-a").commit("mail", "orders", 0, 7);
        assertThat(found())
                .isEqualTo(Map.of("mail", new SharedGroup(member("10.0.9.1@1", true), member("10.0.9.2@1", false))));
        assertThat(readings)
                .containsExactly(
                        "destination consumerOffsets",
                        "destination clients of [billing, mail]",
                        "source clients of [mail]",
                        "destination runtime");
    }

    /** Offsets stay when a group is deleted without them, and a planned group may be missing at the source. */
    @Test
    void offsetsAloneAreAUse() {
        network.broker(Side.DESTINATION, "new-a").commit("billing", "others", 0, 7);
        network.broker(Side.DESTINATION, "new-a").commit("theirs", "others", 0, 7);
        assertThat(found()).isEqualTo(Map.of("billing", new SharedGroup(UNUSED, new GroupUse(true, new TreeMap<>()))));
    }

    /** A broker keeps groups and offsets over a restart, and learns of its clients when they register again. */
    @Test
    void aBrokerThatHasJustStartedDoesNotKnowTheMembersOfAGroup() {
        network.group(Side.DESTINATION, "billing", GroupSettings.DEFAULT)
                .group(Side.DESTINATION, "theirs", GroupSettings.DEFAULT)
                .clients
                .consumes(Side.DESTINATION, "10.0.9.2@1", "billing", "others");
        network.broker(Side.DESTINATION, "new-a").restarted(Duration.ofSeconds(5));
        assertThat(survey.of(MemorySituation.of(network, plan)).hidden())
                .isEqualTo(Map.of(
                        "billing",
                        new RecentStart(Side.DESTINATION, "new-a", Duration.ofSeconds(5), Duration.ofSeconds(75))));
        network.broker(Side.DESTINATION, "new-a").restarted(Duration.ofSeconds(75));
        readings.clear();
        assertThat(survey.of(MemorySituation.of(network, plan)).hidden()).isEmpty();
        assertThat(readings)
                .describedAs("the members first, so that no broker starts in between")
                .containsExactly(
                        "destination consumerOffsets", "destination clients of [billing]", "destination runtime");
    }

    @Test
    void aBrokerOfTheSourceMayHideTheMembersOfAGroupOutsideThePlan() {
        network.group(Side.DESTINATION, "mail", GroupSettings.DEFAULT)
                .group(Side.DESTINATION, "billing", GroupSettings.DEFAULT)
                .clients
                .consumes(Side.DESTINATION, "10.0.9.2@1", "mail", "others")
                .consumes(Side.DESTINATION, "10.0.9.3@1", "billing", "others");
        network.broker(Side.SOURCE, "old-a").restarted(Duration.ofMinutes(1));
        assertThat(survey.of(MemorySituation.of(network, plan)).hidden())
                .isEqualTo(Map.of(
                        "mail", new RecentStart(Side.SOURCE, "old-a", Duration.ofMinutes(1), Duration.ofSeconds(75))));
        network.broker(Side.SOURCE, "old-a").commit("mail", "orders", 0, 7);
        assertThat(survey.of(MemorySituation.of(network, plan)).hidden())
                .describedAs("its offsets are a use that is known")
                .isEmpty();
    }

    @Test
    void groupsOfRocketMqAreInEveryCluster() {
        for (Side side : Side.values()) {
            network.group(side, "TOOLS_CONSUMER", GroupSettings.DEFAULT)
                    .clients
                    .consumes(side, "10.0.9.1@1", "TOOLS_CONSUMER", "any");
        }
        assertThat(found()).isEmpty();
    }

    /** After the join they find each other, and take each other's clients for members of their groups. */
    @Test
    void proxiesOfBothClustersShareAGroupUnlessTheirTopicsHaveOtherNames() {
        proxy(Side.DESTINATION, "10.0.9.2@1", "DefaultHeartBeatSyncerTopic");
        network.topic(Side.SOURCE, "DefaultHeartBeatSyncerTopic", topic(1));
        proxy(Side.SOURCE, "10.0.9.1@1", "DefaultHeartBeatSyncerTopic-source");
        assertThat(found().values()).noneMatch(SharedGroup::isUsedInBoth);
        proxy(Side.SOURCE, "10.0.9.1@1", "DefaultHeartBeatSyncerTopic");
        assertThat(found())
                .isEqualTo(Map.of(
                        "CID_DefaultHeartBeatSyncerTopic",
                        new SharedGroup(member("10.0.9.1@1", false), member("10.0.9.2@1", false))));
    }

    private void proxy(Side side, String id, String topic) {
        network.topic(side, topic, topic(1)).clients.consumes(side, id, "CID_" + topic, topic);
    }

    /** The groups of the plan have come with their topics, and so have their members. */
    @Test
    void whileJoinedOnlyGroupsOutsideThePlanAreReadAndAtMostTwiceAMinute() {
        network.joined()
                .group(Side.DESTINATION, "billing", GroupSettings.DEFAULT)
                .group(Side.DESTINATION, "mail", GroupSettings.DEFAULT)
                .clients
                .consumes(Side.SOURCE, "10.0.9.1@1", "mail", "orders")
                .consumes(Side.DESTINATION, "10.0.9.2@1", "mail", "others");
        Situation joined = MemorySituation.of(network, plan);
        Map<String, SharedGroup> first = found(joined);
        assertThat(first)
                .isEqualTo(Map.of("mail", new SharedGroup(member("10.0.9.1@1", false), member("10.0.9.2@1", false))));
        assertThat(readings).containsExactly("destination clients of [mail]", "source clients of [mail]");
        assertThat(found(Situations.readAt(joined, joined.readAt().plusSeconds(30))))
                .isEqualTo(first);
        assertThat(readings).isEmpty();
        assertThat(found(Situations.readAt(joined, joined.readAt().plusSeconds(31))))
                .isEqualTo(first);
        assertThat(readings).hasSize(2);
    }

    @Test
    void aPlanThatDoesNotJoinReadsNothing() {
        MigrationPlan metadata =
                MemorySituation.plan(network, "batches: [{ name: all, topics: [{ name: orders, type: NORMAL }] }]\n");
        assertThat(found(MemorySituation.of(network, metadata))).isEmpty();
        assertThat(readings).isEmpty();
    }
}
