package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A proxy in cluster mode beside a cluster of a sandbox. */
public final class RealProxy implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final ServerProcess process;
    private final int remotingPort;
    private final int grpcPort;

    private RealProxy(ServerProcess process, int remotingPort, int grpcPort) {
        this.process = process;
        this.remotingPort = remotingPort;
        this.grpcPort = grpcPort;
    }

    /** Starts a proxy, and waits until it serves clients. */
    public static RealProxy start(Path folder, String version, Endpoints.SandboxCluster cluster) throws Exception {
        int remoting = freePort();
        int grpc = freePort();
        Files.createDirectories(folder);
        Path settings = Files.writeString(
                folder.resolve("proxy.json"),
                """
                {
                  "rocketMQClusterName": "%s",
                  "namesrvAddr": "%s",
                  "localServeAddr": "%s",
                  "grpcServerPort": %d,
                  "remotingListenPort": %d
                }
                """.formatted(cluster.name(), cluster.nameServers(), LOOPBACK, grpc, remoting),
                UTF_8);
        List<Path> classPath = new ArrayList<>(
                LocalServerJars.resolve(SandboxSettings.version("proxy", version), List.of("rocketmq-proxy")));
        classPath.add(OwnClasses.copyTo(Files.createDirectories(folder.resolve("classes"))));
        ServerProcess process = ServerProcess.launch(
                folder,
                classPath,
                List.of("-Xmx256m", "-Dtls.server.mode=disabled", "-Drmq.logback.configurationFile=" + logging(folder)),
                "org.apache.rocketmq.proxy.ProxyStartup",
                List.of("-pc", settings.toString(), "-pm", "CLUSTER"));
        RealProxy proxy = new RealProxy(process, remoting, grpc);
        try {
            Eventually.holds("the proxy serves clients", () -> {
                if (!process.isAlive()) {
                    throw process.died();
                }
                return process.hasPrinted("startup successfully");
            });
        } catch (Exception | Error e) {
            proxy.close();
            throw e;
        }
        return proxy;
    }

    /** What clients of the remoting protocol take for a name server. */
    public String address() {
        return LOOPBACK + ":" + remotingPort;
    }

    /** The endpoint of clients of gRPC. */
    public String grpcAddress() {
        return LOOPBACK + ":" + grpcPort;
    }

    /** Without it, the proxy would find the logging of this plugin, which is off. */
    private static Path logging(Path folder) throws IOException {
        String logback = "org.apache.rocketmq.logging.ch.qos.logback.core.";
        return Files.writeString(
                folder.resolve("logback.xml"), """
                <configuration>
                  <statusListener class="%1$sstatus.NopStatusListener"/>
                  <appender name="file" class="%1$sFileAppender">
                    <file>%2$s</file>
                    <encoder><pattern>%%d{HH:mm:ss.SSS} %%-5p %%c - %%m%%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="file"/></root>
                </configuration>
                """.formatted(logback, folder.resolve(ServerFiles.LOG)), UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.kill();
    }
}
