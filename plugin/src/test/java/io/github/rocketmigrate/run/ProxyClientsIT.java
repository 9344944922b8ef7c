package io.github.rocketmigrate.run;

import static io.github.rocketmigrate.model.Purpose.LEAVE_SOURCE;
import static io.github.rocketmigrate.model.Purpose.TO_DESTINATION;
import static io.github.rocketmigrate.run.CheckedTopics.await;
import static io.github.rocketmigrate.run.CheckedTopics.before;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OtherClient;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.sandbox.RealProxy;
import java.nio.file.Path;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumers that no broker lists, because they are connected to a proxy. */
@Tag("thorough")
final class ProxyClientsIT {
    @TempDir
    Path folder;

    /** Without what the proxy writes about it, the group would be called offline. */
    @Test
    void aClientBehindAProxyOfTheDestinationHasSwitched() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.startJoined(folder.resolve("servers"), "4.9.7", "5.5.0", 1)) {
            Endpoints.SandboxCluster source = sandbox.endpoints().cluster(Side.SOURCE);
            Endpoints.SandboxCluster destination = sandbox.endpoints().cluster(Side.DESTINATION);
            Topics.create(source, new TopicConfig("walled", 1, 1, 6));
            Topics.createGroup(source, "walled-readers");
            Topics.consumed(source, "walled-readers", new MessageQueue("walled", "source-a", 0), 0);
            Topics.createGroup(destination, "CID_" + Proxies.TOPIC);
            // A proxy of 5.5.0 denies the heartbeats of groups that its cluster does not have.
            Topics.createGroup(destination, "walled-readers");
            CheckedTopics topics = new CheckedTopics(sandbox.endpoints(), folder.resolve("output"));
            try (RealProxy proxy = RealProxy.start(folder.resolve("proxy"), "5.5.0", destination);
                    RealClients clients = new RealClients(sandbox.endpoints())) {
                CheckedTopics.Look look = () -> before(LEAVE_SOURCE, plan(topics));
                await("consumers-switched", "group walled-readers is offline", look);
                DefaultMQPushConsumer reader = clients.consumer("walled-readers", "behind", proxy.address(), "walled");
                reader.registerMessageListener(
                        (MessageListenerConcurrently) (messages, context) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
                reader.start();
                clients.add(reader::shutdown);
                await("consumers-switched", "1 of 1 client of walled-readers uses the destination", look);
                before(LEAVE_SOURCE, plan(topics)).passes("consumers-switched");
                assertThat(assessed(sandbox))
                        .startsWith(
                                "1 proxy at the destination; 1 consuming application: consumer walled-readers on 127.0.0.1,"
                                        + " JAVA 5.")
                        .endsWith(", through a proxy");
                before(TO_DESTINATION, plan(topics))
                        .isUnknown("queues-assigned", "all clients of walled-readers are behind proxies");
                reader.shutdown();
                await("consumers-switched", "group walled-readers is offline", look);
            }
        }
    }

    /** No broker lists them, and proxies pass on their language, not their release. */
    @Test
    void clientsOfGrpcAreNamedByGroupAndLanguage() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("servers"), "5.3.3", "5.5.0", 1, false)) {
            Endpoints.SandboxCluster source = sandbox.endpoints().cluster(Side.SOURCE);
            Topics.create(source, new TopicConfig("walled", 1, 1, 6));
            for (String group : List.of("CID_" + Proxies.TOPIC, "java-readers", "node-readers")) {
                Topics.createGroup(source, group);
            }
            try (RealProxy proxy = RealProxy.start(folder.resolve("proxy"), "5.5.0", source);
                    OtherClient java = OtherClient.javaConsumer(
                            folder.resolve("java"), proxy.grpcAddress(), "java-readers", "walled");
                    OtherClient node = OtherClient.nodeConsumer(
                            folder.resolve("node"), proxy.grpcAddress(), "node-readers", "walled")) {
                String[] seen = {""};
                Eventually.holds("both clients are seen", () -> {
                    seen[0] = assessed(sandbox);
                    return seen[0].startsWith("1 proxy at the source; 2 consuming applications: ");
                });
                assertThat(seen[0])
                        .isEqualTo(
                                "1 proxy at the source; 2 consuming applications: consumer java-readers on 127.0.0.1, gRPC"
                                        + " JAVA, through a proxy; consumer node-readers on 127.0.0.1, gRPC Node.js (reported as HTTP), through a proxy");
            }
        }
    }

    private String assessed(OwnSandbox sandbox) {
        Goals goals = new Goals(sandbox.endpoints(), folder.resolve("output"));
        return goals.assess(goals.head("batches: [{ name: all }]\n")).rows().stream()
                .filter(row -> row.id().equals("RMA-409"))
                .findFirst()
                .flatMap(AssessedRow::value)
                .orElseThrow();
    }

    private static PlanReport plan(CheckedTopics topics) {
        return topics.plan(Stage.READ_BOTH, "walled", "walled-readers");
    }
}
