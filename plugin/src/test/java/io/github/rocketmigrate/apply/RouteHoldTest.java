package io.github.rocketmigrate.apply;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemoryWriter;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.write.Halt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A topic is in its fence: the destination's brokers refuse to be read, and its name servers say that they can be. */
final class RouteHoldTest {
    private static final String FIRST = "10.0.1.11:9876";
    private static final String SECOND = "10.0.1.12:9876";
    private static final TopicSettings TOPIC = ClusterFixture.topic(4).withType("FIFO");
    private static final Map<String, TopicSettings> ROUTE =
            Map.of("old-a", TOPIC.withAccess(Access.READ), "new-a", TOPIC.withAccess(Access.READ_WRITE));

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private MemoryRun run;
    private RouteHold hold;

    @BeforeEach
    void closeTheFence() throws Exception {
        network.cluster(Side.SOURCE, "5.1.4", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.3.2", List.of(FIRST, SECOND), "new-a")
                .topic(Side.SOURCE, "orders", TOPIC.withAccess(Access.READ))
                .topic(Side.DESTINATION, "orders", TOPIC.withAccess(Access.WRITE))
                .joined();
        network.begin(FaultPlan.NONE);
        run = MemoryRun.begin(network, folder.resolve("journal.jsonl"));
        hold = new RouteHold(network.writer(Side.DESTINATION), run.writing().guard(), network.timing());
    }

    @AfterEach
    void end() {
        hold.close();
        run.close();
    }

    private boolean begin() throws Exception {
        return hold.begin("orders", ROUTE, run.writing().guard());
    }

    private Access shown(String nameServer) {
        RouteEntry entry = network.nameServers(Side.DESTINATION)
                .get(nameServer)
                .route("orders")
                .get("new-a");
        return entry.access();
    }

    private void restart() {
        MemoryBroker broker = network.broker(Side.DESTINATION, "new-a");
        network.stop(broker);
        network.start(broker);
    }

    private long routesSet() {
        return network.writes().stream()
                .filter(write -> write.what().equals("route"))
                .count();
    }

    @Test
    void consumersSeeWhatTheFenceIsGoingToOpen() throws Exception {
        assertThat(begin()).isTrue();
        assertThat(List.of(shown(FIRST), shown(SECOND))).containsOnly(Access.READ_WRITE);
        MemoryWriter writer = network.writer(Side.DESTINATION);
        assertThat(writer.topics(network.broker(Side.DESTINATION, "new-a").seen())
                        .get("orders")
                        .access())
                .describedAs("the broker refuses to be read")
                .isEqualTo(Access.WRITE);
    }

    @Test
    void aBrokerThatRegistersReplacesTheRouteForHalfASecond() throws Exception {
        begin();
        restart();
        assertThat(shown(FIRST)).isEqualTo(Access.WRITE);
        network.timing().sleep(RouteHold.BETWEEN_LOOKS);
        assertThat(List.of(shown(FIRST), shown(SECOND))).containsOnly(Access.READ_WRITE);
    }

    /** A run with the same answers sends the same requests, in any JVM. */
    @Test
    void routesAreSetInTheOrderOfTheirTopics() throws Exception {
        List<String> topics = List.of("audit", "billing", "clicks", "deliveries", "fraud", "invoices", "mail", "stock");
        for (String topic : topics) {
            network.topic(Side.SOURCE, topic, TOPIC.withAccess(Access.READ))
                    .topic(Side.DESTINATION, topic, TOPIC.withAccess(Access.WRITE));
        }
        network.joined();
        hold.keep(topics.stream().collect(toMap(topic -> topic, topic -> ROUTE)));
        assertThat(network.writes().stream()
                        .filter(write ->
                                write.what().equals("route") && write.address().equals(FIRST))
                        .flatMap(write -> write.names().stream()))
                .containsExactlyElementsOf(topics);
    }

    /** Threads woke up twice a second from the first fence of a run to its end. */
    @Test
    void nothingLooksAtNameServersBetweenFences() throws Exception {
        long others = network.timing().periodicTasks();
        begin();
        assertThat(network.timing().periodicTasks()).isEqualTo(others + 2);
        hold.keep(Map.of());
        assertThat(network.timing().periodicTasks()).isEqualTo(others);
        begin();
        restart();
        network.timing().sleep(RouteHold.BETWEEN_LOOKS);
        assertThat(List.of(shown(FIRST), shown(SECOND))).containsOnly(Access.READ_WRITE);
    }

    @Test
    void aRouteThatStaysIsNotSetAgain() throws Exception {
        begin();
        network.timing().sleep(Duration.ofMinutes(1));
        assertThat(routesSet()).isEqualTo(2);
    }

    @Test
    void oneNameServerThatIsDownDoesNotKeepTheOthersFromBeingLookedAt() throws Exception {
        begin();
        network.reachable(FIRST, false);
        restart();
        network.timing().sleep(RouteHold.BETWEEN_LOOKS.multipliedBy(2));
        assertThat(shown(SECOND)).isEqualTo(Access.READ_WRITE);
    }

    @Test
    void aNameServerThatIgnoresRoutesIsSoonLeftAlone() throws Exception {
        network.nameServers(Side.DESTINATION).values().forEach(nameServer -> nameServer.ignoreRoutes());
        assertThat(begin()).isFalse();
        network.timing().sleep(Duration.ofMinutes(1));
        assertThat(routesSet()).describedAs("three tries at each").isEqualTo(2 * 3);
    }

    /** Half a second after a request is lost, a look has set the route, and producers have turned. */
    @ParameterizedTest
    @EnumSource(
            value = WriteFault.class,
            names = {"LOST", "UNANSWERED"})
    void aNameServerThatDoesNotAnswerMayShowTheRoute(WriteFault fault) throws Exception {
        network.begin(write -> write.what().equals("route") ? Optional.of(fault) : Optional.empty());
        assertThat(begin()).isTrue();
    }

    @Test
    void aNameServerThatIgnoredTheRouteOfATopicGetsThatOfTheNextOneOnce() throws Exception {
        network.nameServers(Side.DESTINATION).values().forEach(nameServer -> nameServer.ignoreRoutes());
        assertThat(begin()).isFalse();
        assertThat(begin()).isFalse();
        assertThat(routesSet()).isEqualTo(2 * 3 + 2);
    }

    @Test
    void aNameServerThatRefusesEndsTheStep() {
        network.begin(write -> write.what().equals("route") ? Optional.of(WriteFault.REFUSED) : Optional.empty());
        assertThatThrownBy(this::begin).isInstanceOf(Halt.class).hasMessageContaining("refused");
        assertThat(routesSet()).isEqualTo(1);
    }

    @Test
    void whatWasBeforeIsShownAgainAndHeldNoLonger() throws Exception {
        begin();
        hold.restore("orders", Map.of("old-a", TOPIC, "new-a", TOPIC.withAccess(Access.READ)));
        network.timing().sleep(Duration.ofMinutes(1));
        assertThat(List.of(shown(FIRST), shown(SECOND))).containsOnly(Access.READ);
    }

    /** Brokers that have the settings before the fence already do not register again, and producers would find no queue. */
    @Test
    void whatWasBeforeIsSentAgainToANameServerThatDoesNotAnswer() throws Exception {
        begin();
        AtomicBoolean isLost = new AtomicBoolean();
        network.begin(write -> write.what().equals("route") && !isLost.getAndSet(true)
                ? Optional.of(WriteFault.LOST)
                : Optional.empty());
        hold.restore("orders", Map.of("old-a", TOPIC, "new-a", TOPIC.withAccess(Access.READ)));
        assertThat(List.of(shown(FIRST), shown(SECOND))).containsOnly(Access.READ);
    }

    @Test
    void anOpenFenceIsHeldNoLonger() throws Exception {
        begin();
        hold.keep(Map.of());
        restart();
        network.timing().sleep(Duration.ofMinutes(1));
        assertThat(shown(FIRST)).isEqualTo(Access.WRITE);
    }

    /** A fence has lasted too long: consumers are shown what the brokers have, and log no more warnings. */
    @Test
    void anotherRouteIsShownAtOnce() throws Exception {
        begin();
        hold.keep(Map.of(
                "orders", Map.of("old-a", TOPIC.withAccess(Access.READ), "new-a", TOPIC.withAccess(Access.WRITE))));
        assertThat(List.of(shown(FIRST), shown(SECOND))).containsOnly(Access.WRITE);
    }

    @Test
    void nothingIsSetOnceTheRunHasEnded() throws Exception {
        begin();
        hold.close();
        restart();
        network.timing().sleep(Duration.ofMinutes(1));
        assertThat(routesSet()).isEqualTo(2);
    }

    @Test
    void nothingIsSetOnceAnotherRunHasTheLease() throws Exception {
        begin();
        network.nameServers(Side.DESTINATION).values().forEach(nameServer -> nameServer.forget());
        restart();
        network.timing().sleep(Duration.ofMinutes(1));
        assertThat(routesSet()).isEqualTo(2);
    }
}
