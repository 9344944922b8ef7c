package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.record.FenceNote;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.ObjectUpdate;
import io.github.rocketmigrate.write.Polling;
import io.github.rocketmigrate.write.SettingsStore;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes topics on one side and opens them on the other, topic by topic and without a look in between. Where clusters
 * are joined, clients come to know of both at once; else producers find no open queue for as long as two requests take.
 */
final class Fence {
    /** All are read before and after; while they are written, nobody looks. */
    static final int MOST = 50;

    private final StepContext sides;
    private final Optional<ClusterWriter> router;
    private final WriteGuard guard;
    private final Side closing;
    private final Side opening;
    private final Polling watch;
    /** Topics on their way that earlier runs have noted and that are not among these. */
    private final SortedSet<String> others = new TreeSet<>();

    private Optional<Halt> halt = Optional.empty();

    /**
     * Begins.
     *
     * @param closing the side that is closed first
     */
    Fence(StepContext sides, Side closing) {
        this.sides = requireNonNull(sides, "sides is null");
        this.router = sides.router();
        this.guard = sides.guard();
        this.closing = requireNonNull(closing, "closing is null");
        this.opening = closing == Side.SOURCE ? Side.DESTINATION : Side.SOURCE;
        this.watch = sides.writing().polling();
    }

    /** A topic and its two sides. */
    record Passage(ObjectUpdate<TopicSettings> first, ObjectUpdate<TopicSettings> second) {
        ObjectUpdate<TopicSettings> at(int turn) {
            return turn == 0 ? first : second;
        }
    }

    Optional<Halt> halt() {
        return halt;
    }

    /** Takes them through, and says what has become of each. */
    List<AppliedChange> pass(List<Passage> passages) throws InterruptedException {
        try {
            note(passages);
            Map<Side, Map<String, Map<String, TopicSettings>>> found = read();
            for (Passage passage : passages) {
                if (changed(passage, found)) {
                    passage.first()
                            .end(
                                    WriteOutcome.FAILED,
                                    "somebody has changed it since it was planned",
                                    "Plan again and review what has changed.");
                } else {
                    go(passage);
                }
            }
        } catch (Halt stop) {
            halt = Optional.of(stop);
        } catch (Fault fault) {
            halt = Optional.of(Halt.of(fault));
        }
        judge(passages);
        List<AppliedChange> applied =
                passages.stream().map(passage -> passage.first().applied()).toList();
        if (halt.isEmpty() && applied.stream().allMatch(one -> one.outcome().isDone())) {
            forget();
        }
        return applied;
    }

    /** The next run asks name servers about these topics, if this one comes to no end. */
    private void note(List<Passage> passages) throws InterruptedException, Halt {
        if (router.isPresent()) {
            others.clear();
            router.get().note(sides.note()).values().forEach(text -> others.addAll(FenceNote.names(text)));
            SortedSet<String> all = new TreeSet<>(others);
            for (Passage passage : passages) {
                all.add(passage.first().name());
                others.remove(passage.first().name());
            }
            String text = FenceNote.text(all);
            for (String nameServer : router.get().nameServers()) {
                Claim claim = guard.send(
                        "note",
                        nameServer,
                        List.of(sides.note()),
                        () -> router.get().put(nameServer, sides.note(), text));
                if (!(claim instanceof Claim.Accepted)) {
                    throw halt(List.of(claim));
                }
            }
        }
    }

    /** Leaves the topics of other runs in the note; what is left of these asks a question too many, and no more. */
    private void forget() throws InterruptedException {
        try {
            if (router.isPresent()) {
                for (String nameServer : router.get().nameServers()) {
                    Claim unused = guard.urgent()
                            .send(
                                    "note",
                                    nameServer,
                                    List.of(sides.note()),
                                    () -> others.isEmpty()
                                            ? router.get().remove(nameServer, sides.note())
                                            : router.get().put(nameServer, sides.note(), FenceNote.text(others)));
                }
            }
        } catch (Halt stop) {
            halt = Optional.of(stop);
        }
    }

