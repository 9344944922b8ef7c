package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets servers of the source register with the destination's name servers too, or with their own only: one first, and
 * the others when every name server shows that it has come to pass.
 */
final class Registrar {
    private static final String NAME_SERVERS = "namesrvAddr";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** A name server forgets a server later than that has stopped registering. */
    private static final Duration MORE_TO_BE_FORGOTTEN = Duration.ofMinutes(1);

    private final ClusterWriter source;
    private final ClusterReader destination;
    private final Map<String, Server> servers;
    private final Sender sender;
    private final Patience patience;
    private final ApplyProgress progress;
    private final Stopping stopping;

    Registrar(
            ClusterWriter source,
            ClusterReader destination,
            Map<String, Server> servers,
            Sender sender,
            Stopping stopping,
            Patience patience,
            ApplyProgress progress) {
        this.source = requireNonNull(source, "source is null");
        this.destination = requireNonNull(destination, "destination is null");
        this.servers = Map.copyOf(servers);
        this.sender = requireNonNull(sender, "sender is null");
        this.stopping = requireNonNull(stopping, "stopping is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** A server on its way from one list of name servers to another. */
    private record Turn(Change change, Server server, String before, String after, boolean joins) {
        boolean isDone(List<NameServer> nameServers) {
            return joins
                    ? nameServers.stream().allMatch(it -> it.lists(server))
                    : nameServers.stream().noneMatch(it -> it.lists(server));
        }

        String words() {
            return "broker " + server.name() + (joins ? " to be listed by " : " to be gone from ");
        }
    }

    /** Makes these changes, and says what has become of each; a {@link Halt} says that the rest was not tried. */
    List<Applied> make(List<Change> changes, List<Applied> ended) throws InterruptedException, Halt {
        List<Turn> turns = changes.stream().map(this::turn).toList();
        for (List<Turn> some : firstAndRest(turns)) {
            List<Turn> told = new ArrayList<>();
            for (Turn turn : some) {
                if (tell(turn, ended)) {
                    told.add(turn);
                }
            }
            await(told, ended);
        }
        return ended;
    }

    private static List<List<Turn>> firstAndRest(List<Turn> turns) {
        int first = Math.min(1, turns.size());
        return List.of(turns.subList(0, first), turns.subList(first, turns.size()));
    }

    private Turn turn(Change change) {
        Server server = servers.get(change.subject().name());
        return change instanceof Change.JoinBroker join
                ? new Turn(change, server, join.before(), join.after(), true)
                : new Turn(
                        change,
                        server,
                        ((Change.LeaveBroker) change).before(),
                        ((Change.LeaveBroker) change).after(),
                        false);
    }

    /** Writes the setting, where it is not there already; says whether there is something to wait for. */
    private boolean tell(Turn turn, List<Applied> ended) throws InterruptedException, Halt {
        try {
            String now = source.settings(turn.server()).getOrDefault(NAME_SERVERS, "");
            if (isSame(now, turn.after())) {
                return true;
            }
            if (!isSame(now, turn.before())) {
                ended.add(new Applied(
                        turn.change(),
                        Ending.FAILED,
                        "somebody has changed its name servers since it was planned: they are " + now,
                        "Plan again, and look at what has changed."));
                return false;
            }
            Claim claim = sender.send(
                    "settings",
                    turn.server().name(),
                    turn.server().address(),
                    List.of(NAME_SERVERS + "=" + turn.after()),
                    () -> source.setNameServers(turn.server(), turn.after()));
            if (claim instanceof Claim.Rejected rejected) {
                ended.add(new Applied(turn.change(), Ending.FAILED, rejected.what(), rejected.fix()));
                throw new Halt(rejected.what() + ".", rejected.fix());
            }
            String written = source.settings(turn.server()).getOrDefault(NAME_SERVERS, "");
            if (isSame(written, turn.after())) {
                return true;
            }
            String why = claim instanceof Claim.Unanswered unanswered
                    ? unanswered.what()
                    : "broker " + turn.server().name() + " took its name servers, and still has " + written;
            ended.add(new Applied(turn.change(), Ending.UNKNOWN, why, "Run again: it looks at what is there first."));
            throw new Halt(why + ".", "Run again: it looks at what is there first.");
        } catch (Fault fault) {
            ended.add(new Applied(turn.change(), Ending.UNKNOWN, fault.getMessage(), fault.nextStep()));
            throw Halt.of(fault);
        }
    }

    private static boolean isSame(String one, String other) {
        return addresses(one).equals(addresses(other));
    }

    private static Set<String> addresses(String list) {
        Set<String> addresses = new TreeSet<>();
        for (String address : list.split(";", -1)) {
            if (!address.isBlank()) {
                addresses.add(address.strip());
            }
        }
        return addresses;
    }

    private void await(List<Turn> told, List<Applied> ended) throws InterruptedException, Halt {
        List<Turn> waiting = new ArrayList<>(told);
        long begin = System.nanoTime();
        while (!waiting.isEmpty()) {
            List<NameServer> nameServers = look();
            for (Turn turn : List.copyOf(waiting)) {
                if (turn.isDone(nameServers)) {
                    ended.add(new Applied(turn.change(), Ending.CONFIRMED, "", ""));
                    waiting.remove(turn);
                }
            }
            Duration passed = Duration.ofNanos(System.nanoTime() - begin);
            if (waiting.isEmpty()) {
                return;
            }
            if (stopping.isRequested() || passed.compareTo(most(waiting.get(0))) > 0) {
                throw halt(waiting, ended, passed);
            }
            progress.waiting(waiting.get(0).words() + "the destination's name servers, which takes up to "
                    + most(waiting.get(0)).toMinutes() + " minutes");
            stopping.pause(BETWEEN_LOOKS);
        }
    }

    private Duration most(Turn turn) {
        return turn.joins() ? patience.registration() : patience.registration().plus(MORE_TO_BE_FORGOTTEN);
    }

    /** A name server that does not answer now shows nothing. */
    private List<NameServer> look() throws InterruptedException, Halt {
        try {
            return destination.nameServers();
        } catch (Fault fault) {
            throw Halt.of(fault);
        }
    }

    private Halt halt(List<Turn> waiting, List<Applied> ended, Duration passed) {
        String names = waiting.stream().map(turn -> turn.server().name()).collect(Collectors.joining(", "));
        boolean joins = waiting.get(0).joins();
        String what = "broker " + names + " has its new name servers, and after " + passed.toSeconds() + " s "
                + (joins
                        ? "some name server of the destination does not list it"
                        : "some name server of the destination still lists it");
        String fix = joins
                ? "Check that it reaches the destination's name servers, and, where it is older than 4.9.4, restart it;"
                        + " then run again: it waits on."
                : "Run again: it waits on.";
        waiting.forEach(turn -> ended.add(new Applied(turn.change(), Ending.UNKNOWN, what, fix)));
        return new Halt(stopping.isRequested() ? "It was told to stop." : what + ".", fix);
    }
}
