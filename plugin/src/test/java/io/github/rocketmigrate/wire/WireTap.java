package io.github.rocketmigrate.wire;

import io.github.rocketmigrate.sandbox.Endpoints;
import java.io.IOException;
import java.util.SortedMap;

/** Stands between a client and all servers of a sandbox, and writes down the code of every request that goes by. */
public final class WireTap implements AutoCloseable {
    private final Wire wire;

    public WireTap(Endpoints real) throws IOException {
        wire = new Wire(real, Line::toServer);
    }

    /** The sandbox, with all its addresses tapped. */
    public Endpoints endpoints() {
        return wire.endpoints();
    }

    /** How often each code went by since the last call. */
    public SortedMap<Integer, Integer> codes() {
        return wire.codes();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
