package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.SandboxProgress;
import io.github.rocketmigrate.sandbox.SandboxState;
import io.github.rocketmigrate.sandbox.Shop;
import io.github.rocketmigrate.sandbox.ShopTally;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.text.Wrapped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints the start of a sandbox step by step, its clusters while it runs, and its end.
 *
 * <p>Longer than 300 lines: it has a method for each thing that happens to a sandbox.
 */
public final class SandboxText implements SandboxProgress {
    private static final String UP = "  %-22s  %-11s  %-15s  ";

    private static final int KIND = "  consumers  ".length();

    private final Terminal terminal;

    public SandboxText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    @Override
    public void removedStale(List<Sandbox.Ended> ended) {
        terminal.line("Removed the remains of an earlier sandbox"
                + (ended.isEmpty() ? "." : "; ended " + names(ended) + "."));
    }

    @Override
    public void resolving(ServerVersion version) {
        terminal.line("Resolving RocketMQ " + version + " (downloaded the first time)");
    }

    @Override
    public void downloading(int files, long bytes) {}

    @Override
    public void downloaded(int files, long bytes) {
        terminal.line("  downloaded " + Counts.of(files, "file") + ", " + megabytes(bytes));
    }

    @Override
    public void starting(int nameServers, int brokers) {
        terminal.line("Starting " + Counts.of(nameServers, "name server") + " and " + Counts.of(brokers, "broker")
                + ", each a process of its own");
    }

    @Override
    public void waiting(String server, Duration after) {}

    /** {@code 43.1 MB}. */
    public static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    @Override
    public void up(String server, String kind, String address, Duration after) {
        terminal.line(UP.formatted(server, kind, address) + done("up", after));
    }

    @Override
    public void seeded(int topics, int groups, int messages, Duration after) {
        String what = Counts.of(topics, "topic") + ", " + Counts.of(groups, "group") + ", "
                + String.format(Locale.ROOT, "%,d ", messages) + Counts.noun(messages, "message");
        terminal.line("  shop  " + what + "  " + done("written", after));
    }

    @Override
    public void trafficRuns(Side endpoint, Duration after) {
        terminal.line("  shop  clients at " + endpoint.word() + "  " + done("running", after));
    }

    @Override
    public void trafficEnds() {
        terminal.line("The shop has stopped sending and consumes its unread messages.");
    }

    @Override
    public void trafficIsLost(String lastLines) {
        terminal.warning("The shop ended early, so its messages could not be counted. Its last lines:");
        lastLines.lines().map(Printable::of).forEach(terminal::warning);
    }

    @Override
    public void shopLogKept(Path log) {
        terminal.line("The log of the shop is kept: " + log);
        terminal.line("");
    }

    /**
     * Prints both clusters with their addresses and users. Clusters that were just started for a build have been printed
     * server by server.
     *
     * @param stop how the user stops them; empty if they end with the build
     */
    public void running(SandboxReport report, Optional<String> stop) {
        terminal.line("");
        terminal.line(terminal.strong(state(report, stop)));
        if (stop.isPresent() || report.wasRunning()) {
            clusters(report);
        }
        report.endpoints().admin().ifPresent(admin -> entry("Users:", admin.accessKey() + " / " + admin.secretKey()));
        report.endpoints()
                .reader()
                .ifPresent(reader -> entry("", reader.accessKey() + " / " + reader.secretKey() + " (read only)"));
        entry("Addresses:", report.folder().resolve(Endpoints.FILE).toString());
        stop.ifPresent(command -> {
            entry("In a plan:", "${migrate.sandbox.source.nameServers} and so on");
            entry("Stop it:", command);
        });
    }

    /**
     * Prints what to do with clusters that stay.
     *
     * @param file the plan's file as the user names it
     * @param isThere whether it exists
     */
    public void planNext(String file, boolean isThere) {
        terminal.line("");
        new Layout(terminal).next(NextStep.afterStart(new Invocation(file, Selection.ALL), isThere));
    }

    private static String state(SandboxReport report, Optional<String> stop) {
        if (!report.restarted().isEmpty()) {
            return "The sandbox was running already, without " + String.join(", ", report.restarted())
                    + ". It is whole again.";
        }
        return report.wasRunning()
                ? "The sandbox was running already; nothing was changed."
                : "The sandbox is running (" + seconds(report.took()) + ")"
                        + (stop.isPresent() ? "." : ", and ends with this build.");
    }

    private void clusters(SandboxReport report) {
        terminal.line("");
        Table table = new Table().row("CLUSTER", "VERSION", "NAME SERVER", "BROKERS", "TOPICS", "GROUPS");
        for (Side side : Side.values()) {
            Metadata overview = report.clusters().get(side);
            // The name says the side. Another column would not fit into a narrow terminal.
            table.row(
                    overview.cluster(),
                    overview.versions().stream().map(ServerVersion::toString).collect(joining(", ")),
                    report.endpoints().cluster(side).nameServers(),
                    overview.brokers().size(),
                    overview.topics().size(),
                    overview.groups().size());
        }
        table.lines().forEach(line -> terminal.line("  " + line));
        terminal.line("");
    }

