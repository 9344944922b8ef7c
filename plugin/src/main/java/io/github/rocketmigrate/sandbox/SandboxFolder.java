package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Keeps the files of a sandbox: a folder for each server, and a few files that show which servers run. */
final class SandboxFolder {
    /** A copy of the plugin's classes, because a rebuild of the plugin would remove the originals. */
    static final String CLASSES = "classes";

    /** The folder of the shop's applications, beside those of the servers. */
    static final String SHOP = Shop.NAME;

    private static final String STOPPED = "stopped";
    private static final String SETTINGS = "settings";
    private static final List<String> OWN = List.of(CLASSES, SETTINGS, GuardedMain.DETACHED, Endpoints.FILE);
    /** The memory of a killed broker is mostly files, which the system may write to a busy disk first. */
    private static final long KILL_SECONDS = 60;

    private static final long POLL_MILLIS = 20;

    private final Path path;

    SandboxFolder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    /** Lists the servers' folders, including those of servers that have ended. */
    List<Path> servers() throws IOException {
        if (!exists()) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> Files.exists(entry.resolve(ServerProcess.ARGUMENTS)))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Whether there are servers and all of them are alive. */
    boolean isAlive() throws IOException {
        return !servers().isEmpty() && down().isEmpty();
    }

    /** Whether at least one of the servers is alive. */
    boolean isPartlyAlive() throws IOException {
        return down().size() < servers().size();
    }

    /** The names of the servers that have ended or were stopped. */
    List<String> down() throws IOException {
        return servers().stream()
                .filter(server -> process(server).isEmpty())
                .map(server -> server.getFileName().toString())
                .toList();
    }

    /** Remembers that the user stopped a server, so that this does not count as a failure. */
    void markStopped(Path server) throws IOException {
        Files.writeString(server.resolve(STOPPED), "", UTF_8);
    }

    void unmarkStopped(Path server) throws IOException {
        Files.deleteIfExists(server.resolve(STOPPED));
    }

    static boolean isMarkedStopped(Path server) {
        return Files.exists(server.resolve(STOPPED));
    }

    Optional<Endpoints> endpoints() throws IOException {
        return Endpoints.read(path);
    }

    /** Whether the servers outlive the process that started them. */
    boolean isDetached() {
        return Files.exists(path.resolve(GuardedMain.DETACHED));
    }

    void detach() throws IOException {
        Files.writeString(path.resolve(GuardedMain.DETACHED), "", UTF_8);
    }

    void remember(SandboxSettings settings) throws IOException {
        String text = settings.properties().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(
                        joining("\n", "", "\n" + SandboxSettings.START_TIMEOUT + "=" + settings.startTimeout() + "\n"));
        Files.writeString(path.resolve(SETTINGS), text, UTF_8);
    }

    /** Compares the running sandbox with {@code wanted}; one line for each different setting. */
    List<String> differences(SandboxSettings wanted) throws IOException {
        List<String> actual = Files.readAllLines(path.resolve(SETTINGS), UTF_8);
        return wanted.properties().entrySet().stream()
                .filter(setting -> !actual.contains(setting.getKey() + "=" + setting.getValue()))
                .map(setting -> setting.getKey() + ": wanted " + setting.getValue() + ", running "
                        + actual.stream()
                                .filter(line -> line.startsWith(setting.getKey() + "="))
                                .map(line -> line.substring(setting.getKey().length() + 1))
                                .findFirst()
                                .orElse("unknown"))
                .toList();
    }

    /** Kills every server that is alive. */
    List<Sandbox.Ended> kill() throws IOException {
        return kill(servers());
    }

    /** Kills those of {@code servers} that are alive. */
    static List<Sandbox.Ended> kill(List<Path> servers) {
        Map<Path, ProcessHandle> alive = new LinkedHashMap<>();
        for (Path server : servers) {
            process(server).ifPresent(process -> alive.put(server, process));
        }
        alive.values().forEach(ProcessHandle::destroyForcibly);
        alive.forEach(SandboxFolder::awaitEnd);
        return alive.entrySet().stream()
                .map(ended -> new Sandbox.Ended(
                        ended.getKey().getFileName().toString(),
                        ended.getValue().pid()))
                .toList();
    }

    /** Removes the files of sandboxes and nothing else; returns whether there were any. */
    boolean clear() throws IOException {
        boolean found = false;
        for (Path server : servers()) {
            found = true;
            remove(server);
        }
        for (String own : OWN) {
            if (Files.exists(path.resolve(own))) {
                found = true;
                remove(path.resolve(own));
            }
        }
        return found;
    }

    /** The time that the user gave each server to start, when the sandbox was started. */
    Duration startTimeout() throws IOException {
        String prefix = SandboxSettings.START_TIMEOUT + "=";
        return Files.readAllLines(path.resolve(SETTINGS), UTF_8).stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> Duration.parse(line.substring(prefix.length())))
                .findFirst()
                .orElse(SandboxSettings.USUAL_START_TIMEOUT);
    }

    Path shop() {
        return path.resolve(SHOP);
    }

    static Optional<ProcessHandle> process(Path server) {
        return ProcessStamp.read(server).flatMap(ProcessStamp::process);
    }

    private static void remove(Path tree) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(tree)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Polls, because the JDK notices the end of a process that is not its child only after a long interval. */
    private static void awaitEnd(Path server, ProcessHandle process) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILL_SECONDS);
        while (process.isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new Fault(
                        server.getFileName() + " (process " + process.pid() + ") did not end within " + KILL_SECONDS
                                + " s.",
                        "Kill the process, then run again.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }
}
