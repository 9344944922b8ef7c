package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.SandboxState;
import io.github.rocketmigrate.sandbox.Shop;
import io.github.rocketmigrate.sandbox.ShopTally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What people read about a sandbox.
 *
 * <p>Longer than 300 lines: it shows each of these texts.
 */
final class SandboxTextTest {
    private static final Path FOLDER = Path.of("target", "migrate", "sandbox");

    private final List<String> lines = new ArrayList<>();
    private final SandboxText text = new SandboxText(new PlainTerminal(lines));

    @Test
    void printsEachStepOfAStart() {
        text.removedStale(List.of(new Sandbox.Ended("source-a", 17)));
        text.resolving(new ServerVersion(4, 9, 7));
        text.downloaded(58, 61_240_000);
        text.starting(2, 3);
        text.up("destination-nameserver", "name server", "127.0.0.1:29025", Duration.ofMillis(1_249));
        text.up("source-a", "broker", "127.0.0.1:26515", Duration.ofSeconds(3));
        text.seeded(10, 8, 1_193, Duration.ofMillis(5_900));
        text.trafficRuns(Side.DESTINATION, Duration.ofMillis(61_020));
        assertThat(lines)
                .containsExactly(
                        "Removed the remains of an earlier sandbox; ended source-a.",
                        "Resolving RocketMQ 4.9.7 (downloaded the first time)",
                        "  downloaded 58 files, 61.2 MB",
                        "Starting 2 name servers and 3 brokers, each a process of its own",
                        "  destination-nameserver  name server  127.0.0.1:29025  up after 1.2 s",
                        "  source-a                broker       127.0.0.1:26515  up after 3.0 s",
                        "  shop  10 topics, 8 groups, 1,193 messages  written after 5.9 s",
                        "  shop  clients at destination  running after 61.0 s");
    }

    @Test
    void printsBothClustersAndHowToUseAndStopThem() {
        text.running(report(false, false), Optional.of("mvn migrate:sandbox-stop"));
        assertThat(lines)
                .containsExactly(
                        "",
                        "The sandbox is running (8.8 s).",
                        "",
                        "  CLUSTER              VERSION  NAME SERVER      BROKERS  TOPICS  GROUPS",
                        "  sandbox-source       4.9.7    127.0.0.1:21000  1        10      8",
                        "  sandbox-destination  5.5.0    127.0.0.1:22000  2        0       0",
                        "",
                        "  Addresses:  target/migrate/sandbox/endpoints.properties",
                        "  In a plan:  ${migrate.sandbox.source.nameServers} and so on",
                        "  Stop it:    mvn migrate:sandbox-stop");
        assertThat(lines).allMatch(line -> line.length() <= PlainTerminal.NARROW);
    }

    @Test
    void namesTheNextGoalIfThereIsAPlan() {
        text.planNext("migration.yaml", true);
        assertThat(lines).containsExactly("", "Next: see what the plan would change:", "  mvn migrate:plan");
    }

    @Test
    void offersToWriteAPlanIfThereIsNone() {
        text.planNext("plans/shop.yaml", false);
        assertThat(lines)
                .containsExactly(
                        "",
                        "Next: write a first plan from the running source:",
                        "  mvn migrate:discover -Dmigrate.file=plans/shop.yaml",
                        "  = help: https://rocketmigrate.github.io/discover.html");
    }

    @Test
    void asksNothingOfTheUserIfTheClustersEndWithTheBuild() {
        text.running(report(false, false), Optional.empty());
        assertThat(lines)
                .containsExactly(
                        "",
                        "The sandbox is running (8.8 s), and ends with this build.",
                        "  Addresses:  target/migrate/sandbox/endpoints.properties");
    }

    @Test
    void printsTheClustersThatABuildFound() {
        text.running(report(true, false), Optional.empty());
        assertThat(lines)
                .contains(
                        "The sandbox was running already; nothing was changed.",
                        "  sandbox-source       4.9.7    127.0.0.1:21000  1        10      8");
    }

    @Test
    void printsTheUsersIfAclIsOn() {
        text.running(report(true, true), Optional.of("Ctrl-C"));
        assertThat(lines)
                .contains(
                        "The sandbox was running already; nothing was changed.",
                        "  Users:      sandbox-admin / sandbox-admin-secret",
                        "              sandbox-reader / sandbox-reader-secret (read only)");
    }

