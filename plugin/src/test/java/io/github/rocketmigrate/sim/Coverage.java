package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Stage;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which steps, faults and decisions of the engine migrations have met. */
final class Coverage {
    /** The steps of the engine that write. */
    static final List<String> STEPS = List.of(
            "namesrvAddr",
            "group",
            "offset",
            "topic to none",
            "topic to read",
            "topic to write",
            "topic to read-write",
            "route",
            "note lease",
            "note record",
            "note steps",
            "remove note lease",
            "remove note steps",
            "removal of topic",
            "removal of group",
            "removal of the route");

    private static final String MOVE = "move ";
    private static final String IS = " is ";

    /** The changes that move no topic. */
    private static final List<String> OBJECTS = List.of(
            "create-topic",
            "create-group",
            "align-topic",
            "align-group",
            "remove-topic",
            "remove-group",
            "seed-offsets",
            "join",
            "leave");

    /** The purposes of changes that move no topic. */
    private static final Set<Purpose> OF_CLUSTERS = EnumSet.of(Purpose.WRITE_OBJECTS, Purpose.JOIN, Purpose.LEAVE_JOIN);

    private static final String NOTE = "note ";
    private static final String REMOVED_NOTE = "removal of note ";

    /** The requests whose words begin like this, before the names of objects. */
    private static final List<String> WITH_NAMES = List.of(
            "removal of the route",
            "removal of topic",
            "removal of group",
            "queues",
            "members",
            "route",
            "offset",
            "group",
            "namesrvAddr");

    private final SortedSet<String> writes = new TreeSet<>();
    private final SortedSet<String> pairs = new TreeSet<>();
    private final SortedSet<String> rungs = new TreeSet<>();
    private final SortedSet<String> decisions = new TreeSet<>();

    /** What a request writes, without names: the step of the engine that it belongs to. */
    static String step(String what) {
        if (what.startsWith(REMOVED_NOTE)) {
            return "remove note " + kindOfNote(what.substring(REMOVED_NOTE.length()));
        }
        if (what.startsWith(NOTE)) {
            return NOTE + kindOfNote(what.substring(NOTE.length()));
        }
        if (what.startsWith("topic ")) {
            String access = what.substring(what.lastIndexOf('=') + 1);
            return "topic to " + access;
        }
        return WITH_NAMES.stream()
                .filter(step -> what.equals(step) || (what.startsWith(step) && !isOfWord(what.charAt(step.length()))))
                .findFirst()
                .orElse(what);
    }

    private static String kindOfNote(String key) {
        int colon = key.indexOf(':');
        return colon < 0 ? key : key.substring(0, colon);
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    void writes(String what) {
        writes.add(step(what));
    }

    void met(String what, RequestFault fault) {
        pairs.add(pair(step(what), fault));
    }

    private static String pair(String step, RequestFault fault) {
        return fault + " at " + step;
    }

    void made(MoveTopic move, boolean fifo) {
        move.found().pair().ifPresent(pair -> rungs.add(rung(pair, move.wanted(), fifo)));
    }

    void decided(Decision decision) {
        decisions.add(kind(decision.change()) + IS + decision.getClass().getSimpleName());
    }

    private static String kind(Change change) {
        if (change instanceof MoveTopic move) {
            return MOVE + move.rung().purpose().map(Enum::name).orElse("");
        }
        if (change instanceof RegisterBroker register) {
            return register.joins() ? "join" : "leave";
        }
        return change.word();
    }

    private static String rung(Pair found, Stage wanted, boolean fifo) {
        return (fifo ? "FIFO " : "") + found.brief() + " to " + wanted.word();
    }

    void add(Coverage other) {
        writes.addAll(other.writes);
        pairs.addAll(other.pairs);
        rungs.addAll(other.rungs);
        decisions.addAll(other.decisions);
    }

    /** The pairs of a step and a fault that no migration met. */
    Set<String> unmetPairs() {
        Set<String> unmet = pairsOf(writes);
        unmet.removeAll(pairs);
        return unmet;
    }

    int possiblePairs() {
        return pairsOf(writes).size();
    }

    SortedSet<String> decisions() {
        return decisions;
    }

    /** The steps that no run has written. */
    Set<String> unmetSteps() {
        Set<String> unmet = new TreeSet<>(STEPS);
        unmet.removeAll(writes);
        return unmet;
    }

    Set<String> unmetDecisions() {
        Set<String> unmet = new TreeSet<>(possibleDecisions());
        unmet.removeAll(decisions);
        return unmet;
    }

    /** All kinds of changes, and moves by their purpose, with each decision. */
    static SortedSet<String> possibleDecisions() {
        SortedSet<String> possible = new TreeSet<>();
        Stream.concat(
                        OBJECTS.stream(),
                        Arrays.stream(Purpose.values())
                                .filter(purpose -> !OF_CLUSTERS.contains(purpose))
                                .map(purpose -> MOVE + purpose))
                .forEach(kind -> Stream.of(Decision.class.getPermittedSubclasses())
                        .forEach(decision -> possible.add(kind + IS + decision.getSimpleName())));
        return possible;
    }

    /** All pairs of a step that writes and a fault. */
    static SortedSet<String> pairsOf(Collection<String> steps) {
        SortedSet<String> all = new TreeSet<>();
        for (String step : steps) {
            Arrays.stream(RequestFault.values())
                    .filter(fault -> fault.isOf(true))
                    .forEach(fault -> all.add(pair(step, fault)));
        }
        return all;
    }

    Set<String> unmetRungs() {
        Set<String> unmet = reachableRungs();
        unmet.removeAll(rungs);
        return unmet;
    }

    /** Every place of a topic from which some stage is a step away, wherever a run before was killed. */
    static Set<String> reachableRungs() {
        Set<String> reachable = new TreeSet<>();
        for (boolean fifo : List.of(true, false)) {
            Set<Pair> seen = new HashSet<>();
            Deque<Pair> next = new ArrayDeque<>(List.of(Pair.of(Stage.SOURCE)));
            while (!next.isEmpty()) {
                Pair at = next.remove();
                if (seen.add(at)) {
                    for (Stage wanted : Stage.values()) {
                        if (!fifo || wanted != Stage.WRITE_BOTH) {
                            rungs(at, wanted, fifo, reachable, next);
                        }
                    }
                }
            }
        }
        return reachable;
    }

    private static void rungs(Pair from, Stage wanted, boolean fifo, Set<String> reachable, Deque<Pair> next) {
        Pair at = from;
        for (Rung.AccessChange write : Ladder.next(from, wanted, fifo).writes()) {
            reachable.add(rung(from, wanted, fifo));
            at = at.with(write.side(), write.access());
            next.add(at);
        }
    }
}
