package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/**
 * A server that answers RocketMQ requests as a test scripts it, one connection's requests one after the other.
 *
 * <p>It takes every connection: RocketMQ's client opens a second one if the first is made between its two questions
 * whether it is.
 */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<CompletableFuture<Void>> connections = new ArrayList<>();
    private final CompletableFuture<Void> accepted;

    private ScriptedServer(ServerSocket listener, UnaryOperator<RemotingCommand> script) {
        this.listener = requireNonNull(listener, "listener is null");
        this.accepted = inBackground(() -> accept(script));
    }

    static ScriptedServer start(UnaryOperator<RemotingCommand> script) throws IOException {
        return new ScriptedServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), script);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private static CompletableFuture<Void> inBackground(Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task, "scripted-server").start());
    }

    private void accept(UnaryOperator<RemotingCommand> script) {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.add(inBackground(() -> serve(socket, script)));
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void serve(Socket connection, UnaryOperator<RemotingCommand> script) {
        try (Socket socket = connection;
                DataInputStream requests = new DataInputStream(socket.getInputStream())) {
            for (byte[] frame = next(requests); frame.length > 0; frame = next(requests)) {
                RemotingCommand request = RemotingCommand.decode(ByteBuffer.wrap(frame));
                RemotingCommand answer = script.apply(request);
                answer.setOpaque(request.getOpaque());
                answer.markResponseType();
                ByteBuffer bytes = answer.encode();
                socket.getOutputStream().write(bytes.array(), bytes.arrayOffset(), bytes.limit());
            }
        } catch (IOException | RemotingCommandException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One frame without its length; empty at the end of the connection. */
    private static byte[] next(DataInputStream requests) throws IOException {
        try {
            byte[] frame = new byte[requests.readInt()];
            requests.readFully(frame);
            return frame;
        } catch (EOFException e) {
            return new byte[0];
        }
    }

    /** Waits for the end of all connections, which the client must have closed. */
    @Override
    public void close() throws Exception {
        listener.close();
        accepted.get(1, TimeUnit.MINUTES);
        for (CompletableFuture<Void> connection : connections) {
            connection.get(1, TimeUnit.MINUTES);
        }
    }
}
