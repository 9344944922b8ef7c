package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records the steps of a start for assertions. */
public final class QuietProgress implements SandboxProgress {
    final List<String> servers = new ArrayList<>();
    final List<String> lost = new ArrayList<>();
    boolean isTrafficEnding;
    final List<ShopTally> tallies = new ArrayList<>();
    final List<String> stale = new ArrayList<>();

    @Override
    public void removedStale(List<Sandbox.Ended> ended) {
        stale.add("removed");
        ended.forEach(it -> stale.add(it.server()));
    }

    @Override
    public void resolving(ServerVersion version) {}

    @Override
    public void downloading(int files, long bytes) {}

    @Override
    public void downloaded(int files, long bytes) {}

    @Override
    public void starting(int nameServers, int brokers) {}

    @Override
    public void waiting(String server, Duration after) {}

    @Override
    public void up(String server, String kind, String address, Duration after) {
        servers.add(server);
    }

    @Override
    public void seeded(int topics, int groups, int messages, Duration after) {}

    @Override
    public void trafficRuns(Side endpoint, Duration after) {}

    @Override
    public void trafficEnds() {
        isTrafficEnding = true;
    }

    @Override
    public void counted(ShopTally tally) {
        tallies.add(tally);
    }

    @Override
    public void shopLogKept(Path log) {}

    @Override
    public void trafficIsLost(String lastLines) {
        lost.add(lastLines);
    }
}
