package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that a plan names in the place of a name server. */
final class WrongServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String USUAL = ", not a name server; name servers usually listen on 9876.";

    /** The settings are the answer of a broker, which lists its name servers. */
    @Test
    void namesTheNameServersOfABroker() throws Exception {
        try (ScriptedServer broker = ScriptedServer.start(request -> answer(
                request,
                Set.of(RequestCode.GET_BROKER_RUNTIME_INFO, RequestCode.GET_BROKER_CONFIG),
                "namesrvAddr=mq:9876"))) {
            Fault fault = Readers.fault(broker.address(), false, PATIENCE);
            assertThat(fault).hasMessage(broker.address() + " is a broker" + USUAL);
            assertThat(fault.nextStep())
                    .isEqualTo("Set source.nameServers to the name servers of this broker: mq:9876.");
        }
    }

    /** A broker that has joined registers with both clusters; the plan must not name a server for both. */
    @Test
    void leavesOutTheNameServersOfTheOtherCluster() throws Exception {
        try (ScriptedServer broker = ScriptedServer.start(request -> answer(
                        request,
                        Set.of(RequestCode.GET_BROKER_RUNTIME_INFO, RequestCode.GET_BROKER_CONFIG),
                        "namesrvAddr=mq:9876;new:9876"));
                ClusterReader reader = new RemotingClusterReader(
                        new RemotingClusterReader.Target(
                                "source",
                                List.of(broker.address()),
                                Optional.empty(),
                                new PlanPositions(Map.of(), Optional.empty(), Optional.empty(), Set.of("new:9876"))),
                        ReadingConnection.open(Encryption.NONE, Optional.empty(), PATIENCE))) {
            assertThat(catchThrowableOfType(Fault.class, reader::nameServers).nextStep())
                    .isEqualTo("Set source.nameServers to the name servers of this broker: mq:9876.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        RequestCode.GET_BROKER_RUNTIME_INFO + ", a broker",
        RequestCode.CONTROLLER_GET_METADATA_INFO + ", a controller",
        RequestCode.GET_ROUTEINFO_BY_TOPIC + ", a proxy",
        RequestCode.HEART_BEAT + ", another RocketMQ server",
    })
    void recognizesServersOfRocketMq(int known, String server) throws Exception {
        try (ScriptedServer wrong = ScriptedServer.start(request -> answer(request, Set.of(known), ""))) {
            Fault fault = Readers.fault(wrong.address(), false, PATIENCE);
            assertThat(fault).hasMessage(wrong.address() + " is " + server + USUAL);
            assertThat(fault.nextStep())
                    .isEqualTo("Set source.nameServers to the addresses of the source's name servers.");
        }
    }

    /** Name servers have no access control. */
    @Test
    void recognizesAServerWithAccessControl() throws Exception {
        try (ScriptedServer broker = ScriptedServer.start(request -> RemotingCommand.createResponseCommand(
                ResponseCode.SYSTEM_ERROR,
                "org.apache.rocketmq.acl.common.AclException: No accessKey is configured, org.apache.rocketmq.acl…"))) {
            assertThat(Readers.fault(broker.address(), false, PATIENCE))
                    .hasMessage(broker.address() + " is a broker or a proxy (it asks for an account)" + USUAL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 400 Bad Request\\r\\n\\r\\n', false, a web server",
        "'HTTP/1.1 400 Bad Request\\r\\n\\r\\n', true, a web server",
        "'\\0\\0\\6\\4\\0\\0\\0\\0\\0\\0\\3\\0\\0\\0\\1', false, the gRPC port of a proxy",
        "'SSH-2.0-OpenSSH_9.6\\r\\n', false, an SSH server",
    })
    void recognizesOtherProtocols(String banner, boolean tls, String server) throws Exception {
        try (OtherServer other = new OtherServer(banner.translateEscapes())) {
            Fault fault = Readers.fault(other.address(), tls, PATIENCE);
            assertThat(fault).hasMessage(other.address() + " is " + server + USUAL);
        }
    }

    /** It completes a handshake, as a name server that speaks TLS only would. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recognizesAWebServerBehindTls(boolean tls, @TempDir Path folder) throws Exception {
        try (OtherServer other = new OtherServer("HTTP/1.1 400 Bad Request\r\n\r\n", secureListener(folder))) {
            assertThat(Readers.fault(other.address(), tls, PATIENCE))
                    .hasMessage(other.address() + " is a web server" + USUAL);
        }
    }

    /** The message before this one has said that the broker may not be up. */
    @Test
    void saysWhatToDoAboutABrokerThatClosesConnections() throws Exception {
        try (OtherServer broker = new OtherServer("");
                ScriptedServer nameServer = ScriptedServer.start(request -> answer(
                        request,
                        Set.of(RequestCode.GET_BROKER_CLUSTER_INFO, RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER),
                        "{\"brokerAddrTable\":{\"old-a\":{\"brokerAddrs\":{\"0\":\"" + broker.address()
                                + "\"},\"brokerName\":\"old-a\",\"cluster\":\"old\"}},"
                                + "\"clusterAddrTable\":{\"old\":[\"old-a\"]},\"topicList\":[]}"));
                ClusterReader reader = Readers.of("source", nameServer.address(), Optional.empty(), Optional.empty())) {
            assertThatThrownBy(() -> Readers.metadata(reader))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("closed the connection")
                    .extracting(fault -> ((Fault) fault).nextStep())
                    .asString()
                    .startsWith("If this broker restarts, wait until it is up, then run again. Otherwise read its log");
        }
    }

    private static ServerSocket secureListener(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        char[] password = "changeit".toCharArray();
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(password))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(file.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static RemotingCommand answer(RemotingCommand request, Set<Integer> known, String body) {
        if (!known.contains(request.getCode())) {
            return RemotingCommand.createResponseCommand(
                    ResponseCode.REQUEST_CODE_NOT_SUPPORTED, " request type " + request.getCode() + " not supported");
        }
        RemotingCommand answer = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
        answer.setBody(body.getBytes(US_ASCII));
        return answer;
    }

    /** A server that answers the first bytes of every connection with the same text and closes it. */
    private static final class OtherServer implements AutoCloseable {
        private final ServerSocket listener;
        private final CompletableFuture<Void> served;

        OtherServer(String banner) throws IOException {
            this(banner, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        }

        OtherServer(String banner, ServerSocket listener) {
            this.listener = listener;
            served = CompletableFuture.runAsync(() -> {
                while (!listener.isClosed()) {
                    serve(banner);
                }
            });
        }

        private void serve(String banner) {
            try (Socket socket = listener.accept()) {
                InputStream in = socket.getInputStream();
                byte[] some = new byte[1024];
                if (in.read(some) > 0) {
                    socket.getOutputStream().write(banner.getBytes(US_ASCII));
                }
            } catch (IOException e) {
                // The client, or the test, has closed the connection.
                assertThat(listener).isNotNull();
            }
        }

        String address() {
            return "127.0.0.1:" + listener.getLocalPort();
        }

        @Override
        public void close() throws Exception {
            listener.close();
            try {
                served.join();
            } catch (CompletionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** "Name servers usually listen on 9876" was said of an address with this port. */
    @Test
    void theUsualPortIsNoHintForItself() {
        assertThat(FailureDiagnosis.notNameServer("10.255.255.1:9876", "a web server"))
                .isEqualTo("10.255.255.1:9876 is a web server, not a name server.");
    }
}
