package io.github.rocketmigrate.wire;

import io.github.rocketmigrate.sandbox.Endpoints;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Stands between a client and all servers of a sandbox, and lets something go wrong at exactly the request that a test
 * names.
 *
 * <pre>
 * wire.on(17).with("topic", "orders").at("destination-a").cutAfter();
 * </pre>
 */
public final class FaultyWire implements AutoCloseable {
    private final List<Occasion> occasions = new CopyOnWriteArrayList<>();
    private final Wire wire;

    /** What a test does at a moment that it chose. */
    public interface Action {
        void run() throws Exception;
    }

    public FaultyWire(Endpoints real) throws IOException {
        wire = new Wire(real, this::pass);
    }

    /** The sandbox, with all its addresses behind this wire. */
    public Endpoints endpoints() {
        return wire.endpoints();
    }

    /** How often each code was sent since the last call, whether or not it reached a server. */
    public SortedMap<Integer, Integer> codes() {
        return wire.codes();
    }

    /**
     * The next request with this code, unless the {@link Occasion} is described more closely. Where several faults
     * could take a request, the one that was set up first does.
     */
    public Occasion on(int code) {
        return new Occasion(code, Wire.servers(wire.endpoints()), occasions::add);
    }

    /**
     * The next request that changes something, if {@code isMeant} of its words: what it is, where it goes and what it is
     * about, such as {@code TOPIC at destination-a: topic orders, perm 4}.
     */
    public Occasion onWrite(Predicate<String> isMeant) {
        return new Occasion(isMeant, Wire.servers(wire.endpoints()), occasions::add);
    }

    /** The faults whose request has not come by yet, in words. */
    public List<String> unfired() {
        return occasions.stream()
                .filter(occasion -> !occasion.isFired())
                .map(Occasion::toString)
                .toList();
    }

    /** Takes back all faults; those that are under way go on. */
    public void repair() {
        occasions.clear();
    }

    private void pass(Line line, Frame request) throws IOException {
        Optional<Occasion> due = due(line, request);
        if (due.isPresent()) {
            due.get().take(line, request);
        } else {
            line.toServer(request);
        }
    }

    /** One at a time, so that of requests that come at once one only is the n-th. */
    private synchronized Optional<Occasion> due(Line line, Frame request) {
        // All of them count it, and one of them takes it.
        List<Occasion> meant = occasions.stream()
                .filter(occasion -> occasion.isMeant(line.server(), request))
                .toList();
        return meant.stream().filter(Occasion::isDue).findFirst();
    }

    /** Ends everything, what is held up as well, and throws what went wrong in an {@link Action}. */
    @Override
    public void close() throws IOException {
        wire.close();
    }
}
