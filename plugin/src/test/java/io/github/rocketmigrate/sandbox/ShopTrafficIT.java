package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.wire.AdminConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop's applications from start to tally, with the destination's name servers only. */
final class ShopTrafficIT {
    private static final int READ_AND_WRITE = 6;

    @TempDir
    Path folder;

    private Sandbox sandbox;

    private Endpoints start() {
        return start("4.9.7", Side.DESTINATION, Duration.ofSeconds(2));
    }

    private Endpoints start(String release, Side endpoint, Duration routePoll) {
        sandbox = Sandbox.in(folder);
        SandboxSettings settings = new SandboxSettings(
                SandboxSettings.version("source", release),
                new ServerVersion(5, 5, 0),
                1,
                true,
                false,
                true,
                true,
                endpoint,
                routePoll,
                "384m",
                Duration.ofMinutes(5));
        return sandbox.start(settings, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress())
                .endpoints();
    }

    @AfterEach
    void stop() {
        sandbox.stop(Lifetime.OF_THIS_PROCESS);
    }

    @Test
    void everySentMessageIsReceivedAndCounted() throws Exception {
        Endpoints endpoints = start();
        assertThat(folder.resolve("shop/java.args"))
                .content()
                .contains(endpoints.cluster(Side.DESTINATION).nameServers())
                .doesNotContain(endpoints.cluster(Side.SOURCE).nameServers());
        Eventually.holds(
                "the shop reports what it has received",
                () -> Files.readString(folder.resolve("shop").resolve(ServerProcess.OUTPUT))
                        .contains(", received "));
        QuietProgress progress = new QuietProgress();
        Sandbox.Stopped stopped = sandbox.finish(Lifetime.OF_THIS_PROCESS, progress);
        assertThat(progress.tallies).containsExactly(stopped.tally().orElseThrow());
        assertThat(stopped.ended()).extracting(Sandbox.Ended::server).contains("shop");
        ShopTally tally = stopped.tally().orElseThrow();
        assertThat(tally.lines()).hasSize(12).allSatisfy(line -> {
            assertThat(line.sent()).isPositive();
            assertThat(line.received()).isEqualTo(line.sent());
        });
        assertThat(tally).matches(it -> it.isGood() && it.failed() == 0);
    }

    /** As a rolling restart by their owners would, in a sandbox that keeps running. */
    @Test
    void applicationsChangeTheirNameServersAndBackWithoutLosingAMessage() {
        Endpoints endpoints = start("4.9.7", Side.SOURCE, Duration.ofSeconds(2));
        assertThat(sandbox.switchApplications(Shop.consumers(), Side.DESTINATION))
                .isEqualTo(Shop.consumers());
        assertThat(sandbox.switchApplications(Shop.applications(), Side.DESTINATION))
                .describedAs("only applications with other name servers restart")
                .isEqualTo(Shop.producers());
        // Clients at the source would stop with its name server.
        sandbox.stopServer("source-nameserver");
        Sandbox.Stopped stopped = sandbox.finish(Lifetime.OF_THIS_PROCESS, new QuietProgress());
        assertThat(stopped.tally().orElseThrow().lines()).hasSize(12).allSatisfy(line -> {
            assertThat(line.failed()).isZero();
            assertThat(line.received()).isPositive().isEqualTo(line.sent());
        });
        assertThat(endpoints.cluster(Side.SOURCE).brokers()).containsKey("source-a");
    }

