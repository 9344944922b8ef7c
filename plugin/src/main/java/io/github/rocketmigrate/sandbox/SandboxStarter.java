package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.wire.AdminConnection;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** Starts the servers of one sandbox in the right order; after a failure, all of them are stopped. */
final class SandboxStarter {
    private static final String NAME_SERVER = "org.apache.rocketmq.namesrv.NamesrvStartup";
    private static final String BROKER = "org.apache.rocketmq.broker.BrokerStartup";

    /** The default interval at which consumers rebalance their queues. */
    private static final Duration REBALANCE = Duration.ofSeconds(20);

    private final Path folder;
    private final SandboxSettings settings;
    private final ServerJars jars;
    private final SandboxProgress progress;
    private final Supplier<PortBlock> freePorts;
    private final Readiness readiness;
    private final List<ServerProcess> processes = new ArrayList<>();
    private final List<PortBlock> ports = new ArrayList<>();
    private long launchedAt;

    private record Launched(ServerProcess process, String address) {}

    /**
     * What all processes of one release have in common.
     *
     * @param own the copy of the plugin's classes
     * @param started the folders of these processes
     */
    private record Release(List<Path> jars, Path own, ClassArchive archive, List<Path> started) {
        /** Begins with the jars: a class archive has no use in a class path that begins otherwise. */
        List<Path> classPath(ServerFiles files) {
            List<Path> classPath = new ArrayList<>(jars);
            classPath.add(files.classPathEntry());
            classPath.add(own);
            return classPath;
        }

        List<String> archiveOptions(ServerFiles files) {
            started.add(files.folder());
            return archive.jvmOptions(files.folder());
        }
    }

    SandboxStarter(
            Path folder,
            SandboxSettings settings,
            ServerJars jars,
            SandboxProgress progress,
            Supplier<PortBlock> freePorts) {
        this.folder = folder;
        this.settings = settings;
        this.jars = jars;
        this.progress = progress;
        this.freePorts = freePorts;
        this.readiness = new Readiness(settings.startTimeout(), progress::waiting);
    }

    Endpoints start() throws IOException {
        if (folder.toString().contains(File.pathSeparator)) {
            throw new Fault(
                    "The path of the folder " + folder + " contains '" + File.pathSeparator
                            + "', which separates the entries of a class path.",
                    "Choose a folder whose path does not contain it.");
        }
        boolean done = false;
        try {
            Endpoints endpoints = startServers(releases());
            done = true;
            return endpoints;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("The start of the sandbox was interrupted.", "Run again.", e);
        } finally {
            ports.forEach(PortBlock::close);
            if (!done) {
                processes.forEach(ServerProcess::kill);
            }
        }
    }

