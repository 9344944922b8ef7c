package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An application with a client that is not of this JVM's class path, in a process of its own. */
public final class OtherClient implements AutoCloseable {
    private static final String OUTPUT = "output";
    private static final String JAVA_CLIENT = "5.0.8";
    private static final String NODE_CLIENT = "rocketmq-client-nodejs@1.0.8";
    private static final int INSTALL_MINUTES = 5;

    private final Process process;

    private OtherClient(Process process) {
        this.process = process;
    }

    /** Starts a consumer with the Java client of gRPC, and waits until it has a connection. */
    public static OtherClient javaConsumer(Path folder, String endpoint, String group, String topic) throws Exception {
        Path source = copy(folder, "GrpcConsumer.java");
        String jar = LocalServerJars.resolve(
                        SandboxSettings.version("client", JAVA_CLIENT), List.of("rocketmq-client-java"))
                .get(0)
                .toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return start(
                folder,
                List.of(java, "-Xmx96m", "-Duser.home=" + folder, "-cp", jar, source.toString()),
                endpoint,
                group,
                topic);
    }

    /** The same with the client for Node.js, which npm installs into the folder. */
    public static OtherClient nodeConsumer(Path folder, String endpoint, String group, String topic) throws Exception {
        Path source = copy(folder, "grpc-consumer.cjs");
        Process npm = launch(
                folder,
                List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", folder.toString(), NODE_CLIENT));
        if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IllegalStateException("npm has not installed " + NODE_CLIENT + ":\n" + printed(folder));
        }
        return start(folder, List.of("node", source.toString()), endpoint, group, topic);
    }

    private static Path copy(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        try (InputStream source = OtherClient.class.getResourceAsStream("/clients/" + name)) {
            Path file = folder.resolve(name);
            Files.write(file, source.readAllBytes());
            return file;
        }
    }

    private static OtherClient start(Path folder, List<String> command, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        OtherClient client = new OtherClient(launch(folder, all));
        try {
            Eventually.holds("the client starts", () -> {
                if (!client.process.isAlive()) {
                    throw new IllegalStateException("The client has ended:\n" + printed(folder));
                }
                return printed(folder).lines().anyMatch("started"::equals);
            });
        } catch (Exception | Error e) {
            client.close();
            throw e;
        }
        return client;
    }

    private static Process launch(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(OUTPUT).toFile())
                .start();
    }

    private static String printed(Path folder) throws IOException {
        return Files.readString(folder.resolve(OUTPUT), UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
