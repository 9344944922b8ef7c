package io.github.rocketmigrate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a client and all servers of a sandbox, and writes down the code of every request that goes by.
 *
 * <p>It shares no code with the client: it reads the frames themselves, and puts its own addresses in place of the
 * brokers' where a name server tells them.
 */
public final class WireTap implements AutoCloseable {
    private static final Pattern CODE = Pattern.compile("\"code\":(\\d+)");
    private static final int LENGTH_OF_HEADER = 0x00FF_FFFF;

    private final Map<String, String> taps = new HashMap<>();
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final SortedMap<Integer, Integer> codes = new TreeMap<>();
    private final Endpoints real;

    /** A frame of the protocol: what comes after its length. */
    private interface Frames {
        byte[] seen(byte[] frame);
    }

    public WireTap(Endpoints real) throws IOException {
        this.real = real;
        for (Side side : Side.values()) {
            listen(real.cluster(side).nameServers());
            for (String broker : real.cluster(side).brokers().values()) {
                listen(broker);
            }
        }
    }

    private void listen(String server) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listeners.add(listener);
        String tap = "127.0.0.1:" + listener.getLocalPort();
        if (tap.length() != server.length()) {
            throw new IllegalStateException(tap + " cannot take the place of " + server + " in a frame");
        }
        taps.put(server, tap);
        start(() -> {
            while (true) {
                connect(listener.accept(), server);
            }
        });
    }

    private void connect(Socket client, String server) throws IOException {
        int colon = server.indexOf(':');
        Socket upstream = new Socket(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
        sockets.add(client);
        sockets.add(upstream);
        start(() -> pump(client, upstream, this::note));
        start(() -> pump(upstream, client, this::readdress));
    }

    private static void pump(Socket from, Socket to, Frames frames) throws IOException {
        DataInputStream in = new DataInputStream(from.getInputStream());
        DataOutputStream out = new DataOutputStream(to.getOutputStream());
        try {
            while (true) {
                byte[] frame = new byte[in.readInt()];
                in.readFully(frame);
                byte[] passed = frames.seen(frame);
                out.writeInt(passed.length);
                out.write(passed);
                out.flush();
            }
        } catch (EOFException closed) {
            to.shutdownOutput();
        }
    }

    private byte[] note(byte[] frame) {
        int length = ((frame[1] & 0xFF) << 16 | (frame[2] & 0xFF) << 8 | (frame[3] & 0xFF)) & LENGTH_OF_HEADER;
        Matcher code = CODE.matcher(new String(frame, 4, length, UTF_8));
        if (!code.find()) {
            throw new IllegalStateException("a request without a code");
        }
        synchronized (codes) {
            codes.merge(Integer.parseInt(code.group(1)), 1, Integer::sum);
        }
        return frame;
    }

    private byte[] readdress(byte[] frame) {
        // One byte is one character here, so that nothing else changes.
        String text = new String(frame, ISO_8859_1);
        for (Map.Entry<String, String> tap : taps.entrySet()) {
            text = text.replace(tap.getKey(), tap.getValue());
        }
        return text.getBytes(ISO_8859_1);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (SocketException closed) {
                // The tap or one of its ends was closed.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** The sandbox, with all its addresses tapped. */
    public Endpoints endpoints() {
        Map<Side, Endpoints.Cluster> clusters = new EnumMap<>(Side.class);
        real.clusters()
                .forEach((side, cluster) -> clusters.put(
                        side,
                        new Endpoints.Cluster(
                                cluster.name(),
                                cluster.version(),
                                taps.get(cluster.nameServers()),
                                cluster.brokers())));
        return new Endpoints(clusters, real.acl());
    }

    /** How often each code went by since the last call. */
    public SortedMap<Integer, Integer> codes() {
        synchronized (codes) {
            SortedMap<Integer, Integer> seen = new TreeMap<>(codes);
            codes.clear();
            return seen;
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket listener : listeners) {
            listener.close();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