    @Test
    void printsWhichServersEndedOrHowToStartSome() {
        List<Sandbox.Ended> two = List.of(new Sandbox.Ended("destination-a", 1), new Sandbox.Ended("source-a", 2));
        text.stopped(new Sandbox.Stopped(two, false, true), FOLDER);
        text.stopped(new Sandbox.Stopped(List.of(), false, false), FOLDER);
        text.stopped(new Sandbox.Stopped(List.of(), false, true), FOLDER);
        text.stopped(new Sandbox.Stopped(List.of(), true, false), FOLDER);
        assertThat(lines)
                .containsExactly(
                        "The sandbox is stopped.",
                        "Ended destination-a, source-a.",
                        "No sandbox is running in target/migrate/sandbox.",
                        "Start one: mvn migrate:sandbox-start",
                        "No sandbox is running in target/migrate/sandbox.",
                        "Removed the remains of an earlier one.",
                        "Start one: mvn migrate:sandbox-start",
                        "The sandbox in target/migrate/sandbox was started separately.",
                        "It keeps running. Stop it: mvn migrate:sandbox-stop");
    }

    @Test
    void printsTheTallyOfTheShopsMessages() {
        ShopTally tally = new ShopTally(List.of(
                new ShopTally.Line("prices", "windows-1", false, 1_200, 1, 1_200, 0, 0, 0, 0),
                new ShopTally.Line("prices", "windows-2", false, 1_200, 1, 1_199, 1, 0, 7, 0),
                new ShopTally.Line("orders", "fulfilment", true, 80, 0, 80, 0, 0, 0, 2)));
        text.trafficEnds();
        text.counted(tally);
        text.stopped(new Sandbox.Stopped(List.of(new Sandbox.Ended("shop", 1)), false, true), FOLDER);
        assertThat(lines)
                .containsExactly(
                        "The shop has stopped sending and consumes its unread messages.",
                        "",
                        "  TOPIC   GROUP       SENT  RECEIVED  LOST  TWICE  LATE",
                        "  prices  windows-1   1200  1200      0     0      –",
                        "  prices  windows-2   1200  1199      1     7      –",
                        "  orders  fulfilment  80    80        0     0      2",
                        "",
                        "Twice: received more than once. Late: out of order (FIFO topics).",
                        "Not sent: no broker confirmed the message; by topic: prices 1.",
                        "Tally: 1,280 sent, 1 not sent; 2,479 received, 1 lost, 7 twice, 2 late.",
                        "",
                        "The sandbox is stopped.",
                        "Ended shop.");
    }

    @Test
    void printsWhichApplicationsWereSwitched() {
        text.switched(Shop.applications(), Side.DESTINATION);
        text.switched(List.of("ledger"), Side.SOURCE);
        text.switched(List.of(), Side.SOURCE);
        assertThat(lines)
                .containsExactly(
                        "  consumers  user-events-audit, recommendations, search-indexer,",
                        "             shop-windows, order-fulfilment, invoice-mailer, cart-mailer,",
                        "             ledger",
                        "  producers  user-events, page-views, search-index, price-updates,",
                        "             order-events, stock-changes, invoices, cart-reminders,",
                        "             payments, refunds",
                        "Restarted; they use the destination's name servers now.",
                        "  consumers  ledger",
                        "Restarted; they use the source's name servers now.",
                        "These applications already use the source's name servers; none was restarted.");
    }

    @Test
    void printsWhichApplicationsAreOffline() {
        text.offline(List.of("payments", "ledger"), "mvn migrate:sandbox-switch -Dmigrate.sandbox.to=online");
        text.offline(List.of(), "mvn migrate:sandbox-switch -Dmigrate.sandbox.to=online");
        text.online(List.of("ledger", "payments"));
        text.online(List.of());
        assertThat(lines)
                .containsExactly(
                        "  consumers  ledger",
                        "  producers  payments",
                        "Stopped; they are offline until you start them again:",
                        "  mvn migrate:sandbox-switch -Dmigrate.sandbox.to=online",
                        "These applications are offline already.",
                        "  consumers  ledger",
                        "  producers  payments",
                        "Started with the name servers that they had.",
                        "These applications are not offline; none was started.");
    }

    /** No command starts the process of the shop alone: its counts have ended with it. */
    @Test
    void aDeadShopIsReplacedWithTheSandbox() {
        text.incomplete(new SandboxState(report(true, false).endpoints(), List.of(Shop.NAME)));
        assertThat(lines)
                .containsExactly(
                        "The sandbox runs without shop. Start again:",
                        "  mvn migrate:sandbox-start -Dmigrate.sandbox.traffic=true (replaces the sandbox)");
    }

    @Test
    void namesTheServersWithoutWhichTheSandboxRuns() {
        Endpoints endpoints = report(true, false).endpoints();
        text.incomplete(new SandboxState(endpoints, List.of()));
        text.incomplete(new SandboxState(endpoints, List.of("source-a")));
        text.serverStopped("source-a", true);
        text.serverStarted("source-a", true);
        assertThat(lines)
                .containsExactly(
                        "The sandbox runs without source-a. Start again:",
                        "  mvn migrate:sandbox-start-server -Dmigrate.sandbox.server=source-a",
                        "source-a is stopped, as if its machine had failed.",
                        "Start it again, with its data and its address:",
                        "  mvn migrate:sandbox-start-server -Dmigrate.sandbox.server=source-a",
                        "source-a is running again.");
    }

