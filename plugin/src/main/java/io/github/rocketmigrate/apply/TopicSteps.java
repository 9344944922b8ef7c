package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.Change.Remove;
import io.github.rocketmigrate.change.Change.SeedOffsets;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.SettingsStore;
import io.github.rocketmigrate.write.WriteContext;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes the changes of one assessment: first the steps that must not wait, then removals, then joins, then topics and groups, then one
 * step of each other topic that moves. The next assessment decides what follows.
 */
public final class TopicSteps implements AutoCloseable {
    private final Map<Side, ClusterWriter> writers;
    private final List<Lease> leases;
    private final Journal journal;
    private final WriteGuard guard;
    /** For writes that begin something new, as a brake forbids. */
    private final WriteGuard braked;

    private final RunControl control;
    private final RouteHold hold;
    private final WithheldRoutes withheld;
    private final LateWrites late;

    /** Needs the leases of all clusters that are changed. */
    public TopicSteps(Map<Side, ClusterWriter> writers, List<Lease> leases, Journal journal, RunControl control) {
        this.writers = Map.copyOf(writers);
        this.leases = List.copyOf(leases);
        this.journal = requireNonNull(journal, "journal is null");
        this.guard = new WriteGuard(leases, journal, control.stopping());
        this.braked = guard.obeying(control.brake());
        this.control = requireNonNull(control, "control is null");
        this.hold = new RouteHold(writers.get(Side.DESTINATION), guard, control.timing());
        this.withheld = new WithheldRoutes(control.timing());
        this.late = new LateWrites(control);
    }

    /** Whether the run may write after a failure: not once another run may be writing. */
    public boolean mayContinue() {
        return !control.isStopping() && leases.stream().noneMatch(Lease::isLost);
    }

