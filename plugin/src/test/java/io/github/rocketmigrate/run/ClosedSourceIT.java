package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveSettings;
import io.github.rocketmigrate.live.ScriptedClients;
import io.github.rocketmigrate.live.Sent;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Measures whether producers that avoid slow brokers come back to a closed source while the destination is slow: with the
 * permission alone, and with no write queues beside it.
 */
@Tag("thorough")
final class ClosedSourceIT {
    private static final int QUEUES = 4;
    private static final int READ = 4;
    private static final int READ_AND_WRITE = 6;
    private static final int TURNS = 8;
    private static final Duration SLOW = Duration.ofMillis(1_500);
    private static final Duration BETWEEN = Duration.ofSeconds(3);
    private static final LiveSettings SETTINGS = LiveSettings.following(Duration.ofSeconds(1));
    private static final Path FIGURES = Path.of("target", "closed-source.txt");

    @TempDir
    static Path folder;

    private static OwnSandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.startJoined(folder.resolve("servers"), "4.9.7", "5.5.0", 1);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"4.7.1, true", "4.9.7, true", "5.1.4, false"})
    void aProducerThatAvoidsASlowDestinationComesBackUnlessNoQueueIsWritable(String client, boolean comesBack)
            throws Exception {
        List<Sent> withPermission = late(client, QUEUES);
        List<Sent> withoutQueues = late(client, 0);
        Files.createDirectories(FIGURES.getParent());
        Files.writeString(
                FIGURES,
                "client " + client + ": " + withPermission.size() + " late messages with the permission alone, "
                        + withoutQueues.size() + " with writeQueueNums=0\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        assertThat(withPermission.isEmpty()).isEqualTo(!comesBack);
        assertThat(withoutQueues).isEmpty();
    }

    /** The messages that come to the source after the producer has followed the step to {@code write-destination}. */
    private static List<Sent> late(String client, int writeQueues) throws Exception {
        String topic = "late-" + client.replace('.', '-') + "-" + writeQueues;
        Endpoints.SandboxCluster source = sandbox.endpoints().cluster(Side.SOURCE);
        Endpoints.SandboxCluster destination = sandbox.endpoints().cluster(Side.DESTINATION);
        Topics.create(source, new TopicConfig(topic, QUEUES, QUEUES, READ_AND_WRITE));
        Topics.create(destination, new TopicConfig(topic, QUEUES, QUEUES, READ));
        try (ScriptedClients clients = ScriptedClients.start(
                folder.resolve(topic), ServerVersion.of(client).orElseThrow(), SETTINGS, destination.nameServers())) {
            clients.producerThatAvoidsSlowBrokers(topic + "-sender", destination.nameServers(), topic);
            awaitSent(clients, "source-a", 0);
            Topics.create(destination, new TopicConfig(topic, QUEUES, QUEUES, READ_AND_WRITE));
            Topics.create(source, new TopicConfig(topic, QUEUES, writeQueues, READ));
            awaitSent(clients, "destination-a", 0);
            clients.update();
            int before = clients.sent().size();
            for (int i = 0; i < TURNS; i++) {
                sandbox.suspend("destination-a");
                TimeUnit.MILLISECONDS.sleep(SLOW.toMillis());
                sandbox.resume("destination-a");
                TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
            }
            clients.update();
            awaitSent(clients, "", before);
            List<Sent> all = clients.sent();
            return all.subList(before, all.size()).stream()
                    .filter(sent -> sent.place().broker().startsWith("source"))
                    .toList();
        }
    }

    /** Waits for ten messages one after the other to a broker, so that the producer has its new route. */
    private static void awaitSent(ScriptedClients clients, String broker, int after) throws Exception {
        Eventually.holds("ten messages go to " + broker, () -> {
            clients.update();
            List<Sent> sent = clients.sent();
            return sent.size() >= after + 10
                    && sent.subList(sent.size() - 10, sent.size()).stream()
                            .allMatch(one -> one.place().broker().startsWith(broker));
        });
    }
}