    /** The documentation shows this tally. */
    @Test
    void printsTheTallyOfAMigration() throws IOException {
        ShopTally tally = new ShopTally(List.of(
                whole("user-events", "user-events-audit", 155, 4),
                whole("user-events", "recommendations", 155, 5),
                whole("page-views", "recommendations", 154, 4),
                whole("search-index", "search-indexer", 154, 3),
                whole("price-updates", "shop-windows-1", 154, 0),
                whole("price-updates", "shop-windows-2", 154, 0),
                new ShopTally.Line("order-events", "order-fulfilment", true, 154, 0, 154, 0, 0, 1, 0),
                new ShopTally.Line("stock-changes", "order-fulfilment", true, 154, 0, 154, 0, 0, 0, 0),
                whole("invoices", "invoice-mailer", 154, 2),
                whole("cart-reminders", "cart-mailer", 154, 3),
                whole("payments", "ledger", 154, 3),
                whole("refunds", "ledger", 154, 2)));
        text.trafficEnds();
        text.counted(tally);
        text.stopped(new Sandbox.Stopped(List.of(new Sandbox.Ended("shop", 1)), false, true), FOLDER);
        matchesGolden("tally.txt");
    }

    private static ShopTally.Line whole(String topic, String reader, long sent, long twice) {
        return new ShopTally.Line(topic, reader, false, sent, 0, sent, 0, 0, twice, 0);
    }

    /** Somebody has to find out which topic had failures, and when. */
    @Test
    void messagesThatWereNotSentAreCountedByTopicAndHaveALog() {
        text.counted(new ShopTally(List.of(
                new ShopTally.Line("user-events", "user-events-audit", false, 1_310, 7, 1_310, 0, 0, 29, 0),
                new ShopTally.Line("user-events", "recommendations", false, 1_310, 7, 1_310, 0, 0, 29, 0),
                new ShopTally.Line("payments", "ledger", false, 1_310, 1_234, 1_310, 0, 0, 29, 0))));
        text.shopLogKept(Path.of("target/migrate/sandbox-shop.log"));
        assertThat(String.join(" ", lines))
                .contains("Not sent: no broker confirmed the message; by topic: payments 1,234, user-events 7.")
                .contains("The log of the shop is kept: target/migrate/sandbox-shop.log");
    }

    @Test
    void theStartOfAShopFitsANarrowTerminal() {
        text.seeded(12, 14, 12_345, Duration.ofMillis(123_456));
        text.trafficRuns(Side.DESTINATION, Duration.ofMillis(123_456));
        assertThat(lines).allMatch(line -> line.length() <= PlainTerminal.NARROW);
    }

    /** Nobody should have to search for the next step after the quickstart. */
    @Test
    void printsWhatToTryAfterTheQuickstart() throws IOException {
        text.next(Files.readString(Path.of("../samples/quickstart/next.txt"), UTF_8));
        assertThat(lines).allMatch(line -> line.length() <= PlainTerminal.NARROW);
        matchesGolden("next.txt");
    }

    private void matchesGolden(String name) throws IOException {
        Path golden = Path.of("src/test/resources/golden/sandbox").resolve(name);
        String printed = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, printed, UTF_8);
        }
        assertThat(printed).isEqualTo(Files.readString(golden, UTF_8));
    }

    private static SandboxReport report(boolean wasRunning, boolean acl) {
        Endpoints endpoints = new Endpoints(
                Map.of(
                        Side.SOURCE,
                        new Endpoints.SandboxCluster(
                                "sandbox-source", new ServerVersion(4, 9, 7), "127.0.0.1:21000", Map.of()),
                        Side.DESTINATION,
                        new Endpoints.SandboxCluster(
                                "sandbox-destination", new ServerVersion(5, 5, 0), "127.0.0.1:22000", Map.of())),
                acl);
        return new SandboxReport(
                FOLDER,
                endpoints,
                Map.of(
                        Side.SOURCE,
                        shop(cluster("sandbox-source", "4.9.7", "source-a"), 10, 8),
                        Side.DESTINATION,
                        shop(cluster("sandbox-destination", "5.5.0", "destination-a", "destination-b"), 0, 0)),
                wasRunning,
                List.of(),
                Duration.ofMillis(8_800));
    }

    private static Metadata shop(ClusterFixture cluster, int topics, int groups) {
        IntStream.range(0, topics).forEach(i -> cluster.with("topic-" + i, ClusterFixture.topic(4)));
        IntStream.range(0, groups).forEach(i -> cluster.with("group-" + i, GroupSettings.DEFAULT));
        return cluster.build();
    }
}
