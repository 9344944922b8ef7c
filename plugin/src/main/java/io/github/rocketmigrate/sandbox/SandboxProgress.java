package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.List;

/** Hears what a sandbox is doing while it starts. */
public interface SandboxProgress {
    /** An earlier sandbox of this folder, none or not all of whose servers were alive, was removed. */
    void removedStale(List<Sandbox.Ended> ended);

    /** The jars of this release are being resolved, which downloads them the first time. */
    void resolving(ServerVersion version);

    /** A server answers. */
    void up(String server, String kind, String address, Duration after);

    /** The shop's topics, groups and messages are in the source. */
    void seeded(int topics, int groups, int messages, Duration after);

    /** The shop's applications run, and know the name servers of this side. */
    void trafficRuns(Side endpoint, Duration after);

    /** The shop's applications send nothing more, and consume what is left. */
    void trafficEnds();

    /** The shop's applications have ended before their time, or do not come to an end: nobody knows of their messages. */
    void trafficIsLost(String lastLines);
}
