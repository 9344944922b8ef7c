package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** RocketMQ's own admin tool of both releases, which shares no code with the plugin, confirms the content of the sandbox. */
@ExtendWith(SandboxExtension.class)
final class MqadminIT {
    @TempDir
    Path home;

    @Test
    void mqadminSeesTheSameBrokersAndTopics(Endpoints endpoints) throws Exception {
        seesTheSame("5.5.0", endpoints);
    }

    @Test
    @Tag("thorough")
    void mqadminOfTheSourcesReleaseSeesTheSame(Endpoints endpoints) throws Exception {
        seesTheSame("4.9.7", endpoints);
    }

    private void seesTheSame(String version, Endpoints endpoints) throws Exception {
        ServerVersion tool = SandboxSettings.version("version", version);
        Endpoints.SandboxCluster source = endpoints.cluster(Side.SOURCE);
        Endpoints.SandboxCluster destination = endpoints.cluster(Side.DESTINATION);
        // In parallel, because each process sleeps for most of its seconds.
        Mqadmin sourceBrokers = mqadmin(tool, "clusterList", source);
        Mqadmin sourceTopics = mqadmin(tool, "topicList", source);
        Mqadmin destinationBrokers = mqadmin(tool, "clusterList", destination);
        Mqadmin destinationTopics = mqadmin(tool, "topicList", destination);

        assertThat(sourceBrokers.printed())
                .containsPattern(
                        "sandbox-source +source-a +0 +" + source.brokers().get("source-a") + " +V4_9_7");
        assertThat(destinationBrokers.printed())
                .containsPattern("sandbox-destination +destination-a +0 +"
                        + destination.brokers().get("destination-a") + " +V5_5_0");
        String[] shop = Shop.TOPICS.stream().map(Shop.ShopTopic::name).toArray(String[]::new);
        assertThat(sourceTopics.printed().lines().map(String::strip)).contains(shop);
        assertThat(destinationTopics.printed().lines().map(String::strip)).doesNotContain(shop);
    }

    private Mqadmin mqadmin(ServerVersion version, String command, Endpoints.SandboxCluster cluster)
            throws IOException {
        return Mqadmin.start(version, home.resolve(command + "-" + cluster.name()), cluster, command);
    }
}
