package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterReader.Target;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterWriter;
import io.github.rocketmigrate.live.Received;
import io.github.rocketmigrate.live.ScriptedClients;
import io.github.rocketmigrate.live.SendError;
import io.github.rocketmigrate.live.Sent;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.WritingConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Real servers of a sandbox, and real clients. Several scenes at a time may use them. */
final class RealSceneWorld implements SceneWorld {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);
    private static final String NO_ROUTE = "No route info";

    private final OwnSandbox sandbox;
    private final Optional<ScriptedClients> running;
    private final CountDownLatch others;
    private final Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);

    /** Creates a world that other scenes use until {@code others} is at 0. */
    RealSceneWorld(OwnSandbox sandbox, ScriptedClients clients, CountDownLatch others) {
        this(sandbox, Optional.of(clients), others);
    }

    /** Creates a world without clients. */
    RealSceneWorld(OwnSandbox sandbox) {
        this(sandbox, Optional.empty(), new CountDownLatch(0));
    }

    private RealSceneWorld(OwnSandbox sandbox, Optional<ScriptedClients> clients, CountDownLatch others) {
        this.sandbox = sandbox;
        this.running = clients;
        this.others = others;
        for (Side side : Side.values()) {
            Endpoints.SandboxCluster cluster = sandbox.endpoints().cluster(side);
            writers.put(
                    side,
                    new RemotingClusterWriter(
                            new Target(side.word(), List.of(cluster.nameServers()), Optional.of(cluster.name())),
                            WritingConnection.open(Encryption.NONE, Optional.empty(), READ_TIMEOUT, WRITE_TIMEOUT)));
        }
    }

    /** Clients write the time of the machine's clock. */
    @Override
    public Duration now() {
        return since(Instant.now());
    }

    private static Duration since(Instant at) {
        return Duration.between(Instant.EPOCH, at);
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }

    @Override
    public ServerVersion version(Side side) {
        return sandbox.endpoints().cluster(side).version();
    }

    @Override
    public ClusterWriter cluster(Side side) {
        return writers.get(side);
    }

    private String nameServer(Side side) {
        return sandbox.endpoints().cluster(side).nameServers();
    }

    @Override
    public void startConsumer(Member member) throws Exception {
        ScriptedClients clients = running.orElseThrow();
        synchronized (clients) {
            clients.consumer(
                    member.name(),
                    member.group(),
                    member.orderly(),
                    nameServer(member.nameServer()),
                    member.topics(),
                    member.takes());
        }
    }

    @Override
    public void startProducer(String name, Side nameServer, String topic) throws Exception {
        ScriptedClients clients = running.orElseThrow();
        synchronized (clients) {
            clients.producer(name, nameServer(nameServer), topic);
        }
    }

    @Override
    public void stop(String client) throws Exception {
        ScriptedClients clients = running.orElseThrow();
        synchronized (clients) {
            clients.stop(client);
        }
    }

    @Override
    public void send(Side side, String topic, int queues, int count) throws Exception {
        ScriptedClients clients = running.orElseThrow();
        synchronized (clients) {
            clients.send(nameServer(side), topic, SceneWorld.broker(side), queues, count);
        }
    }

    @Override
    public void awaitOthers() throws InterruptedException {
        others.await();
    }

    @Override
    public void kill(String server) throws Exception {
        sandbox.kill(server);
    }

    @Override
    public void launch(String server) throws Exception {
        sandbox.startAgain(server);
    }

    @Override
    public boolean listens(String server) throws Exception {
        return sandbox.listens(server);
    }

    @Override
    public List<ClientEvent> clientEvents() throws Exception {
        ScriptedClients clients = running.orElseThrow();
        synchronized (clients) {
            clients.update();
            List<ClientEvent> events = new ArrayList<>();
            for (Sent sent : clients.sent()) {
                events.add(event(
                        sent.at(),
                        sent.message().producer(),
                        "sends to " + sent.place().broker()));
            }
            for (SendError error : clients.errors()) {
                events.add(event(
                        error.at(),
                        error.message().producer(),
                        error.text().contains(NO_ROUTE) ? "finds no queue to write" : "gets no answer"));
            }
            for (Received received : clients.received()) {
                events.add(event(
                        received.at(),
                        received.member(),
                        "receives from " + received.place().broker()));
            }
            return events;
        }
    }

    private static ClientEvent event(Instant at, String client, String what) {
        return new ClientEvent(since(at), client, what);
    }

    @Override
    public void close() {
        writers.values().forEach(ClusterWriter::close);
    }
}
