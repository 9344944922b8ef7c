package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Credentials;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** RocketMQ's own tool, running in a process of its own. */
public record Mqadmin(Process process, Path output) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Looked for once, so that the time of a process is its own. */
    private static final Map<ServerVersion, List<Path>> JARS = new ConcurrentHashMap<>();

    /** Starts a command of the tool of {@code version}, which keeps its files in {@code folder}. */
    public static Mqadmin start(ServerVersion version, Path folder, Endpoints.SandboxCluster cluster, String... command)
            throws IOException {
        List<Path> jars = JARS.computeIfAbsent(version, key -> new LocalServerJars().resolve(key));
        return start(jars, folder, cluster, Optional.empty(), command);
    }

    /** The same with jars from anywhere, and for clusters that ask who is calling. */
    public static Mqadmin start(
            List<Path> jars,
            Path folder,
            Endpoints.SandboxCluster cluster,
            Optional<Credentials> user,
            String... command)
            throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/logback_tools.xml"), "<configuration/>", UTF_8);
        if (user.isPresent()) {
            Files.writeString(
                    folder.resolve("conf/tools.yml"),
                    "accessKey: " + user.get().accessKey() + "\nsecretKey: "
                            + user.get().secretKey() + "\n",
                    UTF_8);
        }
        Path output = folder.resolve("output");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Drocketmq.home.dir=" + folder,
                "-Duser.home=" + folder,
                "-cp",
                jars.stream().map(Path::toString).collect(joining(File.pathSeparator)),
                "org.apache.rocketmq.tools.command.MQAdminStartup"));
        Collections.addAll(line, command);
        line.addAll(List.of("-n", cluster.nameServers()));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Mqadmin(process, output);
    }

    /** What it printed, once it has ended. */
    public String printed() throws IOException, InterruptedException {
        assertThat(endsWithin(PATIENCE)).isTrue();
        return printedSoFar();
    }

    public String printedSoFar() throws IOException {
        return Files.readString(output, UTF_8);
    }

    /** Waits for its end; one that takes longer is ended. */
    public boolean endsWithin(Duration patience) throws InterruptedException {
        boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return ended;
    }
}
