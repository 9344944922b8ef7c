package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that nobody would describe by hand. */
@Tag("thorough")
final class DiscoverManyIT {
    private static final int TOPICS = 2_000;
    private static final int GROUPS = 500;
    private static final int QUEUES = 4;
    private static final int READ_AND_WRITE = 6;

    @TempDir
    private Path servers;

    @TempDir
    private Path folder;

    /** Each topic with a message, each fourth with a group that has consumed it and that nobody runs. */
    @Test
    void twoThousandTopicsTakeLessThanAMinute() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(servers, "5.3.3", "5.5.0", 1, false);
                RealClients clients = new RealClients(sandbox.endpoints())) {
            fill(sandbox.endpoints().cluster(Side.SOURCE), clients.producer("filler", "filler"));
            SandboxDiscovery discovery = new SandboxDiscovery(folder);
            long begin = System.nanoTime();
            DiscoveryReport report = discovery.discover(sandbox.endpoints());
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(took).isLessThan(Duration.ofMinutes(1));
            assertThat(report.counts()).containsEntry("topics", (long) TOPICS).containsEntry("groups", (long) GROUPS);
            assertThat(discovery.values())
                    .containsEntry("topic-1999", "TODO   # only 1 NORMAL of 1 sampled")
                    .containsEntry(
                            "group-499",
                            "TODO   # nobody runs it; consumed up to a message of (time); 0 messages unread");
        }
    }

    private static void fill(Endpoints.SandboxCluster source, DefaultMQProducer producer) throws Exception {
        Topics.create(
                source,
                IntStream.range(0, TOPICS)
                        .mapToObj(i -> new TopicConfig(topic(i), QUEUES, QUEUES, READ_AND_WRITE))
                        .toList());
        for (int i = 0; i < TOPICS; i++) {
            producer.send(new Message(topic(i), "first".getBytes(UTF_8)), new MessageQueue(topic(i), "source-a", 0));
        }
        try (AdminConnection connection = AdminConnection.open(source.nameServers(), Optional.empty())) {
            String broker = source.brokers().get("source-a");
            List<SubscriptionGroupConfig> groups = IntStream.range(0, GROUPS)
                    .mapToObj(i -> {
                        SubscriptionGroupConfig group = new SubscriptionGroupConfig();
                        group.setGroupName("group-" + i);
                        return group;
                    })
                    .toList();
            connection.admin().createAndUpdateSubscriptionGroupConfigList(broker, groups);
            for (int i = 0; i < GROUPS; i++) {
                connection
                        .admin()
                        .updateConsumeOffset(
                                broker, "group-" + i, new MessageQueue(topic(QUEUES * i), "source-a", 0), 1);
            }
        }
    }

    private static String topic(int number) {
        return "topic-" + number;
    }
}
