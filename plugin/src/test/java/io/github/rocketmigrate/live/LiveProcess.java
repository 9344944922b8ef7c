package io.github.rocketmigrate.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.sandbox.LocalServerJars;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One JVM of the live traffic, from its launch to its end; it lives no longer than this one. */
final class LiveProcess {
    private static final String OUTPUT = "output";
    private static final String LOG = "client.log";
    private static final String LOG_OF_4 = "logs/rocketmqlogs/rocketmq_client.log";
    private static final int LINES_SHOWN = 12;
    private static final List<String> STRANGERS =
            List.of("NAMESRV_ADDR", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    private final Path folder;
    private final Process process;
    private final Writer orders;

    private LiveProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.orders = process.outputWriter(UTF_8);
    }

    /** Launches a JVM with the client of {@code version}, which keeps all its files in {@code folder}. */
    static LiveProcess launch(Path folder, ServerVersion version, Class<?> main, Job job) throws IOException {
        Files.createDirectories(folder);
        job.write(folder);
        return launch(folder, version, main, job.settings());
    }

    /** Launches a JVM that has no job at its start and waits for commands. */
    static LiveProcess launch(Path folder, ServerVersion version, Class<?> main, LiveSettings settings)
            throws IOException {
        Files.createDirectories(folder);
        // The client's own log, of what it does not tell its caller.
        Files.writeString(folder.resolve("rmq.logback.xml"), """
                <configuration>
                  <appender name="file" class="org.apache.rocketmq.logging.ch.qos.logback.core.FileAppender">
                    <file>%s</file>
                    <encoder><pattern>%%d{HH:mm:ss.SSS} %%-5p %%c{1} - %%m%%n</pattern></encoder>
                  </appender>
                  <root level="WARN"><appender-ref ref="file"/></root>
                </configuration>
                """.formatted(folder.resolve(LOG)), UTF_8);
        List<Path> jars = new LocalServerJars().resolveClient(version);
        List<Path> classPath = new ArrayList<>(jars);
        classPath.add(folder);
        classPath.add(origin(MessageType.class));
        classPath.add(origin(LiveProcess.class));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LocalServerJars.archiveOptions(jars));
        command.addAll(List.of(
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                // Needed by the Netty of 4.7.
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Duser.home=" + folder,
                "-Dtls.enable=" + settings.tls(),
                // For 4.x, which writes to its user's home.
                "-Drocketmq.client.logLevel=WARN",
                "-Drocketmq.client.rebalance.waitInterval="
                        + settings.rebalance().toMillis(),
                "-Drocketmq.client.pull.pullMaxIdleTime=" + settings.takeUp().toMillis(),
                "-cp",
                classPath.stream().map(Path::toString).collect(joining(File.pathSeparator)),
                main.getName(),
                folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(OUTPUT).toFile());
        STRANGERS.forEach(builder.environment()::remove);
        return new LiveProcess(folder, builder.start());
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    Path diary() {
        return folder.resolve(Job.DIARY);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Gives it one of the {@link Orders}. */
    void tell(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name() + " takes no orders.\n" + tail(), e);
        }
    }

    /** Waits for its end, as ordered; one that takes longer is killed. */
    void awaitEnd(Duration most) throws InterruptedException {
        if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last lines that it printed, and that its client logged. */
    String tail() {
        String state = process.isAlive() ? "runs" : "has ended with exit code " + process.exitValue();
        return name() + " " + state
                + Stream.of(OUTPUT, LOG, LOG_OF_4)
                        .map(folder::resolve)
                        .filter(Files::exists)
                        .flatMap(file -> lastLines(file).stream())
                        .map(line -> "\n    " + line)
                        .collect(joining());
    }

    /** How many lines its client has logged. */
    long logged() throws IOException {
        long lines = 0;
        for (String log : List.of(LOG, LOG_OF_4)) {
            Path file = folder.resolve(log);
            if (Files.exists(file)) {
                try (Stream<String> all = Files.lines(file, UTF_8)) {
                    lines += all.count();
                }
            }
        }
        return lines;
    }

    private static List<String> lastLines(Path file) {
        try (Stream<String> all = Files.lines(file, UTF_8)) {
            List<String> lines = all.filter(line -> !line.startsWith("\tat ")).toList();
            return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
        } catch (IOException e) {
            return List.of(file + " cannot be read: " + e);
        }
    }
}