    private Map<Side, Map<String, Map<String, TopicSettings>>> read() throws InterruptedException, Halt {
        Map<Side, Map<String, Map<String, TopicSettings>>> found = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            Map<String, Map<String, TopicSettings>> ofSide = new ConcurrentHashMap<>();
            sides.masters()
                    .each(
                            sides.cluster(side).brokers().values(),
                            master ->
                                    ofSide.put(master.name(), sides.store(side).read(master)));
            found.put(side, ofSide);
        }
        return found;
    }

    private boolean changed(Passage passage, Map<Side, Map<String, Map<String, TopicSettings>>> found) {
        return !isAs(passage.first(), closing, found, false) || !isAs(passage.second(), opening, found, false);
    }

    private static boolean isAs(
            ObjectUpdate<TopicSettings> work,
            Side side,
            Map<Side, Map<String, Map<String, TopicSettings>>> found,
            boolean after) {
        return work.after().entrySet().stream().allMatch(broker -> {
            Map<String, TopicSettings> has = found.get(side).get(broker.getKey());
            TopicSettings wanted = after ? broker.getValue() : work.before(broker.getKey());
            return has != null && wanted.equals(has.get(work.name()));
        });
    }

    private void go(Passage passage) throws InterruptedException, Halt {
        try {
            cover(passage);
            boolean turned = turn(passage, false);
            List<Claim> closed = write(passage.first(), closing, turned ? guard.urgent() : guard);
            List<Claim> opened = areAccepted(closed) ? write(passage.second(), opening, guard.urgent()) : List.of();
            if (!areAccepted(closed) || opened.stream().noneMatch(Claim.Accepted.class::isInstance)) {
                throw halt(areAccepted(closed) ? opened : closed);
            }
            if (!areAccepted(opened)) {
                // Some master of the other side is open, so producers have a place, and the next run opens the rest.
                halt = Optional.of(halt(opened));
            }
        } catch (Halt | Fault stop) {
            if (passage.first().isSent() || passage.second().isSent()) {
                back(passage);
            }
            throw stop;
        }
        if (halt.isPresent()) {
            throw halt.get();
        }
    }

    /**
     * Takes reading away first where nobody is to read: a consumer that has not asked for routes again would get what
     * producers that have been turned send there.
     */
    private void cover(Passage passage) throws InterruptedException, Halt {
        if (router.isEmpty()) {
            return;
        }
        SortedMap<String, TopicSettings> covered = new TreeMap<>();
        passage.second().after().forEach((broker, settings) -> covered.put(broker, settings.withAccess(Access.NONE)));
        passage.second().after().keySet().forEach(passage.second()::sentTo);
        List<Claim> claims = write(
                new ObjectUpdate<>(passage.second().change(), passage.second().after(), covered), opening, guard);
        if (!areAccepted(claims)) {
            throw halt(claims);
        }
    }

    /**
     * Lets every name server of joined clusters tell clients of both sides at once, before the brokers tell it one by
     * one: a producer that asked in between would find some of the queues, and put keys where they do not belong. Where
     * a name server does not take it, the brokers tell clients by themselves.
     */
    private boolean turn(Passage passage, boolean back) throws InterruptedException, Halt {
        if (router.isEmpty()) {
            return false;
        }
        Map<String, TopicSettings> brokers = new TreeMap<>();
        for (ObjectUpdate<TopicSettings> work : List.of(passage.first(), passage.second())) {
            brokers.putAll(back ? work.reversed().after() : work.after());
        }
        String topic = passage.first().name();
        WriteGuard by = back ? guard.urgent() : guard;
        boolean all = true;
        for (String nameServer : router.get().nameServers()) {
            Claim claim = by.send(
                    "route", nameServer, List.of(topic), () -> router.get().setRoute(nameServer, topic, brokers));
            by = guard.urgent();
            all &= claim instanceof Claim.Accepted;
            if (!all && !back) {
                boolean unused = turn(passage, true);
                return false;
            }
        }
        return all;
    }

    private static Halt halt(List<Claim> claims) {
        Claim why = claims.stream()
                .filter(claim -> !(claim instanceof Claim.Accepted))
                .findFirst()
                .orElseThrow();
        return why instanceof Claim.Rejected rejected
                ? new Halt(rejected.what() + ".", rejected.fix())
                : new Halt(
                        ((Claim.Unanswered) why).what() + ".",
                        "Check that server, then run again: the run reads both clusters first.");
    }

    private static boolean areAccepted(List<Claim> claims) {
        return claims.stream().allMatch(Claim.Accepted.class::isInstance);
    }

    /** All is put back as it was; whether it is, the reading at the end tells. */
    private void back(Passage passage) throws InterruptedException, Halt {
        boolean unusedTurn = turn(passage, true);
        List<Claim> unusedFirst = write(passage.first().reversed(), closing, guard.urgent());
        List<Claim> unusedSecond = router.isEmpty() && !passage.second().isSent()
                ? List.of()
                : write(passage.second().reversed(), opening, guard.urgent());
    }

    private List<Claim> write(ObjectUpdate<TopicSettings> work, Side side, WriteGuard by)
            throws InterruptedException, Halt {
        Map<String, Claim> claims = new ConcurrentHashMap<>();
        List<Broker> all = work.after().keySet().stream()
                .map(name -> sides.cluster(side).brokers().get(name))
                .toList();
        SettingsStore<TopicSettings> store = sides.store(side);
        sides.masters().each(all, master -> {
            Map<String, TopicSettings> one = Map.of(work.name(), work.after().get(master.name()));
            claims.put(master.name(), by.send(store.what(), master, one.keySet(), () -> {
                work.sentTo(master.name());
                return store.write(master, one);
            }));
        });
        return new ArrayList<>(claims.values());
    }

    /** What a server has claimed is nothing; what both clusters show at the end is what has become of it. */
    private void judge(List<Passage> passages) throws InterruptedException {
        Map<Side, Map<String, Map<String, TopicSettings>>> found = new EnumMap<>(Side.class);
        watch.until(sides.timeouts().unanswered(), () -> found.size() == Side.values().length, () -> {
            found.clear();
            try {
                found.putAll(read());
            } catch (Halt | Fault notYet) {
                found.clear();
            }
        });
        boolean known = !found.isEmpty();
        Set<String> unseen = known ? unseen(passages, found) : Set.of();
        for (Passage passage : passages) {
            ObjectUpdate<TopicSettings> first = passage.first();
            boolean sent = first.isSent() || passage.second().isSent();
            boolean through =
                    known && isAs(first, closing, found, true) && isAs(passage.second(), opening, found, true);
            boolean back = known && !changed(passage, found);
            String why = halt.map(Halt::getMessage).orElse("");
            String fix = halt.map(it -> it.stop().fix()).orElse("");
            if (!sent) {
                first.end(WriteOutcome.NOT_ATTEMPTED, why, fix);
            } else if (through) {
                first.end(
                        unseen.contains(first.name()) ? WriteOutcome.UNKNOWN : WriteOutcome.CONFIRMED,
                        unseen.contains(first.name()) ? "the brokers have it, but not every name server shows it" : "",
                        unseen.contains(first.name()) ? "Check the name servers, then run again." : "");
            } else if (back) {
                first.end(WriteOutcome.FAILED, why + " The " + closing.word() + " was put back as it was", fix);
            } else {
                first.end(
                        WriteOutcome.UNKNOWN,
                        "its move to the " + opening.word() + " was made on some brokers only, or cannot be read: "
                                + "producers may find no queue. " + why,
                        "Run again at once: it finishes this first. " + fix);
            }
        }
    }

    private Set<String> unseen(List<Passage> passages, Map<Side, Map<String, Map<String, TopicSettings>>> found)
            throws InterruptedException {
        Set<String> unseen = new TreeSet<>();
        watch.until(sides.timeouts().unseen(), unseen::isEmpty, () -> {
            unseen.clear();
            for (int turn = 0; turn < 2; turn++) {
                Side side = turn == 0 ? closing : opening;
                Map<String, Map<String, TopicSettings>> objects = new HashMap<>();
                for (Passage passage : passages) {
                    if (passage.at(turn).isSent() && isAs(passage.at(turn), side, found, true)) {
                        objects.put(passage.at(turn).name(), passage.at(turn).after());
                    }
                }
                try {
                    unseen.addAll(sides.store(side).unseen(objects));
                } catch (Fault fault) {
                    unseen.addAll(objects.keySet());
                }
            }
        });
        return unseen;
    }
}
