package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** A server for one connection that answers RocketMQ requests as a test scripts it, one after the other. */
final class ScriptedServer implements AutoCloseable {
    private static final int ACCEPT_MILLIS = 10_000;

    private final ServerSocket listener;
    private final CompletableFuture<Void> served;

    private ScriptedServer(ServerSocket listener, UnaryOperator<RemotingCommand> script) {
        this.listener = requireNonNull(listener, "listener is null");
        this.served = CompletableFuture.runAsync(() -> serve(script));
    }

    static ScriptedServer start(UnaryOperator<RemotingCommand> script) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(ACCEPT_MILLIS);
        return new ScriptedServer(listener, script);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private void serve(UnaryOperator<RemotingCommand> script) {
        try (Socket socket = listener.accept();
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

    /** Waits for the end of the connection, which the client must have closed. */
    @Override
    public void close() throws Exception {
        served.get(1, TimeUnit.MINUTES);
        listener.close();
    }
}
