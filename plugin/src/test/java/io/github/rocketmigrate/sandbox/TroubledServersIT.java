package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.remoting.Readers;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Tls;
import io.github.rocketmigrate.wire.Encryption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers in trouble: the reader explains the trouble or works despite it. */
final class TroubledServersIT {
    private static final ServerVersion V5 = new ServerVersion(5, 5, 0);

    @TempDir
    Path folder;

    @Test
    void brokerThatDiesBetweenTwoRequestsIsNamedAndSlavesAreRead() throws Exception {
        Sandbox sandbox = Sandbox.in(folder);
        List<ServerProcess> ours = new ArrayList<>();
        try (PortBlock port = PortBlock.reserve()) {
            Endpoints endpoints = sandbox.start(
                            new SandboxSettings(V5, V5, 1, false, false, false, false, "256m"),
                            new LocalServerJars(),
                            Lifetime.OF_THIS_PROCESS,
                            new QuietProgress())
                    .endpoints();
            try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
                ours.add(slave(endpoints, port.listenPort()));
                Eventually.holds("the name server lists the slave", () -> {
                    assertThat(ours.get(0).isAlive())
                            .describedAs(ServerProcess.lastLines(folder.resolve("slave")))
                            .isTrue();
                    return reader.nameServers().get(0).brokers().get("source-a").size() == 2;
                });
                Metadata metadata = whole(reader);
                Broker.Replica slave =
                        metadata.brokers().get("source-a").replicas().get(0);
                assertThat(slave.address()).isEqualTo("127.0.0.1:" + port.listenPort());
                assertThat(slave.version()).isEqualTo(V5);

                List<NameServer> nameServers = reader.nameServers();
                ProcessHandle broker = ProcessStamp.read(folder.resolve("source-a"))
                        .flatMap(ProcessStamp::process)
                        .orElseThrow();
                broker.destroyForcibly();
                broker.onExit().get(1, TimeUnit.MINUTES);
                assertThatThrownBy(() -> reader.metadata(nameServers, Set.of()))
                        .isInstanceOfSatisfying(Fault.class, fault -> {
                            assertThat(fault)
                                    .hasMessage("The source's broker "
                                            + endpoints
                                                    .cluster(Side.SOURCE)
                                                    .brokers()
                                                    .get("source-a")
                                            + " refuses connections: no process listens at this address.");
                            assertThat(fault.nextStep()).contains("brokerIP1");
                        });
            }
        } finally {
            ours.forEach(ServerProcess::kill);
            sandbox.stop(Lifetime.OF_THIS_PROCESS);
        }
    }

    /** A broker does not report its version in its first second. */
    private static Metadata whole(ClusterReader reader) throws Exception {
        List<Metadata> read = new ArrayList<>();
        Eventually.holds("both brokers report their versions", () -> {
            try {
                read.add(Readers.metadata(reader));
                return true;
            } catch (Fault young) {
                assertThat(young.nextStep()).startsWith("Run again if it has just been started");
                return false;
            }
        });
        return read.get(0);
    }

    private ServerProcess slave(Endpoints endpoints, int port) throws Exception {
        ServerFiles files = new ServerFiles(folder.resolve("slave"), V5);
        List<String> arguments = files.broker(
                "sandbox-source",
                "source-a",
                port,
                endpoints.cluster(Side.SOURCE).nameServers(),
                false);
        Path configuration = Path.of(arguments.get(1));
        Files.writeString(
                configuration,
                Files.readString(configuration, ISO_8859_1)
                        .replace("brokerId=0", "brokerId=1")
                        .replace("ASYNC_MASTER", "SLAVE"),
                ISO_8859_1);
        return launch(
                files, List.of("-Dtls.server.mode=disabled"), "org.apache.rocketmq.broker.BrokerStartup", arguments);
    }

    private static ServerProcess launch(ServerFiles files, List<String> tls, String main, List<String> arguments)
            throws Exception {
        List<Path> classPath = new ArrayList<>(List.of(files.classPathEntry()));
        classPath.addAll(new LocalServerJars().resolve(V5));
        classPath.add(Path.of(GuardedMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
        List<String> options = new ArrayList<>(List.of("-Drocketmq.home.dir=" + files.folder(), "-Xmx256m"));
        options.addAll(tls);
        return ServerProcess.launch(files.folder(), classPath, options, main, arguments);
    }

    /** The certificate of the server is its own authority. */
    @Test
    void aPrivateAuthorityCanBeNamed() throws Exception {
        OwnCertificate own = OwnCertificate.make(folder, "own");
        OwnCertificate other = OwnCertificate.make(folder, "other");
        try (PortBlock port = PortBlock.reserve()) {
            ServerFiles files = new ServerFiles(folder.resolve("authority"), V5);
            ServerProcess nameServer = launch(
                    files,
                    List.of(
                            "-Dtls.server.mode=enforcing",
                            "-Dtls.test.mode.enable=false",
                            "-Dtls.server.certPath=" + own.certificate(),
                            "-Dtls.server.keyPath=" + own.key()),
                    "org.apache.rocketmq.namesrv.NamesrvStartup",
                    files.nameServer(port.listenPort()));
            try {
                new Readiness(Duration.ofMinutes(2)).awaitListening(nameServer);
                String address = "127.0.0.1:" + port.listenPort();
                Encryption right = new Encryption(Tls.VERIFIED, Optional.of(own.certificate()));
                Encryption wrong = new Encryption(Tls.VERIFIED, Optional.of(other.certificate()));
                assertThat(Readers.fault(address, Encryption.INSECURE, Readers.PATIENCE))
                        .isNull();
                assertThat(Readers.fault(address, right, Readers.PATIENCE)).isNull();
                assertThat(Readers.fault(address, wrong, Readers.PATIENCE))
                        .hasMessageContaining("has a certificate that is not trusted");
            } finally {
                nameServer.kill();
            }
        }
    }

    @Test
    void serverThatSpeaksOnlyTlsIsExplained() throws Exception {
        try (PortBlock port = PortBlock.reserve()) {
            ServerFiles files = new ServerFiles(folder.resolve("secure"), V5);
            ServerProcess nameServer = launch(
                    files,
                    List.of("-Dtls.server.mode=enforcing"),
                    "org.apache.rocketmq.namesrv.NamesrvStartup",
                    files.nameServer(port.listenPort()));
            try {
                new Readiness(Duration.ofMinutes(2)).awaitListening(nameServer);
                String address = "127.0.0.1:" + port.listenPort();
                // Connect with TLS first, because a server's first handshake takes long.
                assertThat(Readers.fault(address, new Encryption(Tls.INSECURE, Optional.empty()), Readers.PATIENCE))
                        .describedAs("with TLS, the server answers that no broker has registered")
                        .isNull();
                Fault untrusted =
                        Readers.fault(address, new Encryption(Tls.VERIFIED, Optional.empty()), Readers.PATIENCE);
                assertThat(untrusted.getMessage())
                        .startsWith("The source's name server " + address + " has a certificate that is not trusted: ");
                assertThat(untrusted.nextStep())
                        .isEqualTo("If the server is the right one, name a file with the certificate of its authority:"
                                + " -Dmigrate.trustedCertificates=ca.pem. To connect without verifying certificates, set"
                                + " source.tls: insecure.");
                Fault fault = Readers.fault("127.0.0.1:" + port.listenPort(), false, Readers.PATIENCE);
                assertThat(fault)
                        .hasMessage("The source's name server 127.0.0.1:" + port.listenPort() + " speaks TLS only.");
                assertThat(fault.nextStep()).isEqualTo("Set source.tls: true.");
            } finally {
                nameServer.kill();
            }
        }
    }
}
