package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTraffic;
import io.github.rocketmigrate.live.Mark;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.write.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What happens to servers, clients and the run while a fence is closed, forward and back, under live traffic: nothing is
 * lost, and every key keeps its order. The figures are kept in {@code target/fence-interrupted.txt}.
 *
 * <p>Longer than 300 lines: its interruptions share one pair of joined clusters and the moment at which they happen.
 */
@Tag("thorough")
final class FenceInterruptedIT {
    private static final int TOPIC = 17;
    private static final String WRITE_ONLY = "2";
    private static final int READ = 4;
    private static final int READ_AND_WRITE = 6;
    private static final Path FIGURES = Path.of("target", "fence-interrupted.txt");

    /** A broker that is away takes its queues along, so keys go to others until all clients have noticed that it is back. */
    private static final Duration NOTICED = Duration.ofSeconds(30);

    private static final Apply.Settings PATIENT = new Apply.Settings(
            false,
            Duration.ofMinutes(3),
            Goals.STEADY.forgotten(),
            Goals.STEADY.terms(),
            Goals.STEADY.timeouts(),
            Goals.STEADY.policy());

    /** What happens while the fence is closed. */
    enum Interruption {
        ANOTHER_TOPIC,
        ANOTHER_TOPIC_THAT_REGISTERS_ALONE,
        MEMBER_LEAVES_AND_JOINS,
        MEMBERS_STAND_STILL,
        NEW_GROUP,
        HAND_ON_THE_CLOSED_BROKER,
        CTRL_C,
        LOST_LEASE,
        OPENING_BROKER_RESTARTS,
        CLOSING_BROKER_RESTARTS,
        SOURCE_NAME_SERVER_RESTARTS,
        DESTINATION_NAME_SERVER_RESTARTS;

        String suffix() {
            return "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean endsTheRun() {
            return this == CTRL_C || this == LOST_LEASE;
        }

