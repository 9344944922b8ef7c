package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lets servers of the source register with the destination's name servers too, or with their own only: one first, and
 * the others when every name server shows that it has come to pass.
 */
final class JoinExecutor {
    private static final String LOOKS_FIRST = "Run again: the run reads both clusters first.";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** A name server forgets a server later than that has stopped registering. */
    private static final Duration MORE_TO_BE_FORGOTTEN = Duration.ofMinutes(1);

    private final ClusterWriter source;
    private final ClusterReader destination;
    private final Map<String, Server> servers;
    private final WriteGuard guard;
    private final RunControl control;

    JoinExecutor(
            ClusterWriter source,
            ClusterReader destination,
            Map<String, Server> servers,
            WriteGuard guard,
            RunControl control) {
        this.source = requireNonNull(source, "source is null");
        this.destination = requireNonNull(destination, "destination is null");
        this.servers = Map.copyOf(servers);
        this.guard = requireNonNull(guard, "guard is null");
        this.control = requireNonNull(control, "control is null");
    }

    /** A server on its way from one list of name servers to another. */
    private record Turn(RegisterBroker change, Server server) {
        String before() {
            return change.before();
        }

        String after() {
            return change.after();
        }

        boolean joins() {
            return change.joins();
        }

        boolean isDone(List<NameServer> nameServers) {
            return joins()
                    ? nameServers.stream().allMatch(it -> it.lists(server))
                    : nameServers.stream().noneMatch(it -> it.lists(server));
        }

        String unseen() {
            return "it has its name servers, and some name server of the destination "
                    + (joins() ? "does not list it yet" : "still lists it");
        }
    }

    /**
     * Makes these changes, and adds what has become of each; a {@link Halt} says that the rest was not tried. The first
     * that can be made goes alone.
     */
    void make(List<RegisterBroker> changes, List<AppliedChange> ended) throws InterruptedException, Halt {
        List<Turn> told = new ArrayList<>();
        boolean isFirst = true;
        try {
            for (RegisterBroker change : changes) {
                Turn turn = new Turn(change, servers.get(change.subject().name()));
                if (tell(turn, ended)) {
                    told.add(turn);
                    if (isFirst) {
                        await(told, ended);
                        isFirst = false;
                    }
                }
            }
            await(told, ended);
        } catch (Halt halt) {
            told.forEach(turn -> ended.add(
                    new AppliedChange(turn.change(), WriteOutcome.UNKNOWN, turn.unseen(), "Run again: it waits on.")));
            throw halt;
        }
    }

    /** Writes the setting, where it is not there already; says whether there is something to wait for. */
    private boolean tell(Turn turn, List<AppliedChange> ended) throws InterruptedException, Halt {
        String now;
        try {
            now = nameServers(turn.server());
        } catch (Fault fault) {
            throw Halt.of(fault);
        }
        if (isSame(now, turn.after())) {
            return true;
        }
        if (!isSame(now, turn.before())) {
            ended.add(new AppliedChange(
                    turn.change(),
                    WriteOutcome.FAILED,
                    "somebody has changed its name servers since it was planned: they are " + now,
                    "Plan again and review what has changed."));
            return false;
        }
        Claim claim = guard.send(
                "settings",
                turn.server().name(),
                turn.server().address(),
                List.of(Server.NAME_SERVERS + "=" + turn.after()),
                () -> source.setNameServers(turn.server(), turn.after()));
        if (claim instanceof Claim.Rejected rejected) {
            ended.add(new AppliedChange(turn.change(), WriteOutcome.FAILED, rejected.what(), rejected.fix()));
            throw new Halt(rejected.what() + ".", rejected.fix());
        }
        try {
            String written = nameServers(turn.server());
            if (isSame(written, turn.after())) {
                return true;
            }
            String why = claim instanceof Claim.Unanswered unanswered
                    ? unanswered.what()
                    : "broker " + turn.server().name() + " took its name servers, and still has " + written;
            ended.add(new AppliedChange(turn.change(), WriteOutcome.UNKNOWN, why, LOOKS_FIRST));
            throw new Halt(why + ".", LOOKS_FIRST);
        } catch (Fault fault) {
            ended.add(new AppliedChange(turn.change(), WriteOutcome.UNKNOWN, fault.getMessage(), fault.nextStep()));
            throw Halt.of(fault);
        }
    }

    private String nameServers(Server server) throws InterruptedException {
        return source.settings(server).getOrDefault(Server.NAME_SERVERS, "");
    }

    private static boolean isSame(String one, String other) {
        // The order does not matter.
        return Server.addresses(one).equals(Server.addresses(other));
    }

    /** Waits until all of these have come to pass, and takes them away as they do. */
    private void await(List<Turn> waiting, List<AppliedChange> ended) throws InterruptedException, Halt {
        Timing.Stopwatch waited = control.timing().stopwatch();
        while (!waiting.isEmpty()) {
            List<NameServer> nameServers = look();
            for (Turn turn : List.copyOf(waiting)) {
                if (turn.isDone(nameServers)) {
                    ended.add(new AppliedChange(turn.change(), WriteOutcome.CONFIRMED, "", ""));
                    waiting.remove(turn);
                }
            }
            if (waiting.isEmpty()) {
                return;
            }
            if (control.isStopping()) {
                throw Halt.onRequest();
            }
            Duration passed = waited.passed();
            if (passed.compareTo(most(waiting.get(0))) > 0) {
                throw overdue(waiting, passed);
            }
            control.progress().waiting(words(waiting));
            control.pause(BETWEEN_LOOKS);
        }
    }

    private Duration most(Turn turn) {
        Duration registration = control.timeouts().registration();
        return turn.joins() ? registration : registration.plus(MORE_TO_BE_FORGOTTEN);
    }

    /** A name server that does not answer now shows nothing. */
    private List<NameServer> look() throws InterruptedException, Halt {
        try {
            return destination.nameServers();
        } catch (Fault fault) {
            throw Halt.of(fault);
        }
    }

    private static String names(List<Turn> turns) {
        return (turns.size() == 1 ? "broker " : "brokers ")
                + turns.stream().map(turn -> turn.server().name()).collect(Collectors.joining(", "));
    }

    private static String words(List<Turn> waiting) {
        return waiting.get(0).joins()
                ? names(waiting) + " to register with the destination's name servers too; brokers look every 2 minutes"
                        + " which name servers they have"
                : names(waiting) + " to be forgotten by the destination's name servers; it takes up to 4 minutes";
    }

    private static Halt overdue(List<Turn> waiting, Duration passed) {
        Turn first = waiting.get(0);
        String what = "The source's " + names(waiting) + (waiting.size() == 1 ? " has its" : " have their")
                + (first.joins() ? " new name servers" : " own name servers only") + ", and after "
                + passed.toSeconds() + " s some name server of the destination "
                + (first.joins() ? "does not list " : "still lists ") + (waiting.size() == 1 ? "it." : "them.");
        return new Halt(
                what,
                first.joins()
                        ? "Check that the source's brokers reach the destination's name servers, and restart those older"
                                + " than 4.9.4; then run again: it waits on."
                        : "Run again: it waits on. If nothing changes, check that none of its name servers ("
                                + first.after() + ") is the destination's under another name.");
    }
}
