package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.wire.AdminConnection;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** A sandbox for one test that changes or breaks it. */
public record OwnSandbox(Sandbox sandbox, Endpoints endpoints) implements AutoCloseable {
    public static OwnSandbox start(Path folder, String source, String destination, int brokers, boolean seed) {
        return start(folder, source, destination, brokers, false, false, seed);
    }

    /** Starts a sandbox with the shop's messages, whose clients have to sign in. */
    public static OwnSandbox startWithAccounts(Path folder, String source, String destination) {
        return startWithAccounts(folder, source, destination, 1);
    }

    public static OwnSandbox startWithAccounts(Path folder, String source, String destination, int brokers) {
        return start(folder, source, destination, brokers, false, true, true);
    }

    /** Starts a sandbox whose single source broker also registers with the destination's name server. */
    public static OwnSandbox startJoined(Path folder, String source, String destination, int brokers) {
        return start(folder, source, destination, brokers, true, false, false);
    }

    /** Starts a joined sandbox whose clients have to sign in. */
    public static OwnSandbox startJoinedWithAccounts(Path folder, String source, String destination) {
        return start(folder, source, destination, 1, true, true, false);
    }

    private static OwnSandbox start(
            Path folder, String source, String destination, int brokers, boolean joined, boolean acl, boolean seed) {
        Sandbox sandbox = Sandbox.in(folder);
        SandboxSettings settings = new SandboxSettings(
                SandboxSettings.version("source", source),
                SandboxSettings.version("destination", destination),
                brokers,
                joined,
                acl,
                seed,
                false,
                "384m");
        return new OwnSandbox(
                sandbox,
                sandbox.start(settings, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress())
                        .endpoints());
    }

    /** Kills a server, as the loss of its machine would. */
    public void kill(String server) throws Exception {
        ProcessHandle process = process(server);
        process.destroyForcibly();
        process.onExit().get(1, TimeUnit.MINUTES);
    }

    /** Ends a server in order: a broker saves its offsets. */
    private void end(String server) throws Exception {
        ProcessHandle process = process(server);
        process.destroy();
        process.onExit().get(1, TimeUnit.MINUTES);
    }

    /** Kills a broker and waits until its name server has noticed. */
    public void lose(String broker) throws Exception {
        kill(broker);
        awaitUnlisted(broker);
    }

    /** Waits until the name server no longer lists a killed broker. */
    public void awaitUnlisted(String broker) throws Exception {
        Side side = Arrays.stream(Side.values())
                .filter(it -> endpoints.cluster(it).brokers().containsKey(broker))
                .findFirst()
                .orElseThrow();
        try (AdminConnection connection =
                AdminConnection.open(endpoints.cluster(side).nameServers(), endpoints.admin())) {
            Eventually.holds(
                    broker + " is no longer listed",
                    () -> !connection
                            .admin()
                            .examineBrokerClusterInfo()
                            .getBrokerAddrTable()
                            .containsKey(broker));
        }
    }

    /** Stops a server with SIGSTOP until {@link #resume}. */
    public void suspend(String server) throws Exception {
        signal("STOP", process(server));
    }

    public void resume(String server) throws Exception {
        signal("CONT", process(server));
    }

