package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ten neighbouring ports of this machine, for one server.
 *
 * <p>A broker takes the port that it is given, the second below (for old clients) and the next above (for its
 * slaves), so ports are handed out in blocks. The first port of a block is its latch: whoever starts a server keeps
 * it bound until all servers of its sandbox are up, so that two sandboxes that start side by side never pick the same.
 */
final class PortBlock implements AutoCloseable {
    // Below the range from which Linux (32768) and macOS (49152) take the ports of outgoing connections.
    private static final int FIRST = 20_000;
    private static final int BLOCKS = 1_200;
    private static final int SIZE = 10;
    private static final int LISTEN = 5;
    private static final int[] USED = {LISTEN - 2, LISTEN, LISTEN + 1};
    private static final int TRIES = 200;

    private final ServerSocket latch;

    private PortBlock(ServerSocket latch) {
        this.latch = latch;
    }

    static PortBlock reserve() {
        for (int i = 0; i < TRIES; i++) {
            int first = FIRST + SIZE * ThreadLocalRandom.current().nextInt(BLOCKS);
            Optional<PortBlock> block = reserve(first);
            if (block.isPresent()) {
                return block.get();
            }
        }
        throw new Fault(
                "No three neighbouring free ports found between " + FIRST + " and " + (FIRST + SIZE * BLOCKS)
                        + " after " + TRIES + " tries.",
                "Stop programs that listen there; `mvn migrate:sandbox-stop` ends a sandbox of this project.");
    }

    /** The block that begins at {@code first}, unless one of its ports is taken. */
    static Optional<PortBlock> reserve(int first) {
        try {
            ServerSocket latch = bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), first));
            if (isFree(first)) {
                return Optional.of(new PortBlock(latch));
            }
            latch.close();
            return Optional.empty();
        } catch (IOException taken) {
            return Optional.empty();
        }
    }

    private static boolean isFree(int first) {
        for (int offset : USED) {
            try (ServerSocket probe = bind(new InetSocketAddress(first + offset))) {
                probe.getLocalPort();
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    private static ServerSocket bind(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(false);
            socket.bind(address, 1);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The port that the server is told to listen on. */
    int listenPort() {
        return latch.getLocalPort() + LISTEN;
    }

    /** Gives up the latch: from here on the server's own sockets keep others away. */
    @Override
    public void close() {
        try {
            latch.close();
        } catch (IOException e) {
            throw new Fault("Port " + latch.getLocalPort() + " cannot be released: " + e.getMessage(), "Run again.", e);
        }
    }
}
