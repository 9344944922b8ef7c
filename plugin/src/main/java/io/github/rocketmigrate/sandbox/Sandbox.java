package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts and stops two real RocketMQ clusters on this machine, a source and a destination, in one folder.
 *
 * <p>Longer than 300 lines: everything that a goal asks of a sandbox is here, and done by the classes beside it.
 */
public final class Sandbox {
    private static final String SHOP_LOG = "sandbox-shop.log";

    /** The time to wait for another build that starts or stops the same sandbox. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The applications need some time more to notice that they stop, and to count. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(50);

    private static final Duration WATCH = Duration.ofMillis(250);

    private final SandboxFolder folder;

    private Sandbox(SandboxFolder folder) {
        this.folder = folder;
    }

    /** Returns the sandbox in {@code folder}, whether it runs or not. */
    public static Sandbox in(Path folder) {
        return new Sandbox(new SandboxFolder(
                requireNonNull(folder, "folder is null").toAbsolutePath().normalize()));
    }

    public Path folder() {
        return folder.path();
    }

    /**
     * The result of {@link #start}.
     *
     * @param restarted servers of a running sandbox that were down
     */
    public record Started(Endpoints endpoints, boolean wasRunning, List<String> restarted) {
        public Started {
            restarted = List.copyOf(restarted);
        }
    }

    /** A server that was stopped. */
    public record Ended(String server, long pid) {}

    /**
     * The result of {@link #stop}.
     *
     * @param kept whether the sandbox continues, because this process did not start it
     * @param cleared whether files were removed
     * @param tally the message counts of the shop's applications, if they ran and a tally was requested
     */
    public record Stopped(List<Ended> ended, boolean kept, boolean cleared, Optional<ShopTally> tally) {
        public Stopped {
            ended = List.copyOf(ended);
            requireNonNull(tally, "tally is null");
        }

        public Stopped(List<Ended> ended, boolean kept, boolean cleared) {
            this(ended, kept, cleared, Optional.empty());
        }
    }

    /** Starts the clusters unless they run; running clusters get at least this lifetime. */
    public Started start(SandboxSettings settings, ServerJars jars, Lifetime lifetime, SandboxProgress progress) {
        try (FolderLock lock = FolderLock.acquire(folder.path(), PATIENCE)) {
            Optional<SandboxState> running =
                    state().filter(state -> !state.down().contains(SandboxFolder.SHOP));
            List<String> restarted = List.of();
            if (running.isPresent()) {
                requireSame(settings);
                restarted = servers(running.get()).start(running.get().down(), progress);
            } else {
                startAfresh(settings, jars, progress);
            }
            if (lifetime == Lifetime.UNTIL_STOPPED) {
                folder.detach();
            }
            return new Started(folder.endpoints().orElseThrow(), running.isPresent(), restarted);
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
            // The files stay because of the logs.
            folder.kill();
            throw e;
        }
    }

    /** The endpoints, if every server of the sandbox is alive. */
    public Optional<Endpoints> running() {
        return state().filter(SandboxState::isWhole).map(SandboxState::endpoints);
    }

