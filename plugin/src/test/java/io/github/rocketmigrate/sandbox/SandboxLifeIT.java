package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.wire.AdminConnection;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Start, failures and end of a sandbox.
 *
 * <p>Longer than 300 lines: each test is one life of a sandbox, and all use the same start and the same proof of its end.
 */
final class SandboxLifeIT {
    private static final ServerVersion V4 = new ServerVersion(4, 9, 7);

    @TempDir
    Path root;

    private Path folder;

    /** Every server has trouble with one of these characters, unless its configuration escapes it. */
    @BeforeEach
    void createAFolderWithADifficultName() throws IOException {
        folder = Files.createDirectories(root.resolve("R&D für 'Ümläute' <#1> $HOME"));
    }

    @AfterEach
    void stopTheSandboxAndFindNoFilesOutsideTheFolder() throws IOException {
        sandbox().stop(Lifetime.UNTIL_STOPPED);
        try (Stream<Path> beside = Files.list(root)) {
            assertThat(beside)
                    .allMatch(path ->
                            path.equals(folder) || path.getFileName().toString().equals("starter.out"));
        }
    }

    @Test
    void secondStartChangesNothingAndStopEndsExactlyTheStartedServers() throws IOException {
        Sandbox.Started first = start(plain());
        List<ProcessHandle> servers = servers();

        Sandbox.Started second = start(plain());
        assertThat(first.wasRunning()).isFalse();
        assertThat(second.wasRunning()).isTrue();
        assertThat(second.endpoints()).isEqualTo(first.endpoints());
        assertThat(servers()).isEqualTo(servers).allMatch(ProcessHandle::isAlive);

        assertThatThrownBy(() -> start(new SandboxSettings(V4, V4, 2, false, false, false, false, "384m")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("migrate.sandbox.brokers: wanted 2, running 1");

        List<Sandbox.Ended> ended = sandbox().stop(Lifetime.OF_THIS_PROCESS).ended();
        assertThat(ended)
                .extracting(Sandbox.Ended::server)
                .containsExactly("destination-a", "destination-nameserver", "source-a", "source-nameserver");
        assertThat(ended)
                .extracting(Sandbox.Ended::pid)
                .containsExactlyElementsOf(
                        servers.stream().map(ProcessHandle::pid).toList());
        assertThat(servers).noneMatch(ProcessHandle::isAlive);
        assertThat(sandbox().stop(Lifetime.OF_THIS_PROCESS).ended()).isEmpty();
    }

    /** Faults can be rehearsed: the addresses stay, the state is named, and nothing but the server starts again. */
    @Test
    void serverThatWasStoppedStartsAgainWithItsAddress() throws Exception {
        Endpoints endpoints = start(plain()).endpoints();
        List<ProcessHandle> servers = servers();

        assertThat(sandbox().stopServer("source-a")).isTrue();
        assertThat(sandbox().stopServer("source-a")).isFalse();
        assertThat(servers.stream().filter(ProcessHandle::isAlive)).hasSize(3);
        assertThat(sandbox().state()).contains(new SandboxState(endpoints, List.of("source-a")));
        assertThat(sandbox().running()).isEmpty();
        assertThatThrownBy(() -> sandbox().stopServer("source-b"))
                .isInstanceOf(Fault.class)
                .extracting(fault -> ((Fault) fault).nextStep())
                .isEqualTo("Choose one of these: destination-a, destination-nameserver, source-a,"
                        + " source-nameserver.");

        QuietProgress progress = new QuietProgress();
        assertThat(sandbox().startServer("source-a", progress)).isTrue();
        assertThat(progress.servers).containsExactly("source-a");
        assertThat(sandbox().startServer("source-a", progress)).isFalse();
        assertThat(sandbox().running()).contains(endpoints);
        assertThat(servers.stream().filter(ProcessHandle::isAlive))
                .describedAs("the other servers were left alone")
                .hasSize(3);
    }

    /** A goal right after the start must not say that brokers are absent. */
    @Test
    void aNameServerThatStartsAgainListsTheBrokersAtOnce() {
        Endpoints endpoints = start(plain()).endpoints();
        sandbox().stopServer("source-nameserver");
        assertThat(sandbox().startServer("source-nameserver", new QuietProgress()))
                .isTrue();
        assertThat(brokersListedBy(endpoints.cluster(Side.SOURCE))).containsExactly("source-a");
    }

    private static Set<String> brokersListedBy(Endpoints.SandboxCluster cluster) {
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            return connection
                    .admin()
                    .examineBrokerClusterInfo()
                    .getBrokerAddrTable()
                    .keySet();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("thorough")
    void startOfASandboxThatLostAServerStartsThisServer() throws Exception {
        start(plain());
        List<ProcessHandle> servers = servers();
        servers.get(2).destroyForcibly();
        servers.get(2).onExit().get();

        Sandbox.Started again = start(plain());
        assertThat(again.wasRunning()).isTrue();
        assertThat(again.restarted()).containsExactly("source-a");
        assertThat(servers()).hasSize(4).allMatch(ProcessHandle::isAlive);
    }

    @Test
    void slowStartIsCalledSlow() {
        SandboxSettings hurried = new SandboxSettings(
                V4,
                V4,
                1,
                false,
                false,
                false,
                false,
                Side.SOURCE,
                Duration.ofSeconds(30),
                "128m",
                Duration.ofMillis(1));
        assertThatThrownBy(() -> start(hurried))
                .isInstanceOf(Fault.class)
                .hasMessageMatching("(?s)source-nameserver is still starting after 0 s\\..*")
                .extracting(fault -> ((Fault) fault).nextStep())
                .asString()
                .contains("slow or busy", "-Dmigrate.sandbox.startTimeout=");
    }

    @Test
    void serversEndWhenTheirFolderIsRemoved() throws Exception {
        start(plain());
        List<ProcessHandle> servers = servers();
        // Like `mvn clean` while the servers are writing.
        Eventually.holds("the folder is gone", this::removeFolder);
        Eventually.holds("the servers have ended", () -> servers.stream().noneMatch(ProcessHandle::isAlive));
    }

    private boolean removeFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException someoneWrites) {
            return false;
        }
    }

    @Test
    void serversEndWithTheirParentHoweverItEnds() throws Exception {
        Process starter = startInAnotherJvm(Lifetime.OF_THIS_PROCESS);
        List<ProcessHandle> servers = servers();
        assertThat(servers).hasSize(4).allMatch(ProcessHandle::isAlive);
        starter.destroyForcibly().waitFor();
        Eventually.holds("the servers have ended", () -> servers.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void detachedServersOutliveTheirParent() throws Exception {
        Process starter = startInAnotherJvm(Lifetime.UNTIL_STOPPED);
        starter.destroyForcibly().waitFor();
        assertThat(start(plain()).wasRunning()).isTrue();
        // A build that did not start the sandbox does not stop it.
        assertThat(sandbox().stop(Lifetime.OF_THIS_PROCESS).kept()).isTrue();
        assertThat(sandbox().running()).isPresent();
        assertThat(sandbox().stop(Lifetime.UNTIL_STOPPED).ended()).hasSize(4);
    }

    @Test
    @Tag("thorough")
    void serversOfABuildOutliveItAfterAManualStart() throws Exception {
        Process starter = startInAnotherJvm(Lifetime.OF_THIS_PROCESS);
        assertThat(sandbox()
                        .start(plain(), new LocalServerJars(), Lifetime.UNTIL_STOPPED, new QuietProgress())
                        .wasRunning())
                .isTrue();
        starter.destroyForcibly().waitFor();
        // The time in which a server notices the death of its parent.
        TimeUnit.SECONDS.sleep(1);
        assertThat(servers()).hasSize(4).allMatch(ProcessHandle::isAlive);
    }

    @Test
    @Tag("thorough")
    void foreignFilesStayAndABrokenSandboxIsReplaced() throws Exception {
        start(plain());
        List<ProcessHandle> servers = servers();
        Path notes = Files.writeString(
                Files.createDirectories(folder.resolve("notes")).resolve("a.txt"), "mine");
        Files.write(folder.resolve("source-a/process"), new byte[] {(byte) 0x80, 0, 12});
        Files.writeString(folder.resolve("endpoints.properties"), "migrate.sandbox.source.cluster=\\u00zz");

        assertThat(start(plain()).wasRunning()).isFalse();
        Eventually.holds("the old servers have ended", () -> servers.stream().noneMatch(ProcessHandle::isAlive));
        sandbox().stop(Lifetime.OF_THIS_PROCESS);
        assertThat(notes).hasContent("mine");
    }

    @Test
    void failureToResolveJarsDoesNotBlockTheNextStart() {
        ServerJars none = version -> {
            throw new Fault("no jars", "none");
        };
        assertThatThrownBy(() -> sandbox().start(plain(), none, Lifetime.OF_THIS_PROCESS, new QuietProgress()))
                .hasMessage("no jars");
        assertThat(start(plain()).wasRunning()).isFalse();
    }

    @Test
    void tooSmallHeapIsExplained() {
        assertThatThrownBy(() -> start(new SandboxSettings(V4, V4, 1, false, false, false, false, "1m")))
                .isInstanceOf(Fault.class)
                .extracting(fault -> ((Fault) fault).nextStep())
                .asString()
                .contains("the heap is too small", "migrate.sandbox.brokerHeap");
    }

    @Test
    void killedStartLeavesNoServersRunning() throws Exception {
        Process starter = launchStarter(Lifetime.UNTIL_STOPPED);
        Eventually.holds("the first servers run", () -> !servers().isEmpty());
        List<ProcessHandle> servers = servers();
        starter.destroyForcibly().waitFor();
        Eventually.holds("the servers have ended", () -> servers.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(start(plain()).wasRunning()).isFalse();
    }

    /** Both make the archive of their classes, from which the servers of a third start. */
    @Test
    void twoSandboxesStartAtTheSameTime(@TempDir Path other) throws Exception {
        Sandbox second = Sandbox.in(other);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<Sandbox.Started> here = () -> start(plain());
            Callable<Sandbox.Started> there =
                    () -> second.start(plain(), new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress());
            List<Future<Sandbox.Started>> started = threads.invokeAll(List.of(here, there));
            assertThat(started.get(0).get().endpoints())
                    .isNotEqualTo(started.get(1).get().endpoints());
            assertThat(sandbox().stop(Lifetime.OF_THIS_PROCESS).ended()).hasSize(4);
            assertThat(second.running()).isPresent();

            ClassArchive archive = ClassArchive.of(new LocalServerJars().resolve(V4));
            Eventually.holds("the archive is made", () -> archive.file().isPresent());
            start(plain());
            for (ProcessHandle server : Files.exists(Path.of("/proc")) ? servers() : List.<ProcessHandle>of()) {
                assertThat(memory(server)).contains(archive.file().orElseThrow().toString());
            }
            assertThat(folder.resolve("source-a").resolve(ServerProcess.OUTPUT))
                    .content()
                    .doesNotContain("[warning]");
        } finally {
            threads.shutdown();
            second.stop(Lifetime.OF_THIS_PROCESS);
        }
    }

    /** The files that a process has mapped into its memory; a JVM ignores without a word what it cannot use. */
    private static String memory(ProcessHandle process) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"));
    }

    @Test
    void secondStartOfASandboxWaitsForTheFirst() throws IOException {
        try (FolderLock lock = FolderLock.acquire(folder, Duration.ZERO)) {
            assertThatThrownBy(() -> FolderLock.acquire(folder, Duration.ofMillis(50)))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("Another build")
                    .hasMessageContaining(folder.toString());
        }
    }

    @Test
    void portInUseIsExplained() {
        List<ServerSocket> thieves = new ArrayList<>();
        try {
            SandboxStarter starter =
                    new SandboxStarter(folder, plain(), new LocalServerJars(), new QuietProgress(), () -> {
                        PortBlock block = PortBlock.reserve();
                        thieves.add(take(block.listenPort()));
                        return block;
                    });
            assertThatThrownBy(starter::start)
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("-nameserver ended with exit code")
                    .hasMessageContaining("BindException")
                    .extracting(fault -> ((Fault) fault).nextStep())
                    .asString()
                    .contains("another program took the port");
        } finally {
            thieves.forEach(SandboxLifeIT::close);
        }
    }

    @Test
    void tooLittleMemoryIsExplained() throws IOException {
        SandboxSettings huge = new SandboxSettings(V4, V4, 1, false, false, false, false, "900000g");
        assertThatThrownBy(() -> start(huge))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("ended with exit code 1 while starting")
                .extracting(fault -> ((Fault) fault).nextStep())
                .asString()
                .contains("700 MB of memory");
        assertThat(servers()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void serverThatDiesWhileStartingShowsItsLastLines() throws IOException {
        ServerJars withoutBroker = version -> new LocalServerJars()
                .resolve(version).stream()
                        .filter(jar -> !jar.getFileName().toString().startsWith("rocketmq-broker"))
                        .toList();
        assertThatThrownBy(() -> sandbox().start(plain(), withoutBroker, Lifetime.OF_THIS_PROCESS, new QuietProgress()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("source-a ended with exit code 1")
                .hasMessageContaining("ClassNotFoundException: org.apache.rocketmq.broker.BrokerStartup")
                .extracting(fault -> ((Fault) fault).nextStep())
                .asString()
                .contains("source-a" + File.separator + "server.out");
        assertThat(servers()).noneMatch(ProcessHandle::isAlive);
    }

    private Process startInAnotherJvm(Lifetime lifetime) throws Exception {
        Process starter = launchStarter(lifetime);
        Eventually.holds("the sandbox runs", () -> {
            assertThat(starter.isAlive()).isTrue();
            return sandbox().running().isPresent();
        });
        return starter;
    }

    private Process launchStarter(Lifetime lifetime) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-DlocalRepository=" + System.getProperty("localRepository"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SandboxStarterMain.class.getName(),
                        folder.toString(),
                        lifetime.name())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("starter.out").toFile())
                .start();
    }

    private static SandboxSettings plain() {
        return new SandboxSettings(V4, V4, 1, false, false, false, false, "128m");
    }

    private Sandbox sandbox() {
        return Sandbox.in(folder);
    }

    private Sandbox.Started start(SandboxSettings settings) {
        return sandbox().start(settings, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress());
    }

    private List<ProcessHandle> servers() throws IOException {
        return serverFolders().stream()
                .flatMap(server -> ProcessStamp.read(server).stream())
                .flatMap(stamp -> stamp.process().stream())
                .toList();
    }

    private List<Path> serverFolders() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.exists(entry.resolve("java.args")))
                    .sorted()
                    .toList();
        }
    }

    private static ServerSocket take(int port) {
        try {
            return new ServerSocket(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