        boolean restartsAServer() {
            return name().endsWith("_RESTARTS");
        }
    }

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    private final List<DefaultMQPushConsumer> newcomers = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        Files.deleteIfExists(FIGURES);
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 2);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyKeepsItsOrder(Interruption interruption) throws Exception {
        String suffix = interruption.suffix();
        String topic = "orders" + suffix;
        LiveTopic orders = new LiveTopic(topic, MessageType.FIFO, LiveGroup.orderly("billing" + suffix));
        List<String> figures = new ArrayList<>();
        try (Climb climb = Climb.joined(sandbox, folder, orders)) {
            climb.to(Stage.READ_BOTH);
            Mark begin = climb.live().mark(interruption + " begins");
            for (Stage stage : List.of(Stage.WRITE_DESTINATION, Stage.READ_BOTH)) {
                figures.add(pass(climb, interruption, orders, stage));
                newcomers.forEach(DefaultMQPushConsumer::shutdown);
                newcomers.clear();
                climb.to(climb.plan(stage), stage.word(), PATIENT);
            }
            Mark end = climb.live().mark(interruption + " is over");
            Tally tally = climb.finish("fence-interrupted-" + interruption);
            figures.add(tally.line(topic, orders.groups().get(0).name()).sent() + " sent, "
                    + tally.duplicates().size() + " received twice, "
                    + tally.overtakers().size() + " out of order, "
                    + tally.errors().size() + " not sent");
            if (interruption.restartsAServer()) {
                assertThat(tally.overtakers())
                        .describedAs(tally.words())
                        .allSatisfy(one -> assertThat(one.at())
                                .isBetween(begin.at(), end.at().plus(NOTICED)));
            } else {
                assertThat(tally.overtakers()).describedAs(tally.words()).isEmpty();
                assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
            }
        } finally {
            newcomers.forEach(DefaultMQPushConsumer::shutdown);
            Files.createDirectories(FIGURES.getParent());
            Files.writeString(
                    FIGURES,
                    interruption + ": " + String.join("; ", figures) + "\n",
                    UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /** Takes the topic through the fence; when it is closed, it happens. */
    private String pass(Climb climb, Interruption interruption, LiveTopic topic, Stage stage) throws Exception {
        climb.awaitReady(stage);
        Side opening = stage == Stage.WRITE_DESTINATION ? Side.DESTINATION : Side.SOURCE;
        Scene scene = new Scene(climb.live(), topic, opening, new StopSignal());
        AtomicReference<CompletableFuture<Void>> under = new AtomicReference<>();
        Instant before = Instant.now();
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            wire.on(TOPIC)
                    .with("topic", topic.name())
                    .with("perm", WRITE_ONLY)
                    .at(opening.word() + "-b")
                    .after(() -> {
                        if (interruption.endsTheRun()) {
                            happen(interruption, scene);
                        } else {
                            under.set(CompletableFuture.runAsync(() -> {
                                try {
                                    happen(interruption, scene);
                                } catch (Exception e) {
                                    throw new IllegalStateException(interruption + " did not happen", e);
                                }
                            }));
                        }
                    });
            ApplyReport report = climb.attempt(stage, Selection.ALL, wire, PATIENT, scene.stopping());
            if (under.get() != null) {
                under.get().get(2, TimeUnit.MINUTES);
            }
            assertThat(wire.unfired()).describedAs(Printed.of(report)).isEmpty();
            if (interruption.endsTheRun()) {
                assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.INCOMPLETE);
                assertThat(Printed.of(report).lines().limit(8))
                        .describedAs(
                                "what is closed comes first, with the command that opens it\n%s", Printed.of(report))
                        .anyMatch(line -> line.contains(topic.name()))
                        .anyMatch(line -> line.contains("mvn migrate:apply"));
            } else if (interruption == Interruption.HAND_ON_THE_CLOSED_BROKER) {
                String broker = scene.closing().word() + "-a";
                // If the run still repeats its own write when the hand comes, the step goes through.
                ApplyReport next = report.outcome() == Outcome.BLOCKED ? report : climb.attempt(stage);
                if (next.outcome() == Outcome.BLOCKED) {
                    assertThat(Printed.of(next).replaceAll("\\s+", " "))
                            .contains("is in the fence, and somebody changed its permissions")
                            .contains("Set its permission to read again on " + broker);
                } else {
                    assertThat(next.outcome()).describedAs(Printed.of(next)).isIn(Outcome.APPLIED, Outcome.CLEAN);
                }
                setPermission(scene, READ);
            } else {
                assertThat(report.outcome())
                        .describedAs(Printed.of(report))
                        .isIn(
                                interruption.restartsAServer()
                                        ? List.of(Outcome.APPLIED, Outcome.BLOCKED, Outcome.INCOMPLETE)
                                        : List.of(Outcome.APPLIED));
            }
            return stage.word() + " " + report.outcome().word() + ", "
                    + (report.run().fences().isEmpty()
                            ? "not opened by this run"
                            : "closed for " + report.run().fences().get(0).words())
                    + ", " + climb.live().mostChangesOfShare(topic.name(), before, Instant.now())
                    + " changes of queues of one member";
        }
    }

    private record Scene(LiveTraffic live, LiveTopic topic, Side opening, StopSignal stopping) {
        Side closing() {
            return opening.other();
        }

        String group() {
            return topic.groups().get(0).name();
        }

        /** Producers have sent for so long since then. */
        void awaitTraffic(Duration duration) throws Exception {
            Instant then = Instant.now().plus(duration);
            Eventually.holds(
                    "producers still send",
                    () -> live.sent().stream().anyMatch(sent -> sent.at().isAfter(then)));
        }
    }

    private void happen(Interruption interruption, Scene scene) throws Exception {
        switch (interruption) {
            case ANOTHER_TOPIC -> changeAnotherTopic(scene);
            case ANOTHER_TOPIC_THAT_REGISTERS_ALONE -> {
                registerAlone("true");
                changeAnotherTopic(scene);
                registerAlone("false");
            }
            case MEMBER_LEAVES_AND_JOINS -> {
                scene.live().endMember(1);
                scene.live().startMember(1);
            }
            case MEMBERS_STAND_STILL -> {
                scene.live().slow(scene.group(), 60_000);
                scene.awaitTraffic(Duration.ofSeconds(10));
                scene.live().slow(scene.group(), 0);
            }
            case NEW_GROUP ->
                consume("newcomers-" + scene.opening().word(), scene.topic().name());
            case HAND_ON_THE_CLOSED_BROKER -> setPermission(scene, READ_AND_WRITE);
            case CTRL_C -> scene.stopping().request();
            case LOST_LEASE -> removeLease();
            case OPENING_BROKER_RESTARTS -> restart(scene.opening().word() + "-a");
            case CLOSING_BROKER_RESTARTS -> restart(scene.closing().word() + "-a");
            case SOURCE_NAME_SERVER_RESTARTS -> restart("source-nameserver");
            case DESTINATION_NAME_SERVER_RESTARTS -> restart("destination-nameserver");
        }
    }

    /** Each change lets brokers register all their topics, or this one alone, and overwrite routes. */
    private static void changeAnotherTopic(Scene scene) throws Exception {
        for (int queues = 2; queues <= 4; queues++) {
            for (Side side : Side.values()) {
                Topics.create(
                        sandbox.endpoints().cluster(side),
                        new TopicConfig("other-" + scene.topic().name(), queues, queues, READ_AND_WRITE));
            }
            scene.awaitTraffic(Duration.ofSeconds(2));
        }
    }

    private static void registerAlone(String value) throws Exception {
        Endpoints.SandboxCluster destination = sandbox.endpoints().cluster(Side.DESTINATION);
        Properties setting = new Properties();
        setting.setProperty("enableSingleTopicRegister", value);
        try (AdminConnection connection = AdminConnection.open(destination.nameServers(), Optional.empty())) {
            for (String broker : destination.brokers().values()) {
                connection.admin().updateBrokerConfig(broker, setting);
            }
        }
    }

    /** Somebody sets the permission of the topic at one broker of the side that is closed. */
    private static void setPermission(Scene scene, int permission) throws Exception {
        Endpoints.SandboxCluster closing = sandbox.endpoints().cluster(scene.closing());
        try (AdminConnection connection = AdminConnection.open(closing.nameServers(), Optional.empty())) {
            String broker = closing.brokers().get(scene.closing().word() + "-a");
            TopicConfig config = connection
                    .admin()
                    .getAllTopicConfig(broker, 6_000)
                    .getTopicConfigTable()
                    .get(scene.topic().name());
            config.setPerm(permission);
            // Brokers of 5.x keep those that are not sent, and refuse the form in which they list them.
            config.getAttributes().clear();
            connection.admin().createAndUpdateTopicConfig(broker, config);
        }
    }

    private void consume(String group, String topic) throws Exception {
        String nameServers = sandbox.endpoints().cluster(Side.DESTINATION).nameServers();
        for (Side side : Side.values()) {
            Topics.createGroup(sandbox.endpoints().cluster(side), group);
        }
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(nameServers);
        consumer.setInstanceName(group);
        consumer.setVipChannelEnabled(false);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> ConsumeOrderlyStatus.SUCCESS);
        consumer.start();
        newcomers.add(consumer);
    }

    private static void removeLease() throws Exception {
        try (NotesOf notes = new NotesOf(sandbox.endpoints())) {
            for (String key : notes.all().keySet()) {
                if (key.startsWith("lease:")) {
                    for (String nameServer : notes.notes().nameServers()) {
                        notes.notes().remove(nameServer, key);
                    }
                }
            }
        }
    }

    private static void restart(String server) throws Exception {
        sandbox.kill(server);
        sandbox.restart(server);
    }
}
