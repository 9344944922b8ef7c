package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.file.MetadataExport;
import io.github.rocketmigrate.cluster.file.MetadataFiles;
import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.cluster.remoting.Readers;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Mqadmin;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of real brokers and of RocketMQ's own admin tool say the same as the running cluster. */
final class MetadataFilesIT {
    @TempDir
    private Path servers;

    @TempDir
    private Path folder;

    /** Its exportConfigs ends with a NullPointerException where a broker does not set all that it asks for. */
    private static final String WITHOUT_CONFIGS = "4.9.7";

    @Test
    void filesOfTheToolAndOfStoresSayTheSameAsTheCluster() throws Exception {
        sayTheSame("4.9.7", "5.5.0", 1, Set.of(Side.SOURCE));
    }

    @Test
    @Tag("thorough")
    void filesOfTwoMastersDo() throws Exception {
        sayTheSame("4.9.7", "5.5.0", 2, EnumSet.allOf(Side.class));
    }

    @Test
    @Tag("thorough")
    void filesOfOtherReleasesDo() throws Exception {
        sayTheSame("4.7.1", "5.3.3", 1, EnumSet.allOf(Side.class));
    }

    private void sayTheSame(String source, String destination, int brokers, Set<Side> sides) throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(servers, source, destination, brokers, true)) {
            for (Side side : sides) {
                Endpoints.SandboxCluster cluster = sandbox.endpoints().cluster(side);
                Metadata live = live(sandbox.endpoints(), side);
                Path own = Files.createDirectories(folder.resolve(side.word()));
                for (String tool : List.of("4.9.7", "5.5.0")) {
                    Path files = Files.createDirectories(own.resolve(tool));
                    assertSame(ofEachBroker(tool, files, cluster), live);
                    assertSums(tool, files.resolve("sums"), cluster, live);
                }
                if (side == Side.SOURCE) {
                    // A broker without topics and groups of users has not stored its groups yet.
                    assertSame(read(stores(cluster), OptionalInt.empty()), live);
                }
                Path exported = own.resolve("exported.json");
                Files.writeString(exported, MetadataExport.text(live), UTF_8);
                assertSame(read(Map.of("exported", exported), OptionalInt.empty()), live);
            }
        }
    }

    private static Metadata live(Endpoints endpoints, Side side) throws InterruptedException {
        try (ClusterReader reader = Readers.of(endpoints, side)) {
            return Readers.metadata(reader);
        }
    }

    /** {@code mqadmin exportMetadata -b}, topics and groups of each broker. */
    private static Metadata ofEachBroker(String tool, Path folder, Endpoints.SandboxCluster cluster) throws Exception {
        Map<String, Path> folders = new LinkedHashMap<>();
        for (Map.Entry<String, String> broker : cluster.brokers().entrySet()) {
            Path files = Files.createDirectories(folder.resolve(broker.getKey()));
            for (String kind : List.of("-t", "-g")) {
                run(tool, folder, cluster, "exportMetadata", "-b", broker.getValue(), kind, "-f", files.toString());
            }
            folders.put(broker.getKey(), files);
        }
        return read(folders, OptionalInt.empty());
    }

    /** {@code mqadmin exportMetadata -c} adds up the masters; {@code exportConfigs} says how many there are. */
    private static void assertSums(String tool, Path files, Endpoints.SandboxCluster cluster, Metadata live)
            throws Exception {
        Files.createDirectories(files);
        run(tool, files, cluster, "exportMetadata", "-c", cluster.name(), "-f", files.toString());
        assertThatThrownBy(() -> read(Map.of("sums", files), OptionalInt.empty()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("adds up the queues of all masters of the cluster");
        assertSame(read(Map.of("sums", files), OptionalInt.of(cluster.brokers().size())), live);
        if (tool.equals(WITHOUT_CONFIGS)) {
            return;
        }
        run(tool, files, cluster, "exportConfigs", "-c", cluster.name(), "-f", files.toString());
        Metadata stored = read(Map.of("sums", files), OptionalInt.empty());
        assertThat(stored.cluster()).isEqualTo(cluster.name());
        assertThat(stored.brokers().keySet()).isEqualTo(live.brokers().keySet());
        assertSame(stored, live);
    }

    private static void run(String tool, Path folder, Endpoints.SandboxCluster cluster, String... command)
            throws Exception {
        ServerVersion version = SandboxSettings.version("version", tool);
        assertThat(Mqadmin.start(version, folder.resolve("home"), cluster, command)
                        .printed())
                .contains("success");
    }

    /** The folders {@code config} in the stores of a cluster's brokers. */
    private Map<String, Path> stores(Endpoints.SandboxCluster cluster) throws Exception {
        Map<String, Path> stores = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(servers)) {
            all.filter(file -> file.endsWith("config/topics.json"))
                    .filter(file -> cluster.brokers().keySet().stream()
                            .anyMatch(broker -> file.toString().contains(broker)))
                    .forEach(file -> stores.put(file.getParent().toString(), file.getParent()));
        }
        assertThat(stores).hasSameSizeAs(cluster.brokers());
        return stores;
    }

    private static Metadata read(Map<String, Path> files, OptionalInt masters) {
        MetadataFiles reader = MetadataFiles.of(StoredCluster.read(files, masters), Optional.empty(), List.of());
        return reader.metadata(reader.nameServers(), Set.of());
    }

    /** The same topics and groups with the same settings on as many masters. */
    private static void assertSame(Metadata stored, Metadata live) {
        assertThat(stored.topics()).isEqualTo(live.topics());
        assertThat(stored.groups()).isEqualTo(live.groups());
        live.topics()
                .forEach(topic -> assertThat(stored.topic(topic).values())
                        .describedAs("topic %s", topic)
                        .containsExactlyInAnyOrderElementsOf(live.topic(topic).values()));
        live.groups()
                .forEach(group -> assertThat(stored.group(group).values())
                        .describedAs("group %s", group)
                        .containsExactlyInAnyOrderElementsOf(live.group(group).values()));
    }
}
