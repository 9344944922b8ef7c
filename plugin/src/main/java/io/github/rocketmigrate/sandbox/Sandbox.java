package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/** Two real RocketMQ clusters on this machine, a source and a destination, that live in one folder. */
public final class Sandbox {
    /** How long another build may take to start or stop the same sandbox. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** How long the shop's applications may take to consume what is left. */
    private static final Duration TALLY_PATIENCE = Duration.ofMinutes(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final SandboxFolder folder;

    private Sandbox(SandboxFolder folder) {
        this.folder = folder;
    }

    /** The sandbox in {@code folder}, running or not. */
    public static Sandbox in(Path folder) {
        return new Sandbox(new SandboxFolder(
                requireNonNull(folder, "folder is null").toAbsolutePath().normalize()));
    }

    public Path folder() {
        return folder.path();
    }

    /** What {@link #start} found or made. */
    public record Started(Endpoints endpoints, boolean wasRunning) {}

    /** A server that was ended. */
    public record Ended(String server, long pid) {}

    /**
     * What {@link #stop} did.
     *
     * @param kept whether a sandbox runs on, because the one who stops has not started it
     * @param cleared whether files of a sandbox were removed
     * @param tally what became of the messages of the shop's applications, if these ran and were asked
     */
    public record Stopped(List<Ended> ended, boolean kept, boolean cleared, Optional<ShopTally> tally) {
        public Stopped {
            ended = List.copyOf(ended);
            requireNonNull(tally, "tally is null");
        }

        /** Without anybody to ask. */
        public Stopped(List<Ended> ended, boolean kept, boolean cleared) {
            this(ended, kept, cleared, Optional.empty());
        }
    }

    /** Starts the clusters, unless they run; those that run live at least as long as {@code lifetime} says. */
    public Started start(SandboxSettings settings, ServerJars jars, Lifetime lifetime, SandboxProgress progress) {
        try (FolderLock lock = FolderLock.take(folder.path(), PATIENCE)) {
            Optional<Endpoints> running = running();
            if (running.isPresent()) {
                requireSame(settings);
            } else {
                startAfresh(settings, jars, progress);
            }
            if (lifetime == Lifetime.UNTIL_STOPPED) {
                folder.detach();
            }
            return new Started(folder.endpoints().orElseThrow(), running.isPresent());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void startAfresh(SandboxSettings settings, ServerJars jars, SandboxProgress progress) throws IOException {
        List<Ended> ended = folder.kill();
        if (folder.clear()) {
            progress.removedStale(ended);
        }
        try {
            Endpoints endpoints =
                    new SandboxStarter(folder.path(), settings, jars, progress, PortBlock::reserve).start();
            folder.remember(settings);
            endpoints.write(folder.path());
        } catch (IOException | RuntimeException e) {
            // The files stay, for their logs.
            folder.kill();
            throw e;
        }
    }

    /** The endpoints, if every server of this folder is alive. */
    public Optional<Endpoints> running() {
        try {
            return folder.isAlive() ? folder.endpoints() : Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Ends the servers of this folder, those and no others, and removes what they wrote.
     *
     * @param by {@code OF_THIS_PROCESS} leaves a sandbox alone that was started to outlive its build
     */
    public Stopped stop(Lifetime by) {
        return stop(by, Optional::empty);
    }

    /** Does the same after the shop's applications, if they run, have consumed what is left, and asks them for a tally. */
    public Stopped finish(Lifetime by, SandboxProgress progress) {
        return stop(by, () -> tally(progress));
    }

    /** What is done before the servers end. */
    @FunctionalInterface
    private interface Asking {
        Optional<ShopTally> tally() throws IOException;
    }

    private Stopped stop(Lifetime by, Asking asking) {
        if (!folder.exists()) {
            return new Stopped(List.of(), false, false);
        }
        try (FolderLock lock = FolderLock.take(folder.path(), PATIENCE)) {
            if (by == Lifetime.OF_THIS_PROCESS && folder.isDetached() && folder.isAlive()) {
                return new Stopped(List.of(), true, false);
            }
            Optional<ShopTally> tally = asking.tally();
            List<Ended> ended = folder.kill();
            return new Stopped(ended, false, folder.clear(), tally);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** What the shop's applications say at their end; nothing where there are none, or they do not come to an end. */
    private Optional<ShopTally> tally(SandboxProgress progress) throws IOException {
        Path shop = folder.shop();
        if (!Files.exists(shop)) {
            return Optional.empty();
        }
        progress.trafficEnds();
        Files.writeString(shop.resolve(ShopTraffic.STOP), "", UTF_8);
        long deadline = System.nanoTime() + TALLY_PATIENCE.toNanos();
        Optional<ShopTally> tally = ShopTally.read(shop);
        while (tally.isEmpty() && SandboxFolder.process(shop).isPresent() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            tally = ShopTally.read(shop);
        }
        if (tally.isEmpty()) {
            progress.trafficIsLost(ServerProcess.lastLines(shop));
        }
        return tally;
    }

    /** Waits until a server ends, ends the others, and says which it was; the files stay, for their logs. */
    public Fault awaitDeath() throws InterruptedException {
        List<CompletableFuture<Path>> ends = new ArrayList<>();
        try {
            for (Path server : folder.servers()) {
                ends.add(SandboxFolder.process(server)
                        .map(process -> process.onExit().thenApply(ended -> server))
                        .orElseGet(() -> CompletableFuture.completedFuture(server)));
            }
            Path first = (Path) CompletableFuture.anyOf(ends.toArray(CompletableFuture[]::new))
                    .get();
            folder.kill();
            return new Fault(
                    first.getFileName() + " has ended.\n" + ServerProcess.lastLines(first),
                    "The whole output is in " + first.resolve(ServerProcess.OUTPUT) + ".");
        } catch (IOException | ExecutionException e) {
            throw new Fault(
                    "The sandbox in " + folder.path() + " cannot be watched: " + e.getMessage(), "Start again.", e);
        }
    }

    private void requireSame(SandboxSettings wanted) throws IOException {
        List<String> differences = folder.differences(wanted);
        if (!differences.isEmpty()) {
            throw new Fault(
                    "A sandbox with other settings is running in " + folder.path() + ".\n    "
                            + String.join("\n    ", differences),
                    "Stop it first, with the goal sandbox-stop.");
        }
    }

    private Fault unusable(IOException e) {
        return new Fault(
                "The sandbox's folder cannot be used: " + e,
                "Check " + folder.path() + ", or remove it and run again.",
                e);
    }
}