    /** A group that is offline is what blocks a migration most often. */
    @Test
    void applicationsGoOfflineAndComeBackWithoutLosingAMessage() throws Exception {
        Endpoints endpoints = start();
        Endpoints.SandboxCluster source = endpoints.cluster(Side.SOURCE);
        assertThat(sandbox.stopApplications(List.of("ledger", "refunds"))).containsExactly("refunds", "ledger");
        assertThat(sandbox.stopApplications(List.of("ledger"))).isEmpty();
        try (AdminConnection connection = AdminConnection.open(source.nameServers(), endpoints.admin())) {
            assertThatThrownBy(() -> connection.admin().examineConsumerConnectionInfo("ledger"))
                    .hasMessageContaining("not online");
            assertThat(connection
                            .admin()
                            .examineConsumerConnectionInfo("recommendations")
                            .getConnectionSet())
                    .hasSize(Shop.MEMBERS);
            assertThat(sandbox.startApplications(List.of("refunds", "ledger", "recommendations")))
                    .containsExactly("ledger", "refunds");
            assertThat(connection
                            .admin()
                            .examineConsumerConnectionInfo("ledger")
                            .getConnectionSet())
                    .hasSize(Shop.MEMBERS);
        }
        // Those that are still offline at the end consume what they have missed.
        sandbox.stopApplications(Shop.consumers());
        ShopTally tally = sandbox.finish(Lifetime.OF_THIS_PROCESS, new QuietProgress())
                .tally()
                .orElseThrow();
        assertThat(tally.lines()).hasSize(12).allSatisfy(line -> {
            assertThat(line.failed()).isZero();
            assertThat(line.received()).isPositive().isEqualTo(line.sent());
        });
    }

    /** Only the producer was switched: its messages are in a cluster that the consumers do not see. */
    @Test
    void messagesThatNoConsumerSeesAreUnreadAndNotLost() throws Exception {
        Endpoints endpoints = start("4.9.7", Side.SOURCE, Duration.ofSeconds(2));
        Endpoints.SandboxCluster destination = endpoints.cluster(Side.DESTINATION);
        try (AdminConnection connection = AdminConnection.open(destination.nameServers(), endpoints.admin())) {
            TopicConfig config = new TopicConfig("search-index", 4, 4, READ_AND_WRITE);
            connection.admin().createAndUpdateTopicConfig(destination.brokers().get("destination-a"), config);
            sandbox.switchApplications(List.of("search-index"), Side.DESTINATION);
            Eventually.holds(
                    "the destination has messages",
                    () -> connection
                            .admin()
                            .examineTopicStats(destination.brokers().get("destination-a"), "search-index")
                            .getOffsetTable()
                            .values()
                            .stream()
                            .anyMatch(queue -> queue.getMaxOffset() > 0));
        }
        ShopTally tally = sandbox.finish(Lifetime.OF_THIS_PROCESS, new QuietProgress())
                .tally()
                .orElseThrow();
        assertThat(tally.lost()).isZero();
        assertThat(tally.waiting()).singleElement().satisfies(some -> {
            assertThat(some.topic()).isEqualTo("search-index");
            assertThat(some.reader()).isEqualTo("search-indexer");
            assertThat(some.broker()).isEqualTo("destination-a");
            assertThat(some.cause()).isEqualTo(WaitingMessages.WhyWaiting.NOT_CONNECTED);
            assertThat(some.messages()).isEqualTo(tally.unread()).isPositive();
        });
    }

    @Tag("thorough")
    @Test
    void switchToNameServersThatKnowNoTopicRestartsNothing() {
        sandbox = Sandbox.in(folder);
        SandboxSettings apart = new SandboxSettings(
                new ServerVersion(4, 9, 7), new ServerVersion(5, 5, 0), 1, false, false, true, true, "384m");
        sandbox.start(apart, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress());
        assertThatThrownBy(() -> sandbox.switchApplications(List.of("ledger"), Side.DESTINATION))
                .isInstanceOf(Fault.class)
                .hasMessage("The destination's name servers do not know the topic payments."
                        + " No application was restarted.");
        assertThat(sandbox.switchApplications(List.of("ledger", "payments"), Side.SOURCE))
                .isEmpty();
    }

    @Test
    @Tag("thorough")
    void killedApplicationsLeaveNoTally() throws Exception {
        start();
        ProcessHandle shop = SandboxFolder.process(folder.resolve("shop")).orElseThrow();
        shop.destroyForcibly();
        shop.onExit().get(1, TimeUnit.MINUTES);
        QuietProgress progress = new QuietProgress();
        assertThat(sandbox.finish(Lifetime.OF_THIS_PROCESS, progress).tally()).isEmpty();
        assertThat(progress.lost).hasSize(1);
        assertThat(folder.resolve("shop")).doesNotExist();
    }
}
