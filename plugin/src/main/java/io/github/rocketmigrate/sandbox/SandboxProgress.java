package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Receives the progress of a sandbox, so that users see what takes long. */
public interface SandboxProgress {
    /** The remains of an earlier sandbox, some of whose servers had ended, were removed. */
    void removedStale(List<Sandbox.Ended> ended);

    /** The jars of this release are being resolved, which downloads them at the first time. */
    void resolving(ServerVersion version);

    /** So many files of a release have been downloaded so far; called for each file. */
    void downloading(int files, long bytes);

    /** All files of a release that were missing have been downloaded. */
    void downloaded(int files, long bytes);

    /** The servers start. */
    void starting(int nameServers, int brokers);

    /** A server or the shop does not answer yet; called many times a second. */
    void waiting(String server, Duration after);

    /** A server answers. */
    void up(String server, String kind, String address, Duration after);

    /** The shop's topics, groups and messages are in the source. */
    void seeded(int topics, int groups, int messages, Duration after);

    /** The shop's applications run and use the name servers of this side. */
    void trafficRuns(Side endpoint, Duration after);

    /** The shop's applications stop sending and consume the remaining messages. */
    void trafficEnds();

    /** The shop's applications have ended and counted their messages. */
    void counted(ShopTally tally);

    /** The log of the shop's applications was kept, because not every message was sent and received in order. */
    void shopLogKept(Path log);

    /** The shop's applications ended too early or did not end in time, so there is no tally. */
    void trafficIsLost(String lastLines);
}
