package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints.SandboxCluster;
import io.github.rocketmigrate.wire.AdminConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;

/** A joined sandbox with what production has beside one name server and one master: a second name server, and a slave. */
public final class WideSandbox {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final OwnSandbox small;

    private WideSandbox(OwnSandbox small) {
        this.small = small;
    }

    /** Starts one master a side with its slave, and two name servers a side; the source registers with all four. */
    public static OwnSandbox startJoined(Path folder, String source, String destination) throws Exception {
        OwnSandbox small = OwnSandbox.startJoined(folder, source, destination, 1);
        try {
            return new WideSandbox(small).widen();
        } catch (Exception | Error e) {
            small.close();
            throw e;
        }
    }

    private OwnSandbox widen() throws Exception {
        Map<Side, SandboxCluster> clusters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            SandboxCluster cluster = small.endpoints().cluster(side);
            clusters.put(
                    side,
                    new SandboxCluster(
                            cluster.name(),
                            cluster.version(),
                            cluster.nameServers() + ";" + secondNameServer(side, cluster.version()),
                            cluster.brokers()));
        }
        OwnSandbox wide = new OwnSandbox(
                small.sandbox(), new Endpoints(clusters, small.endpoints().acl()));
        String destination = clusters.get(Side.DESTINATION).nameServers();
        for (Side side : Side.values()) {
            SandboxCluster cluster = clusters.get(side);
            String nameServers =
                    side == Side.SOURCE ? cluster.nameServers() + ";" + destination : cluster.nameServers();
            for (String broker : cluster.brokers().keySet()) {
                wide.kill(broker);
                wide.configure(broker, ServerFiles.NAME_SERVERS, nameServers);
                wide.restart(broker);
                slave(cluster, broker, nameServers);
                awaitPair(broker, nameServers);
            }
        }
        return wide;
    }

    private String secondNameServer(Side side, ServerVersion version) throws Exception {
        try (PortBlock port = PortBlock.reserve()) {
            ServerFiles files =
                    new ServerFiles(small.sandbox().folder().resolve(SandboxStarter.nameServer(side) + "-2"), version);
            ServerProcess started = launch(
                    files, version, "org.apache.rocketmq.namesrv.NamesrvStartup", files.nameServer(port.listenPort()));
            new Readiness(PATIENCE).awaitListening(started);
            return "127.0.0.1:" + port.listenPort();
        }
    }

    private void slave(SandboxCluster cluster, String broker, String nameServers) throws Exception {
        try (PortBlock port = PortBlock.reserve()) {
            ServerFiles files = new ServerFiles(small.sandbox().folder().resolve(broker + "-slave"), cluster.version());
            List<String> arguments = files.broker(cluster.name(), broker, port.listenPort(), nameServers, false);
            Path configuration = Path.of(arguments.get(1));
            Files.writeString(
                    configuration,
                    Files.readString(configuration, ISO_8859_1)
                            .replace("brokerId=0", "brokerId=1")
                            .replace("ASYNC_MASTER", "SLAVE"),
                    ISO_8859_1);
            ServerProcess started =
                    launch(files, cluster.version(), "org.apache.rocketmq.broker.BrokerStartup", arguments);
            new Readiness(PATIENCE).awaitListening(started);
        }
    }

    /** The servers end with the sandbox's folder. */
    private static ServerProcess launch(ServerFiles files, ServerVersion version, String main, List<String> arguments)
            throws Exception {
        List<Path> classPath = new ArrayList<>(List.of(files.classPathEntry()));
        classPath.addAll(new LocalServerJars().resolve(version));
        classPath.add(Path.of(GuardedMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
        List<String> options = new ArrayList<>(files.jvmOptions());
        options.add("-Xmx384m");
        options.add("-XX:MaxDirectMemorySize=256m");
        return ServerProcess.launch(files.folder(), classPath, options, main, arguments);
    }

    /** A slave registers by itself, at each name server at its own time. */
    private static void awaitPair(String broker, String nameServers) throws Exception {
        for (String nameServer : List.of(nameServers.split(";", -1))) {
            try (AdminConnection connection = AdminConnection.open(nameServer, Optional.empty())) {
                Eventually.holds(nameServer + " lists both of " + broker, () -> {
                    ClusterInfo listed = connection.admin().examineBrokerClusterInfo();
                    BrokerData pair = listed.getBrokerAddrTable().get(broker);
                    return pair != null && pair.getBrokerAddrs().size() == 2;
                });
            }
        }
    }
}