    private void entry(String name, String text) {
        terminal.line("  %-10s  %s".formatted(name, text));
    }

    /** Prints which servers ended, or why none did. */
    public void stopped(Sandbox.Stopped stopped, Path folder) {
        if (stopped.kept()) {
            terminal.line("The sandbox in " + folder + " was started separately.");
            terminal.line("It keeps running. Stop it: mvn migrate:sandbox-stop");
        } else if (!stopped.ended().isEmpty()) {
            terminal.line(terminal.strong("The sandbox is stopped."));
            Wrapped.lines("Ended " + names(stopped.ended()) + ".", terminal.width())
                    .forEach(terminal::line);
        } else {
            terminal.line("No sandbox is running in " + folder + ".");
            if (stopped.cleared()) {
                terminal.line("Removed the remains of an earlier one.");
            }
            terminal.line("Start one: mvn migrate:sandbox-start");
        }
    }

    /** Prints what the owner of the build suggests after a tally without losses. */
    public void next(String text) {
        terminal.line("");
        terminal.line(terminal.strong("What to try next"));
        text.strip().lines().forEach(line -> terminal.line(line.isBlank() ? "" : "  " + line.stripTrailing()));
    }

    @Override
    public void counted(ShopTally tally) {
        new TallyText(terminal).print(tally);
    }

    /** Why a tally is not good. */
    public static String problem(ShopTally tally) {
        List<String> problems = new ArrayList<>();
        if (tally.lost() > 0) {
            problems.add("were lost");
        }
        if (tally.late() > 0) {
            problems.add("arrived out of order");
        }
        if (tally.unread() > 0) {
            problems.add("were not read");
        }
        return "Messages of the shop " + String.join(", and ", problems) + ".";
    }

    /** Prints which applications were restarted, and what they use now. */
    public void switched(List<String> restarted, Side side) {
        String endpoint = "the " + side.word() + "'s name servers";
        if (restarted.isEmpty()) {
            terminal.line("These applications already use " + endpoint + "; none was restarted.");
            return;
        }
        applications(restarted);
        terminal.line(terminal.good("Restarted") + "; they use " + endpoint + " now.");
    }

    /**
     * Prints which applications were stopped.
     *
     * @param start the command that starts them again
     */
    public void offline(List<String> stopped, String start) {
        if (stopped.isEmpty()) {
            terminal.line("These applications are offline already.");
        } else {
            applications(stopped);
            terminal.line(terminal.strong("Stopped") + "; they are offline until you start them again:");
            terminal.line("  " + start);
        }
    }

    /** Prints which applications were started again. */
    public void online(List<String> started) {
        if (started.isEmpty()) {
            terminal.line("These applications are not offline; none was started.");
        } else {
            applications(started);
            terminal.line(terminal.good("Started") + " with the name servers that they had.");
        }
    }

    private void applications(List<String> names) {
        switched("consumers", names.stream().filter(Shop.consumers()::contains).toList());
        switched("producers", names.stream().filter(Shop.producers()::contains).toList());
    }

    private void switched(String kind, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        String label = kind;
        for (String line : Wrapped.lines(String.join(", ", names), terminal.width() - KIND)) {
            terminal.line(("  %-" + (KIND - 2) + "s").formatted(label) + line);
            label = "";
        }
    }

    /** Prints that one server was killed, and how to start it again. */
    public void serverStopped(String server, boolean wasAlive) {
        terminal.line(
                wasAlive
                        ? terminal.strong(server + " is stopped, as if its machine had failed.")
                        : server + " was stopped already.");
        terminal.line("Start it again, with its data and its address:");
        terminal.line("  mvn migrate:sandbox-start-server -Dmigrate.sandbox.server=" + server);
    }

    /** Names the servers without which a sandbox runs; nothing for a whole one. */
    public void incomplete(SandboxState state) {
        if (state.isWhole()) {
            return;
        }
        terminal.warning("The sandbox runs without " + String.join(", ", state.down()) + ". Start again:");
        for (String server : state.down()) {
            terminal.warning(
                    server.equals(Shop.NAME)
                            ? "  mvn migrate:sandbox-start -Dmigrate.sandbox.traffic=true (replaces the sandbox)"
                            : "  mvn migrate:sandbox-start-server -Dmigrate.sandbox.server=" + server);
        }
    }

    public void serverStarted(String server, boolean wasDown) {
        terminal.line(wasDown ? terminal.strong(server + " is running again.") : server + " was running already.");
    }

    private String done(String word, Duration after) {
        return terminal.good(word) + " after " + seconds(after);
    }

    private static String names(List<Sandbox.Ended> ended) {
        return String.join(", ", ended.stream().map(Sandbox.Ended::server).toList());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
