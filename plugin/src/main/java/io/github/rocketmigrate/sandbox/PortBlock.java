package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ten adjacent ports of this machine, reserved for one server.
 *
 * <p>A broker with listenPort N also listens on N-2 (for old clients) and N+1 (for its slaves), so ports are reserved in
 * blocks. The first port of a block is its latch: it stays bound until all servers of the sandbox listen, so that two
 * sandboxes that start at the same time never choose the same block.
 */
final class PortBlock implements AutoCloseable {
    // Below the ports that Linux (from 32768) and macOS (from 49152) use for outgoing connections.
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
                "No block of free ports was found between " + FIRST + " and " + (FIRST + SIZE * BLOCKS) + " in " + TRIES
                        + " attempts.",
                "Stop programs that use these ports; `mvn migrate:sandbox-stop` stops the sandbox of this project.");
    }

    /** Reserves the block that begins at {@code first}, unless one of its ports is in use. */
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

    /** The server's listenPort. */
    int listenPort() {
        return latch.getLocalPort() + LISTEN;
    }

    /** Releases the latch, because the server's own sockets now keep others away. */
    @Override
    public void close() {
        try {
            latch.close();
        } catch (IOException e) {
            throw new Fault(
                    "Port " + latch.getLocalPort() + " could not be released: " + e.getMessage(), "Run again.", e);
        }
    }
}
