package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Two real RocketMQ clusters on this machine, a source and a destination, that live in one folder. */
public final class Sandbox {
    private static final String SETTINGS = "settings";
    private static final long KILL_SECONDS = 10;
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Path folder;

    private Sandbox(Path folder) {
        this.folder = folder;
    }

    /** The sandbox in {@code folder}, running or not. */
    public static Sandbox in(Path folder) {
        return new Sandbox(
                requireNonNull(folder, "folder is null").toAbsolutePath().normalize());
    }

    public Path folder() {
        return folder;
    }

    /** What {@link #start} found or made. */
    public record Started(Endpoints endpoints, boolean wasRunning) {}

    /** A server that {@link #stop} ended. */
    public record Ended(String server, long pid) {}

    /**
     * Starts the clusters, unless they run.
     *
     * @param lifetime whether the servers end with this JVM
     */
    public Started start(SandboxSettings settings, ServerJars jars, Lifetime lifetime, SandboxProgress progress) {
        try (FolderLock lock = FolderLock.take(folder)) {
            Optional<Endpoints> running = running();
            if (running.isPresent()) {
                requireSame(settings);
                return new Started(running.get(), true);
            }
            if (!servers().isEmpty()) {
                progress.removedStale(end());
            }
            try {
                Endpoints endpoints = new SandboxStarter(folder, settings, jars, progress, PortBlock::reserve).start();
                Files.writeString(folder.resolve(SETTINGS), settings.toString(), UTF_8);
                if (lifetime == Lifetime.UNTIL_STOPPED) {
                    Files.createFile(folder.resolve(GuardedMain.DETACHED));
                }
                endpoints.write(folder);
                return new Started(endpoints, false);
            } catch (IOException | RuntimeException e) {
                // The folder stays, for its logs.
                kill();
                throw e;
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The endpoints, if every server of this folder is alive. */
    public Optional<Endpoints> running() {
        try {
            List<Path> servers = servers();
            boolean allAlive = servers.stream()
                    .allMatch(server -> ProcessStamp.read(server)
                            .flatMap(ProcessStamp::process)
                            .isPresent());
            return servers.isEmpty() || !allAlive ? Optional.empty() : Endpoints.read(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Ends the servers of this folder, those and no others, and removes what they wrote. */
    public List<Ended> stop() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (FolderLock lock = FolderLock.take(folder)) {
            return end();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Waits until a server ends, and says which. */
    public Fault awaitDeath() throws InterruptedException {
        List<CompletableFuture<Path>> ends = new ArrayList<>();
        try {
            for (Path server : servers()) {
                ends.add(ProcessStamp.read(server)
                        .flatMap(ProcessStamp::process)
                        .map(process -> process.onExit().thenApply(ended -> server))
                        .orElseGet(() -> CompletableFuture.completedFuture(server)));
            }
            Path first = (Path) CompletableFuture.anyOf(ends.toArray(CompletableFuture[]::new))
                    .get();
            return new Fault(
                    first.getFileName() + " has ended.\n" + ServerProcess.lastLines(first),
                    "The whole output is in " + first.resolve(ServerProcess.OUTPUT) + ".");
        } catch (IOException | ExecutionException e) {
            throw new Fault("The sandbox in " + folder + " cannot be watched: " + e.getMessage(), "Start again.", e);
        }
    }

    private List<Ended> end() throws IOException {
        List<Ended> ended = kill();
        removeFiles();
        return ended;
    }

    private List<Ended> kill() throws IOException {
        Map<Path, ProcessHandle> alive = new LinkedHashMap<>();
        for (Path server : servers()) {
            ProcessStamp.read(server).flatMap(ProcessStamp::process).ifPresent(process -> alive.put(server, process));
        }
        alive.values().forEach(ProcessHandle::destroyForcibly);
        alive.forEach(Sandbox::awaitEnd);
        return alive.entrySet().stream()
                .map(ended -> new Ended(
                        ended.getKey().getFileName().toString(),
                        ended.getValue().pid()))
                .toList();
    }

    /** Looks often, because the JDK looks for the end of processes that are not its children in long steps. */
    private static void awaitEnd(Path server, ProcessHandle process) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILL_SECONDS);
        while (process.isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new Fault(
                        server.getFileName() + " (process " + process.pid() + ") does not end.",
                        "End it by hand, then run again.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
        }
    }

    private void removeFiles() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder())
                    .filter(path -> !path.equals(folder) && !path.equals(FolderLock.file(folder)))
                    .toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private void requireSame(SandboxSettings wanted) throws IOException {
        Path file = folder.resolve(SETTINGS);
        String actual = Files.exists(file) ? Files.readString(file, UTF_8) : "";
        if (!actual.equals(wanted.toString())) {
            throw new Fault(
                    "A sandbox with other settings is running in " + folder + ".\n    running: " + actual
                            + "\n    wanted:  " + wanted,
                    "Stop it first: mvn migrate:sandbox-stop");
        }
    }

    /** The servers' folders, also those of servers that have ended. */
    private List<Path> servers() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.getFileName().toString().equals(SandboxStarter.CLASSES))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Fault unusable(IOException e) {
        return new Fault(
                "The sandbox's folder cannot be used: " + e, "Check " + folder + ", or remove it and run again.", e);
    }
}