    private Map<ServerVersion, Release> releases() throws IOException {
        Map<ServerVersion, List<Path>> resolved = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            ServerVersion version = settings.version(side);
            if (!resolved.containsKey(version)) {
                progress.resolving(version);
                resolved.put(version, jars.resolve(version));
            }
        }
        Path own = OwnClasses.copyTo(Files.createDirectories(folder.resolve(SandboxFolder.CLASSES)));
        Map<ServerVersion, Release> releases = new LinkedHashMap<>();
        resolved.forEach((version, paths) ->
                releases.put(version, new Release(paths, own, ClassArchive.of(paths), new ArrayList<>())));
        return releases;
    }

    private Endpoints startServers(Map<ServerVersion, Release> releases) throws IOException, InterruptedException {
        launchedAt = System.nanoTime();
        progress.starting(Side.values().length, (int)
                Arrays.stream(Side.values()).flatMap(settings::brokerNames).count());
        Map<Side, Launched> nameServers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            nameServers.put(side, launchNameServer(side, releases.get(settings.version(side))));
        }
        for (Side side : Side.values()) {
            Launched nameServer = nameServers.get(side);
            readiness.awaitListening(nameServer.process());
            progress.up(nameServer.process().name(), "name server", nameServer.address(), elapsed());
        }
        Map<Side, List<Launched>> brokers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            List<Launched> launched = new ArrayList<>();
            for (String name : settings.brokerNames(side).toList()) {
                launched.add(launchBroker(side, name, nameServers, releases.get(settings.version(side))));
            }
            brokers.put(side, launched);
        }
        Endpoints endpoints = endpoints(nameServers, brokers);
        try (AdminConnection source = connect(endpoints, Side.SOURCE);
                AdminConnection destination = connect(endpoints, Side.DESTINATION)) {
            awaitListed(brokers.get(Side.SOURCE), source, settings.sourceVersion());
            awaitListed(brokers.get(Side.DESTINATION), destination, settings.destinationVersion());
            createReader(endpoints, Side.SOURCE, source);
            createReader(endpoints, Side.DESTINATION, destination);
            if (settings.seed()) {
                seed(endpoints, source);
            }
        }
        if (settings.traffic()) {
            startTraffic(endpoints, releases.get(settings.sourceVersion()));
        }
        releases.values().forEach(release -> release.archive().make(release.started()));
        return endpoints;
    }

    private AdminConnection connect(Endpoints endpoints, Side side) {
        return AdminConnection.open(endpoints.cluster(side).nameServers(), endpoints.admin(), settings.startTimeout());
    }

    private Launched launchNameServer(Side side, Release release) throws IOException {
        int port = port();
        ServerFiles files = new ServerFiles(folder.resolve(nameServer(side)), settings.version(side));
        return launch(files, release, "128m", NAME_SERVER, files.nameServer(port), port);
    }

    private Launched launchBroker(Side side, String name, Map<Side, Launched> nameServers, Release release)
            throws IOException {
        int port = port();
        String registersWith = nameServers.get(side).address();
        if (side == Side.SOURCE && settings.joined()) {
            registersWith += ";" + nameServers.get(Side.DESTINATION).address();
        }
        ServerFiles files = new ServerFiles(folder.resolve(name), settings.version(side));
        List<String> arguments = files.broker(clusterName(side), name, port, registersWith, settings.acl());
        return launch(files, release, settings.brokerHeap(), BROKER, arguments, port);
    }

    private Launched launch(
            ServerFiles files, Release release, String heap, String mainClass, List<String> arguments, int port)
            throws IOException {
        List<String> options = new ArrayList<>(files.jvmOptions());
        options.addAll(release.archiveOptions(files));
        options.add("-Xmx" + heap);
        options.add("-XX:MaxDirectMemorySize=256m");
        ServerProcess process =
                ServerProcess.launch(files.folder(), release.classPath(files), options, mainClass, arguments);
        processes.add(process);
        return new Launched(process, "127.0.0.1:" + port);
    }

    private void awaitListed(List<Launched> brokers, AdminConnection connection, ServerVersion version)
            throws IOException, InterruptedException {
        for (Launched broker : brokers) {
            readiness.awaitListed(broker.process(), broker.address(), connection, version);
            progress.up(broker.process().name(), "broker", broker.address(), elapsed());
        }
    }

    /** Creates the user with permission to read only; versions with plain_acl.yml have it in that file. */
    private static void createReader(Endpoints endpoints, Side side, AdminConnection connection)
            throws InterruptedException {
        Endpoints.SandboxCluster cluster = endpoints.cluster(side);
        if (endpoints.reader().isEmpty() || cluster.version().hasPlainAcl()) {
            return;
        }
        String name = ServerFiles.READER.accessKey();
        List<String> everything = List.of("Cluster:*", "Topic:*", "Group:*");
        List<String> looking = List.of("Get", "List", "Sub");
        try {
            for (String address : cluster.brokerAddresses()) {
                connection.admin().createUser(address, name, ServerFiles.READER.secretKey(), "Normal");
                connection.admin().createAcl(address, "User:" + name, everything, looking, List.of(), "Allow");
            }
        } catch (RemotingException | MQBrokerException e) {
            throw new Fault(
                    "The user " + name + " could not be created in " + cluster.name() + ": " + e.getMessage(),
                    "Run again, without migrate.sandbox.acl if you do not need ACL.",
                    e);
        }
    }

    private void seed(Endpoints endpoints, AdminConnection connection) throws InterruptedException {
        Endpoints.SandboxCluster source = endpoints.cluster(Side.SOURCE);
        ShopSeed.Producers producers =
                topic -> ShopProducer.open(topic, source.nameServers(), settings.routePoll(), endpoints.admin());
        try {
            int messages = new ShopSeed(connection, source, producers, settings.startTimeout()).run();
            progress.seeded(Shop.TOPICS.size(), Shop.GROUPS.size(), messages, elapsed());
        } catch (Fault fault) {
            // If a broker has died, its end is the better explanation.
            throw processes.stream()
                    .filter(process -> !process.isAlive())
                    .findFirst()
                    .map(ServerProcess::died)
                    .orElse(fault);
        }
    }

    private void startTraffic(Endpoints endpoints, Release release) throws IOException, InterruptedException {
        ServerFiles files = new ServerFiles(folder.resolve(SandboxFolder.SHOP), settings.sourceVersion());
        List<String> arguments = new ArrayList<>();
        arguments.add(files.folder().toString());
        arguments.add(endpoints.cluster(settings.endpoint()).nameServers());
        arguments.add(Long.toString(settings.routePoll().toMillis()));
        endpoints.admin().ifPresent(pair -> arguments.addAll(List.of(pair.accessKey(), pair.secretKey())));
        List<String> options = new ArrayList<>(List.of("-Xmx128m"));
        options.addAll(release.archiveOptions(files));
        if (settings.routePoll().compareTo(REBALANCE) < 0) {
            options.add("-D" + ShopTraffic.REBALANCE_PROPERTY + "="
                    + settings.routePoll().toMillis());
        }
        ServerProcess process = ServerProcess.launch(
                files.folder(), release.classPath(files), options, ShopTraffic.class.getName(), arguments);
        processes.add(process);
        readiness.awaitOutput(process, ShopTraffic.RUNS);
        progress.trafficRuns(settings.endpoint(), elapsed());
    }

    private Endpoints endpoints(Map<Side, Launched> nameServers, Map<Side, List<Launched>> brokers) {
        Map<Side, Endpoints.SandboxCluster> clusters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            Map<String, String> addresses = new TreeMap<>();
            brokers.get(side).forEach(broker -> addresses.put(broker.process().name(), broker.address()));
            String nameServer = nameServers.get(side).address();
            clusters.put(
                    side,
                    new Endpoints.SandboxCluster(clusterName(side), settings.version(side), nameServer, addresses));
        }
        return new Endpoints(clusters, settings.acl());
    }

    private int port() {
        PortBlock block = freePorts.get();
        ports.add(block);
        return block.listenPort();
    }

    static String nameServer(Side side) {
        return side.word() + "-nameserver";
    }

    private static String clusterName(Side side) {
        return "sandbox-" + side.word();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - launchedAt);
    }
}
