package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.NameServerLookup;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes servers of the source register with the destination's name servers too, or only with their own again: first one
 * server, and the others once every name server shows the result.
 */
final class JoinExecutor {
    private static final String READS_FIRST = "Run again. The next run reads the name servers of the broker first.";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A name server removes a server some time after its last registration. */
    private static final Duration EXTRA_TIME_TO_LEAVE = Duration.ofMinutes(1);

    private final ClusterWriter source;
    private final ClusterReader destination;
    private final Map<String, Server> servers;
    private final WriteGuard guard;
    private final RunControl control;
    private final Map<RegisterBroker, Timing.Stopwatch> writing = new HashMap<>();

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

    /** A server whose list of name servers changes. */
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
            return "its setting is written, but some name server of the destination "
                    + (joins() ? "does not list it yet" : "still lists it");
        }
    }

    /**
     * Makes these changes and adds their results; after a {@link Halt}, the rest was not tried. The first change is
     * completed before the others begin.
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
                    new AppliedChange(turn.change(), WriteOutcome.UNKNOWN, turn.unseen(), "Run again to continue.")));
            throw halt;
        }
    }

    /** Writes the setting unless the server has it already. Returns whether the registration is to be awaited. */
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
                    "its name servers were changed by someone else after the plan was made: they are now " + now,
                    "Plan again, and review what has changed."));
            return false;
        }
        writing.put(turn.change(), control.timing().stopwatch());
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
                    : "broker " + turn.server().name() + " accepted its new name servers but still has " + written;
            ended.add(new AppliedChange(turn.change(), WriteOutcome.UNKNOWN, why, READS_FIRST));
            throw new Halt(why + ".", READS_FIRST);
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

    /** Waits until the name servers show all of these, and removes each that they show. */
    private void await(List<Turn> waiting, List<AppliedChange> ended) throws InterruptedException, Halt {
        Timing.Stopwatch waited = control.timing().stopwatch();
        while (!waiting.isEmpty()) {
            List<NameServer> nameServers = read();
            for (Turn turn : List.copyOf(waiting)) {
                if (turn.isDone(nameServers)) {
                    ended.add(AppliedChange.confirmed(turn.change(), Optional.ofNullable(writing.get(turn.change()))));
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
            control.progress().waiting(List.of(reason(waiting)));
            control.pause(PAUSE);
        }
    }

    private Duration most(Turn turn) {
        Duration registration = control.timeouts().registration();
        return turn.joins() ? registration : registration.plus(EXTRA_TIME_TO_LEAVE);
    }

    /** Reads the name servers. All have to answer. */
    private List<NameServer> read() throws InterruptedException, Halt {
        try {
            return destination.nameServers();
        } catch (Fault fault) {
            throw Halt.of(fault);
        }
    }

    private static String names(List<Turn> turns) {
        return Counts.noun(turns.size(), "broker") + " "
                + Names.of(turns.stream().map(turn -> turn.server().name()).toList(), Counts.MOST_NAMED);
    }

    private static WaitReason reason(List<Turn> waiting) {
        return waiting.get(0).joins()
                ? WaitReason.ofRun(
                        "registration",
                        "the destination's name servers do not list " + names(waiting) + " yet",
                        "Normal for up to 4 min: brokers read new name servers within 2 minutes, then register")
                : WaitReason.ofRun(
                        "registration",
                        "the destination's name servers still list " + names(waiting),
                        "Normal for up to 4 min: brokers read the setting within 2 minutes, then their"
                                + " registrations expire within 2 more");
    }

    /** The setting of a broker counts only if the broker has started with it. */
    private static String mayIgnore(List<Turn> waiting) {
        List<Turn> ignoring = waiting.stream()
                .filter(turn -> NameServerLookup.mayIgnoreSettings(turn.server()))
                .toList();
        return ignoring.isEmpty()
                ? ""
                : " " + NameServerLookup.BY_ADDRESS_SERVER + " is set too: if " + names(ignoring)
                        + " started without " + Server.NAME_SERVERS + ", "
                        + Counts.verb(ignoring.size(), "it asks", "they ask")
                        + " the address server until the next restart. Add the destination's name servers to its"
                        + " answer, or restart " + Counts.itOrThem(ignoring.size()) + ".";
    }

    private static Halt overdue(List<Turn> waiting, Duration passed) {
        Turn first = waiting.get(0);
        String what = "After " + Counts.span(passed) + ", some name server of the destination "
                + (first.joins() ? "does not list " : "still lists ") + "the source's " + names(waiting) + ".";
        return new Halt(
                what,
                first.joins()
                        ? "Check that the source's brokers can reach the destination's name servers and restart"
                                + " brokers older than 4.9.4, then run again to continue." + mayIgnore(waiting)
                        : "Run again to continue. If nothing changes, check that none of its name servers ("
                                + first.after() + ") is another address of the destination.");
    }
}