    /** Makes all changes that are ready, and the retry topics for which other topics wait. */
    public AppliedChanges make(Assessment assessment, List<Decision> decisions) throws InterruptedException {
        List<Remove> removals = new ArrayList<>();
        List<RegisterBroker> registrations = new ArrayList<>();
        List<AlignObject> objects = new ArrayList<>();
        List<SeedOffsets> seeds = new ArrayList<>();
        List<MoveTopic> moves = new ArrayList<>();
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Ready) {
                if (decision.change() instanceof Remove removal) {
                    removals.add(removal);
                } else if (decision.change() instanceof RegisterBroker register) {
                    registrations.add(register);
                } else if (decision.change() instanceof AlignObject object) {
                    objects.add(object);
                } else if (decision.change() instanceof SeedOffsets seed) {
                    seeds.add(seed);
                } else if (decision.change() instanceof MoveTopic move) {
                    moves.add(move);
                }
            }
        }
        leaveSomeForLater(moves, seeds);
        Situation situation = assessment.situation();
        control.brake().ifPresent(brake -> brake.obey(situation.brakes()));
        // A hold must not replace the route of a broker that has just opened: nobody would set it again.
        hold.keep(withheld.of(assessment.changes(), situation, names(moves)));
        StepNotes notes = new StepNotes(writers.get(Side.DESTINATION), guard, situation, late);
        SortedSet<String> withoutRetries = withoutRetries(decisions);
        List<MoveTopic> urgent =
                moves.stream().filter(move -> !move.rung().mayWait()).toList();
        moves.removeAll(urgent);
        List<SeedOffsets> ofUrgent = seedsOf(urgent, seeds);
        seeds.removeAll(ofUrgent);
        // Urgent steps come first: a failure elsewhere must not keep a topic in its fence or from going back.
        AppliedChanges made =
                AppliedChanges.NONE.then(urgent, () -> move(assessment, notes, urgent, ofUrgent, new TreeSet<>()));
        made = made.then(
                removals,
                () -> new Remover(writers.get(Side.DESTINATION), situation.destination(), braked, control)
                        .remove(removals));
        made = made.then(registrations, () -> register(situation, registrations));
        made = made.then(
                objects,
                () -> notes.noting(new MetadataExecutor(writers.get(Side.DESTINATION), braked, control)
                        .apply(situation.destination(), objects)));
        List<Change> traffic = new ArrayList<>(seeds);
        traffic.addAll(moves);
        if (made.stopped().isPresent()) {
            return made.and(AppliedChanges.notTried(traffic, made.stopped().get()));
        }
        return traffic.isEmpty() && withoutRetries.isEmpty()
                ? made
                : made.and(move(assessment, notes, moves, seeds, withoutRetries));
    }

    /**
     * Closes a limited number of fences before the next look: a topic whose fence may open does not wait until the fences
     * of all others are closed.
     */
    private static void leaveSomeForLater(List<MoveTopic> moves, List<SeedOffsets> seeds) {
        List<MoveTopic> later = moves.stream()
                .filter(move -> move.rung().closesFirst())
                .skip(Fence.MOST)
                .toList();
        moves.removeAll(later);
        seeds.removeAll(seedsOf(later, seeds));
    }

    private static Set<String> names(List<MoveTopic> moves) {
        return moves.stream().map(move -> move.subject().name()).collect(toSet());
    }

    private static List<SeedOffsets> seedsOf(List<MoveTopic> moves, List<SeedOffsets> seeds) {
        Set<String> topics = names(moves);
        return seeds.stream()
                .filter(seed -> topics.contains(seed.subject().name()))
                .toList();
    }

    private static SortedSet<String> withoutRetries(List<Decision> decisions) {
        SortedSet<String> groups = new TreeSet<>();
        decisions.forEach(decision -> decision.reasons().forEach(reason -> {
            if (reason instanceof Reason.OfGroups of) {
                groups.addAll(of.readiness().withoutRetries());
            }
        }));
        return groups;
    }

    private AppliedChanges register(Situation situation, List<RegisterBroker> changes) throws InterruptedException {
        JoinExecutor executor = new JoinExecutor(
                writers.get(Side.SOURCE),
                writers.get(Side.DESTINATION).reader(),
                situation.source().servers().collect(toMap(Server::name, Function.identity())),
                braked,
                control);
        List<AppliedChange> ended = new ArrayList<>();
        Optional<Stop> stop = Optional.empty();
        try {
            executor.make(changes, ended);
        } catch (Halt halt) {
            stop = Optional.of(halt.stop());
            List<RegisterBroker> rest = new ArrayList<>(changes);
            ended.forEach(one -> rest.removeIf(change -> change.equals(one.change())));
            ended.addAll(AppliedChanges.notTried(rest, halt.stop()).changes());
        }
        return new AppliedChanges(ended, stop);
    }

    private AppliedChanges move(
            Assessment assessment,
            StepNotes notes,
            List<MoveTopic> moves,
            List<SeedOffsets> seeds,
            SortedSet<String> withoutRetries)
            throws InterruptedException {
        Situation situation = assessment.situation();
        Map<Side, SettingsStore.TopicStore> stores = new EnumMap<>(Side.class);
        Map<Side, Metadata> clusters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            clusters.put(side, situation.at(side));
            if (writers.containsKey(side)) {
                stores.put(
                        side,
                        new SettingsStore.TopicStore(
                                writers.get(side),
                                situation.at(side),
                                clustersThatShow(situation, side),
                                router(situation, side)));
            }
        }
        List<AppliedChange> applied = new ArrayList<>();
        try (MasterPool masters = new MasterPool(control.timing())) {
            WriteContext context = new WriteContext(guard, masters, control);
            new RetryTopics(situation, stores.get(Side.DESTINATION), context).create(withoutRetries);
            for (Side side : Side.values()) {
                List<SeedOffsets> ofSide =
                        seeds.stream().filter(seed -> seed.side() == side).toList();
                applied.addAll(new Seeder(side, writers.get(side), situation.at(side), context).seed(ofSide));
            }
            Set<String> unseeded = applied.stream()
                    .filter(one -> !one.outcome().isDone())
                    .map(one -> one.change().subject().name())
                    .collect(toSet());
            List<MoveTopic> ready = new ArrayList<>();
            for (MoveTopic move : moves) {
                if (unseeded.contains(move.subject().name())) {
                    applied.add(new AppliedChange(
                            move, WriteOutcome.NOT_ATTEMPTED, "offsets of its groups are missing", ""));
                } else {
                    ready.add(move);
                }
            }
            Mover mover = new Mover(new StepContext(
                    stores, clusters, situation.isJoining() ? Optional.of(hold) : Optional.empty(), notes, context));
            journalSteps(ready, assessment.judgements());
            List<MoveTopic> waiting = late.before(ready);
            ready.removeAll(waiting);
            List<AppliedChange> moved = new ArrayList<>(mover.move(ready));
            if (mover.halt().isEmpty()) {
                late.await(waiting);
            }
            moved.addAll(mover.move(waiting));
            late.remember(moved);
            applied.addAll(moved);
            return new AppliedChanges(applied, mover.halt().map(Halt::stop));
        } catch (Halt halt) {
            List<Change> rest = new ArrayList<>(seeds);
            rest.addAll(moves);
            applied.forEach(one -> rest.remove(one.change()));
            return new AppliedChanges(applied, Optional.of(halt.stop()))
                    .and(AppliedChanges.notTried(rest, halt.stop()));
        }
    }

    private void journalSteps(List<MoveTopic> moves, List<Judgement> judgements) throws Halt {
        Map<String, List<Judgement>> byTopic = judgements.stream()
                .filter(judgement -> judgement.topic().isPresent())
                .collect(groupingBy(judgement -> judgement.topic().get()));
        try {
            for (MoveTopic move : moves) {
                journal.step(move, byTopic.getOrDefault(move.subject().name(), List.of()));
            }
        } catch (Fault fault) {
            throw Halt.of(fault);
        }
    }

    /**
     * The clusters whose name servers have to show a topic's new permissions: clients of joined brokers use those of
     * the destination.
     */
    private List<ClusterWriter> clustersThatShow(Situation situation, Side side) {
        return side == Side.SOURCE && situation.isAnyJoined()
                ? List.of(writers.get(Side.SOURCE), writers.get(Side.DESTINATION))
                : List.of(writers.get(side));
    }

    /**
     * The writer of the cluster whose name servers clients use for a side, if they take routes: from 5.1.4 on. In a join, those
     * of the destination show both sides.
     */
    private Optional<ClusterWriter> router(Situation situation, Side side) {
        Side shows = situation.isJoining() ? Side.DESTINATION : side;
        boolean takesRoutes = situation
                .at(shows)
                .masters()
                .allMatch(master -> master.version().isAtLeast(5, 1, 4));
        return Optional.of(writers.get(shows)).filter(it -> takesRoutes);
    }

    /** Sets no more routes. */
    @Override
    public void close() {
        hold.close();
    }
}
