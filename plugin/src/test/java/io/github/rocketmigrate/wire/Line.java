package io.github.rocketmigrate.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** One connection of a client and the one to its server, between which frames can be held up or lost. */
final class Line {
    private final Wire wire;
    private final Wire.Server server;
    private final Socket client;
    private final Socket upstream;
    private final Map<Integer, Passing> awaited = new ConcurrentHashMap<>();
    private final List<Thread> held = new CopyOnWriteArrayList<>();

    /** What becomes of a frame. */
    interface Passing {
        void pass(Frame frame) throws IOException;
    }

    Line(Wire wire, Wire.Server server, Socket client, Socket upstream) {
        this.wire = wire;
        this.server = server;
        this.client = client;
        this.upstream = upstream;
    }

    Wire.Server server() {
        return server;
    }

    void toServer(Frame frame) throws IOException {
        send(frame, upstream);
    }

    void toClient(Frame frame) throws IOException {
        send(frame, client);
    }

    /** Passes a request on, but leaves its answer to {@code answered}. */
    void toServer(Frame request, Passing answered) throws IOException {
        awaited.put(request.opaque(), answered);
        toServer(request);
    }

    /** Goes on with {@code then} after {@code first}; meanwhile other frames pass. */
    void holding(Wire.Work first, Wire.Work then) throws IOException {
        held.add(wire.start(() -> {
            try {
                first.run();
            } catch (Throwable e) {
                wire.failed(e);
                cut();
                return;
            }
            then.run();
        }));
    }

    /** Closes both connections, whatever is under way. */
    void cut() throws IOException {
        client.close();
        upstream.close();
    }

    void pumpRequests(UnaryOperator<byte[]> readdress, Passing requests) throws Exception {
        pump(client, upstream, readdress, requests);
    }

    void pumpAnswers(UnaryOperator<byte[]> readdress) throws Exception {
        pump(upstream, client, readdress, frame -> {
            Passing answered = frame.isAnswer() ? awaited.remove(frame.opaque()) : null;
            if (answered == null) {
                toClient(frame);
            } else {
                answered.pass(frame);
            }
        });
    }

    private void pump(Socket from, Socket to, UnaryOperator<byte[]> change, Passing passing) throws Exception {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
            while (true) {
                passing.pass(Frame.read(in, change));
            }
        } catch (IOException ended) {
            // What is still held is passed on, even if its sender is gone by now.
            for (Thread frame : held) {
                frame.join();
            }
            to.shutdownOutput();
        } catch (RuntimeException e) {
            cut();
            throw e;
        }
    }

    /** In one go, for several threads send. */
    private static void send(Frame frame, Socket to) throws IOException {
        synchronized (to) {
            to.getOutputStream().write(frame.whole());
        }
    }
}