    /** The sandbox as it is, if it was started and at least one of its servers is alive. */
    public Optional<SandboxState> state() {
        try {
            Optional<Endpoints> endpoints = folder.isPartlyAlive() ? folder.endpoints() : Optional.empty();
            List<String> down = folder.down();
            return endpoints.map(it -> new SandboxState(it, down));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Kills one server, whose data and address stay; returns whether it was alive. */
    public boolean stopServer(String name) {
        SandboxState state = requireRunning();
        try (FolderLock lock = FolderLock.acquire(folder.path(), PATIENCE)) {
            return !servers(state).stop(name).isEmpty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Starts one server that is down; returns whether it was down. */
    public boolean startServer(String name, SandboxProgress progress) {
        SandboxState state = requireRunning();
        try (FolderLock lock = FolderLock.acquire(folder.path(), PATIENCE)) {
            return !servers(state).start(List.of(name), progress).isEmpty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private ServerRestart servers(SandboxState state) {
        return new ServerRestart(folder, state.endpoints());
    }

    /**
     * Restarts applications of the shop with the name servers of a side, as their owners would do.
     *
     * @param applications names from {@link Shop#applications()}
     * @return those that used other name servers before
     */
    public List<String> switchApplications(List<String> applications, Side side) {
        return ask(shop -> shop.run(applications, side));
    }

    /**
     * Stops applications of the shop, whose process continues to count.
     *
     * @return those that were running
     */
    public List<String> stopApplications(List<String> applications) {
        return ask(shop -> shop.goOffline(applications));
    }

    /**
     * Starts stopped applications of the shop, with the name servers that each of them had.
     *
     * @return those that were stopped
     */
    public List<String> startApplications(List<String> applications) {
        return ask(shop -> shop.goOnline(applications));
    }

    @FunctionalInterface
    private interface ShopRequest {
        List<String> to(ShopRestart shop) throws IOException;
    }

    private List<String> ask(ShopRequest request) {
        SandboxState state = requireRunning();
        try (FolderLock lock = FolderLock.acquire(folder.path(), PATIENCE)) {
            return request.to(new ShopRestart(folder, state.endpoints()));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private SandboxState requireRunning() {
        return state().orElseThrow(() ->
                new Fault("No sandbox is running in " + folder.path() + ".", "Start one: mvn migrate:sandbox-start"));
    }

    /**
     * Stops the servers of this folder and no others, and removes their files.
     *
     * @param by with {@code OF_THIS_PROCESS}, a sandbox that was started to outlive its build continues
     */
    public Stopped stop(Lifetime by) {
        return stop(by, Optional::empty);
    }

    /** Lets the shop's applications consume the remaining messages, reads their tally, then stops the sandbox. */
    public Stopped finish(Lifetime by, SandboxProgress progress) {
        return stop(by, () -> tally(progress));
    }

    @FunctionalInterface
    private interface TallySource {
        Optional<ShopTally> tally() throws IOException;
    }

    private Stopped stop(Lifetime by, TallySource source) {
        if (!folder.exists()) {
            return new Stopped(List.of(), false, false);
        }
        try (FolderLock lock = FolderLock.acquire(folder.path(), PATIENCE)) {
            if (by == Lifetime.OF_THIS_PROCESS && folder.isDetached() && folder.isAlive()) {
                return new Stopped(List.of(), true, false);
            }
            Optional<ShopTally> tally = source.tally();
            List<Ended> ended = folder.kill();
            return new Stopped(ended, false, folder.clear(), tally);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Ends the shop's applications and reads their tally; empty if none run or if they do not end in time. */
    private Optional<ShopTally> tally(SandboxProgress progress) throws IOException {
        Path shop = folder.shop();
        if (!Files.exists(shop)) {
            return Optional.empty();
        }
        if (SandboxFolder.process(shop).isPresent()) {
            progress.trafficEnds();
        }
        Files.writeString(shop.resolve(ShopTraffic.STOP), "", UTF_8);
        long deadline =
                System.nanoTime() + ShopTraffic.READ_PATIENCE.plus(MARGIN).toNanos();
        Optional<ShopTally> tally = ShopTally.read(shop);
        while (tally.isEmpty() && SandboxFolder.process(shop).isPresent() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL.toNanos());
            tally = ShopTally.read(shop);
        }
        if (tally.isPresent()) {
            tally = Optional.of(WaitingMessagesSearch.recount(
                    tally.get(), folder.endpoints().orElseThrow()));
        }
        // Before the servers are killed, which may fail: the counts are gone with their folder.
        tally.ifPresentOrElse(progress::counted, () -> progress.trafficIsLost(ServerProcess.lastLines(shop)));
        if (tally.filter(ShopTally::isPerfect).isEmpty()) {
            keepLog(shop, progress);
        }
        return tally;
    }

    /** The folder of the sandbox is removed, and the log says when and why a message was not sent. */
    private void keepLog(Path shop, SandboxProgress progress) throws IOException {
        Path output = shop.resolve(ServerProcess.OUTPUT);
        if (Files.exists(output)) {
            Path kept = folder.path().resolveSibling(SHOP_LOG);
            Files.copy(output, kept, StandardCopyOption.REPLACE_EXISTING);
            progress.shopLogKept(kept);
        }
    }

    /**
     * Waits until one server ends that nobody stopped, stops the others, and reports the first; the files stay because of
     * the logs.
     */
    public Fault awaitDeath() throws InterruptedException {
        try {
            Optional<Path> dead = Optional.empty();
            while (dead.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(WATCH.toMillis());
                dead = folder.servers().stream()
                        .filter(server -> !SandboxFolder.isMarkedStopped(server)
                                && SandboxFolder.process(server).isEmpty())
                        .findFirst();
            }
            folder.kill();
            Path first = dead.get();
            return new Fault(
                    first.getFileName() + " has ended unexpectedly.\n" + ServerProcess.lastLines(first),
                    "Read the whole output in " + first.resolve(ServerProcess.OUTPUT) + ".");
        } catch (IOException e) {
            throw new Fault(
                    "The sandbox in " + folder.path() + " could not be watched: " + e.getMessage(),
                    "Start it again.",
                    e);
        }
    }

    private void requireSame(SandboxSettings wanted) throws IOException {
        List<String> differences = folder.differences(wanted);
        if (!differences.isEmpty()) {
            throw new Fault(
                    "A sandbox with other settings is running in " + folder.path() + ".\n    "
                            + String.join("\n    ", differences),
                    "Stop it first: mvn migrate:sandbox-stop.");
        }
    }

    private Fault unusable(IOException e) {
        return new Fault(
                "The sandbox's folder cannot be used: " + e,
                "Check " + folder.path() + ", or remove the folder and run again.",
                e);
    }
}
