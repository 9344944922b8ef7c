package io.github.rocketmigrate.mojo;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.report.SandboxText;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.SandboxProgress;
import io.github.rocketmigrate.sandbox.ShopTally;
import io.github.rocketmigrate.text.Counts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Overwrites one line of a terminal with what is being downloaded or waited for, between the lines that stay. */
final class LiveSandboxProgress implements SandboxProgress {
    private static final String START_OF_LINE = "\r";
    private static final String ERASE = "\u001B[K";

    private final SandboxProgress lines;
    private final Consumer<String> screen;
    private String shown = "";

    /**
     * Decorates the lines that stay.
     *
     * @param screen gets what overwrites the last line of the terminal
     */
    LiveSandboxProgress(SandboxProgress lines, Consumer<String> screen) {
        this.lines = requireNonNull(lines, "lines is null");
        this.screen = requireNonNull(screen, "screen is null");
    }

    private synchronized void show(String text) {
        if (!text.equals(shown)) {
            screen.accept(START_OF_LINE + text + ERASE);
            shown = text;
        }
    }

    private SandboxProgress lines() {
        show("");
        return lines;
    }

    @Override
    public void downloading(int files, long bytes) {
        show("  downloading: " + Counts.of(files, "file") + ", " + SandboxText.megabytes(bytes));
    }

    @Override
    public void waiting(String server, Duration after) {
        show("  waiting for " + server + ": " + after.toSeconds() + " s");
    }

    @Override
    public void removedStale(List<Sandbox.Ended> ended) {
        lines().removedStale(ended);
    }

    @Override
    public void resolving(ServerVersion version) {
        lines().resolving(version);
    }

    @Override
    public void downloaded(int files, long bytes) {
        lines().downloaded(files, bytes);
    }

    @Override
    public void starting(int nameServers, int brokers) {
        lines().starting(nameServers, brokers);
    }

    @Override
    public void up(String server, String kind, String address, Duration after) {
        lines().up(server, kind, address, after);
    }

    @Override
    public void seeded(int topics, int groups, int messages, Duration after) {
        lines().seeded(topics, groups, messages, after);
    }

    @Override
    public void trafficRuns(Side endpoint, Duration after) {
        lines().trafficRuns(endpoint, after);
    }

    @Override
    public void trafficEnds() {
        lines().trafficEnds();
    }

    @Override
    public void counted(ShopTally tally) {
        lines().counted(tally);
    }

    @Override
    public void shopLogKept(Path log) {
        lines().shopLogKept(log);
    }

    @Override
    public void trafficIsLost(String lastLines) {
        lines().trafficIsLost(lastLines);
    }
}
