package io.github.rocketmigrate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Stands between a client and all servers of a sandbox: what a {@link WireTap} and a {@link FaultyWire} have in common.
 *
 * <p>It puts its own addresses in place of the servers' where a server tells them, and the servers' own where a client
 * tells a server of another: whoever is to register with a name server does so without the wire.
 */
final class Wire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Endpoints real;
    private final Requests requests;
    private final Map<String, String> taps = new HashMap<>();
    private final Map<String, String> servers = new HashMap<>();
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final SortedMap<Integer, Integer> codes = new TreeMap<>();
    // What follows is guarded by this.
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean closed;

    /** Who decides what becomes of each request. */
    interface Requests {
        void pass(Line line, Frame request) throws IOException;
    }

    /** What a thread of the wire does. */
    interface Work {
        void run() throws Exception;
    }

    /** A broker by its name, or a name server: {@code source-nameserver}. */
    record Server(Side side, String name, String address) {
        Socket connect() throws IOException {
            int colon = address.indexOf(':');
            return new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        }
    }

    Wire(Endpoints real, Requests requests) throws IOException {
        this.real = real;
        this.requests = requests;
        List<Server> all = servers(real);
        // All addresses are known before the first frame goes by.
        for (Server server : all) {
            listeners.add(listener(server));
        }
        for (int i = 0; i < all.size(); i++) {
            Server server = all.get(i);
            ServerSocket listener = listeners.get(i);
            start(() -> {
                while (true) {
                    connect(listener.accept(), server);
                }
            });
        }
    }

    static List<Server> servers(Endpoints endpoints) {
        List<Server> servers = new ArrayList<>();
        for (Side side : Side.values()) {
            Endpoints.SandboxCluster cluster = endpoints.cluster(side);
            servers.add(new Server(side, side.word() + "-nameserver", cluster.nameServers()));
            cluster.brokers().forEach((name, address) -> servers.add(new Server(side, name, address)));
        }
        return servers;
    }

    private ServerSocket listener(Server server) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        String tap = "127.0.0.1:" + listener.getLocalPort();
        if (tap.length() != server.address().length()) {
            throw new IllegalStateException(tap + " cannot take the place of " + server.address() + " in a frame");
        }
        taps.put(server.address(), tap);
        servers.put(tap, server.address());
        return listener;
    }

    private void connect(Socket client, Server server) throws IOException {
        keep(client);
        try {
            Socket upstream = server.connect();
            keep(upstream);
            Line line = new Line(this, server, client, upstream);
            start(() -> line.pumpRequests(this::addressBack, frame -> request(line, frame)));
            start(() -> line.pumpAnswers(this::readdress));
        } catch (ConnectException down) {
            // The server may come back, so the next client is let in again.
            client.close();
        }
    }

    private void request(Line line, Frame frame) throws IOException {
        if (frame.isAnswer()) {
            // Brokers ask their clients, too.
            line.toServer(frame);
            return;
        }
        synchronized (codes) {
            codes.merge(frame.code(), 1, Integer::sum);
        }
        requests.pass(line, frame);
    }

    private byte[] readdress(byte[] frame) {
        return replace(frame, taps);
    }

    private byte[] addressBack(byte[] frame) {
        return replace(frame, servers);
    }

    private static byte[] replace(byte[] frame, Map<String, String> addresses) {
        // One byte is one character here, so that nothing else changes.
        String text = new String(frame, ISO_8859_1);
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            text = text.replace(address.getKey(), address.getValue());
        }
        return text.getBytes(ISO_8859_1);
    }

    private synchronized void keep(Socket socket) throws IOException {
        if (closed) {
            socket.close();
            throw new SocketException("The wire is closed.");
        }
        sockets.add(socket);
    }

    /** Starts a thread, which is interrupted when the wire is closed. */
    synchronized Thread start(Work work) throws SocketException {
        if (closed) {
            throw new SocketException("The wire is closed.");
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (SocketException ended) {
                        // The wire or one of its ends was closed.
                    } catch (Throwable e) {
                        failed(e);
                    }
                },
                "wire");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Remembers, until the wire is closed, what went wrong that was not meant to. */
    synchronized void failed(Throwable failure) {
        if (!closed) {
            failures.add(failure);
        }
    }

    /** The sandbox, with all its addresses tapped. */
    Endpoints endpoints() {
        Map<Side, Endpoints.SandboxCluster> clusters = new EnumMap<>(Side.class);
        real.clusters().forEach((side, cluster) -> {
            Map<String, String> brokers = new TreeMap<>(cluster.brokers());
            brokers.replaceAll((name, address) -> taps.get(address));
            clusters.put(
                    side,
                    new Endpoints.SandboxCluster(
                            cluster.name(), cluster.version(), taps.get(cluster.nameServers()), brokers));
        });
        return new Endpoints(clusters, real.acl());
    }

    /** How often each code went by since the last call. */
    SortedMap<Integer, Integer> codes() {
        synchronized (codes) {
            SortedMap<Integer, Integer> seen = new TreeMap<>(codes);
            codes.clear();
            return seen;
        }
    }

    /** Ends everything, and throws what went wrong meanwhile. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
        }
        // From here on nothing is added to these lists.
        for (ServerSocket listener : listeners) {
            listener.close();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            Uninterruptibles.joinUninterruptibly(thread, PATIENCE);
            if (thread.isAlive()) {
                failures.add(new IllegalStateException("a thread of the wire does not end"));
            }
        }
        if (!failures.isEmpty()) {
            IllegalStateException all = new IllegalStateException("Something went wrong on the wire.", failures.get(0));
            failures.stream().skip(1).forEach(all::addSuppressed);
            throw all;
        }
    }
}
