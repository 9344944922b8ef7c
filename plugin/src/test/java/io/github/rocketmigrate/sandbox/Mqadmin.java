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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs RocketMQ's own admin tool in a separate process. */
public record Mqadmin(Process process, Path output) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Starts a command of the tool of this version; its files are in {@code folder}. */
    public static Mqadmin start(ServerVersion version, Path folder, Endpoints.SandboxCluster cluster, String... command)
            throws IOException {
        return start(new LocalServerJars().resolve(version), folder, cluster, Optional.empty(), command);
    }

    /** Starts a command with other jars, and with credentials if the cluster has ACL. */
    public static Mqadmin start(
            List<Path> jars,
            Path folder,
            Endpoints.SandboxCluster cluster,
            Optional<Credentials> user,
            String... command)
            throws IOException {
        List<String> options = new ArrayList<>(LocalServerJars.archiveOptions(jars));
        options.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        return start(options, jars, folder, cluster, user, command);
    }

    /** Starts a command in a JVM without options, as users do, so that it can be measured. */
    public static Mqadmin measured(
            ServerVersion version, Path folder, Endpoints.SandboxCluster cluster, String... command)
            throws IOException {
        List<Path> jars = new LocalServerJars().resolve(version);
        return start(List.of(), jars, folder, cluster, Optional.empty(), command);
    }

    private static Mqadmin start(
            List<String> options,
            List<Path> jars,
            Path folder,
            Endpoints.SandboxCluster cluster,
            Optional<Credentials> user,
            String... command)
            throws IOException {
        writeFiles(folder, user);
        Path output = folder.resolve("output");
        List<String> line = line(options, jars, folder);
        Collections.addAll(line, command);
        line.addAll(List.of("-n", cluster.nameServers()));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Mqadmin(process, output);
    }

    private static void writeFiles(Path folder, Optional<Credentials> user) throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/logback_tools.xml"), "<configuration/>", UTF_8);
        if (user.isPresent()) {
            Files.writeString(
                    folder.resolve("conf/tools.yml"),
                    "accessKey: " + user.get().accessKey() + "\nsecretKey: "
                            + user.get().secretKey() + "\n",
                    UTF_8);
        }
    }

    private static List<String> line(List<String> options, List<Path> jars, Path folder) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of(
                "-Drocketmq.home.dir=" + folder,
                "-Duser.home=" + folder,
                "-cp",
                jars.stream().map(Path::toString).collect(joining(File.pathSeparator)),
                "org.apache.rocketmq.tools.command.MQAdminStartup"));
        return line;
    }

    /** Writes a script that runs the tool of a version with these credentials, as a command line does. */
    public static Path script(String version, Path folder, Credentials user) throws IOException {
        writeFiles(folder, Optional.of(user));
        Path script = folder.resolve("mqadmin");
        Files.writeString(
                script,
                "#!/bin/sh\nexec '"
                        + String.join(
                                "' '",
                                line(
                                        List.of(),
                                        new LocalServerJars().resolve(SandboxSettings.version("version", version)),
                                        folder))
                        + "' \"$@\"\n",
                UTF_8);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    /** Waits for the end and returns the output. */
    public String printed() throws IOException, InterruptedException {
        assertThat(endsWithin(PATIENCE)).isTrue();
        return printedSoFar();
    }

    public String printedSoFar() throws IOException {
        return Files.readString(output, UTF_8);
    }

    /** Waits for the end, and kills a process that takes too long. */
    public boolean endsWithin(Duration patience) throws InterruptedException {
        boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return ended;
    }
}