    /** Sends a signal to a process of the test. */
    public static void signal(String name, ProcessHandle process) throws Exception {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + status);
        }
    }

    /** The time since the start of a server. */
    public Duration uptime(String server) {
        return Duration.between(process(server).info().startInstant().orElseThrow(), Instant.now());
    }

    /** The processor time that a server has used since its start. */
    public Duration processorTime(String server) {
        return process(server).info().totalCpuDuration().orElseThrow();
    }

    /** Starts all servers again so that they take TLS beside plain connections, with a certificate that is its own authority. */
    public Path encrypt() throws Exception {
        OwnCertificate certificate = OwnCertificate.make(sandbox.folder(), "servers");
        List<String> servers = new ArrayList<>();
        for (Side side : Side.values()) {
            servers.add(SandboxStarter.nameServer(side));
            servers.addAll(endpoints.cluster(side).brokers().keySet());
        }
        for (String server : servers) {
            kill(server);
            Path arguments = sandbox.folder().resolve(server).resolve(ServerProcess.ARGUMENTS);
            List<String> lines = new ArrayList<>();
            for (String line : Files.readAllLines(arguments, UTF_8)) {
                if (line.contains("-Dtls.server.mode=disabled")) {
                    lines.add("\"-Dtls.server.mode=permissive\"");
                    lines.add("\"-Dtls.server.certPath=" + certificate.certificate() + "\"");
                    lines.add("\"-Dtls.server.keyPath=" + certificate.key() + "\"");
                } else {
                    lines.add(line);
                }
            }
            Files.write(arguments, lines, UTF_8);
        }
        restart(servers.toArray(String[]::new));
        return certificate.certificate();
    }

    /** Starts a server again with the jars of another release, as within an update of its cluster. */
    public void update(String server, String from, String to) throws Exception {
        kill(server);
        LocalServerJars jars = new LocalServerJars();
        String old = paths(jars, from);
        Path arguments = sandbox.folder().resolve(server).resolve(ServerProcess.ARGUMENTS);
        Stream<String> lines = Files.readAllLines(arguments, UTF_8).stream()
                .filter(line -> !line.contains("-XX:SharedArchiveFile="))
                .map(line -> line.replace(old, paths(jars, to)));
        Files.write(arguments, lines.toList(), UTF_8);
        restart(server);
    }

    private static String paths(LocalServerJars jars, String version) {
        return jars.resolve(SandboxSettings.version("server", version)).stream()
                .map(Path::toString)
                .collect(joining(File.pathSeparator));
    }

    private ProcessHandle process(String server) {
        return ProcessStamp.read(sandbox.folder().resolve(server))
                .flatMap(ProcessStamp::process)
                .orElseThrow();
    }

    /** Sets a setting of a server for its next start. */
    public void configure(String server, String setting, String value) throws Exception {
        Path file = sandbox.folder().resolve(server).resolve(ServerFiles.CONFIGURATION);
        Stream<String> others =
                Files.readAllLines(file, ISO_8859_1).stream().filter(line -> !line.startsWith(setting + "="));
        Files.write(
                file, Stream.concat(others, Stream.of(setting + "=" + value)).toList(), ISO_8859_1);
    }

    /** Starts a 5.x broker again with its timers, which a sandbox leaves out: it needs them for POP, and to delete a topic. */
    public void startTimers(String broker) throws Exception {
        end(broker);
        configure(broker, "timerWheelEnable", "true");
        restart(broker);
    }

    /** Restarts killed servers with their files, and waits until all brokers are listed and answer. */
    public void restart(String... servers) throws Exception {
        for (String server : servers) {
            startAgain(server);
        }
        for (Side side : Side.values()) {
            for (Map.Entry<String, String> broker :
                    endpoints.cluster(side).brokers().entrySet()) {
                if (Stream.of(broker.getKey(), side.word() + "-nameserver").anyMatch(List.of(servers)::contains)) {
                    awaitBroker(side, broker.getKey(), broker.getValue());
                }
            }
        }
    }

    /** Launches a killed server with its files, and does not wait for it. */
    public void startAgain(String server) throws Exception {
        Path folder = sandbox.folder().resolve(server);
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + folder.resolve(ServerProcess.ARGUMENTS))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(ServerProcess.OUTPUT).toFile())
                .start();
    }

    /** Whether a server that was launched again listens. */
    public boolean listens(String server) throws IOException {
        return Files.readString(sandbox.folder().resolve(server).resolve(ServerProcess.OUTPUT), ISO_8859_1)
                .contains("boot success");
    }

    private void awaitBroker(Side side, String name, String address) throws Exception {
        Properties readAndWrite = new Properties();
        readAndWrite.setProperty("brokerPermission", "6");
        try (AdminConnection connection =
                AdminConnection.open(endpoints.cluster(side).nameServers(), endpoints.admin())) {
            Eventually.holds(name + " takes its settings, and is listed", () -> {
                try {
                    // Setting a permission makes the broker register at once.
                    connection.admin().updateBrokerConfig(address, readAndWrite);
                    return connection
                                    .admin()
                                    .examineBrokerClusterInfo()
                                    .getBrokerAddrTable()
                                    .containsKey(name)
                            && !connection
                                    .admin()
                                    .fetchBrokerRuntimeStats(address)
                                    .getTable()
                                    .isEmpty();
                } catch (RemotingException | MQBrokerException | MQClientException notYet) {
                    return false;
                }
            });
        }
    }

    @Override
    public void close() {
        sandbox.stop(Lifetime.OF_THIS_PROCESS);
    }
}
