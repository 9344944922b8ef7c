package io.github.rocketmigrate.apply;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.decide.GroupReadiness;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.record.FenceNote;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.BulkWrite;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.ObjectUpdate;
import io.github.rocketmigrate.write.SettingsStore;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes what can be made of one look at both clusters: first steps that must not wait, then joins, then topics and
 * groups, then a step for each other topic that moves. What comes after it is for the next look to say.
 */
public final class TopicSteps {
    private final Map<Side, ClusterWriter> writers;
    private final List<Lease> leases;
    private final Journal journal;
    private final WriteGuard sender;
    private final StopSignal stopping;
    private final Timeouts patience;
    private final ApplyProgress progress;

    /**
     * Begins.
     *
     * @param leases of all clusters that are changed
     */
    public TopicSteps(
            Map<Side, ClusterWriter> writers,
            List<Lease> leases,
            Journal journal,
            StopSignal stopping,
            Timeouts patience,
            ApplyProgress progress) {
        this.writers = Map.copyOf(writers);
        this.leases = List.copyOf(leases);
        this.journal = requireNonNull(journal, "journal is null");
        this.sender = new WriteGuard(leases, journal, stopping);
        this.stopping = requireNonNull(stopping, "stopping is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** Whether more can be made after something has gone wrong: not once somebody else may be writing. */
    public boolean mayGoOn() {
        return !stopping.isRequested() && leases.stream().noneMatch(Lease::isLost);
    }

    /**
     * What has become of a round.
     *
     * @param waiting the topics that wait for what this or an earlier round has begun, with what that is
     */
    public record StepResults(AppliedChanges application, SortedMap<String, String> waiting) {
        public StepResults {
            requireNonNull(application, "application is null");
            waiting = unmodifiableSortedMap(waiting);
        }
    }

    /**
     * Makes these changes, as far as their turn has come.
     *
     * @param judgements what the checks before them have come to
     */
    public StepResults make(Situation situation, List<Change> changes, List<Judgement> judgements)
            throws InterruptedException {
        List<Change> registrations = new ArrayList<>();
        List<Change> objects = new ArrayList<>();
        List<MoveTopic> moves = new ArrayList<>();
        Map<String, GroupReadiness> arrivals = new TreeMap<>();
        SortedMap<String, String> waiting = new TreeMap<>();
        for (Change change : changes) {
            switch (change.kind()) {
                case JOIN_BROKER, LEAVE_BROKER -> registrations.add(change);
                case CREATE_GROUP, ALIGN_GROUP, ALIGN_TOPIC, CREATE_TOPIC -> objects.add(change);
                case MOVE_TOPIC -> {
                    MoveTopic move = (MoveTopic) change;
                    if (isLeaving(move)) {
                        arrivals.put(
                                change.subject().name(),
                                GroupReadiness.of(situation, change.subject().name()));
                    }
                    moves.add(move);
                }
            }
        }
        arrivals.forEach((topic, arrival) -> arrival.waitsFor().ifPresent(why -> waiting.put(topic, why)));
        // It comes when all that it needs has come before it.
        objects.removeIf(change -> change.kind() == Change.ChangeKind.CREATE_TOPIC
                && waiting.keySet().containsAll(change.movers())
                && !change.movers().isEmpty());
        Set<String> changing =
                objects.stream().map(change -> change.subject().name()).collect(toSet());
        // How a topic is kept now must be seen before it moves, for a step writes it down again.
        moves.removeIf(move -> waiting.containsKey(move.subject().name())
                || changing.contains(move.subject().name())
                || (isLeaving(move) && !isThere(situation, move.subject().name())));
        // Nothing that goes wrong with others keeps a topic in its fence, or from going back.
        List<MoveTopic> pressed =
                moves.stream().filter(move -> !move.rung().mayWait()).toList();
        moves.removeAll(pressed);
        AppliedChanges made =
                pressed.isEmpty() ? AppliedChanges.NONE : moved(situation, pressed, new TreeMap<>(), judgements);
        if (made.stopped().isEmpty()) {
            made = made.and(registered(situation, registrations));
        } else {
            objects.addAll(registrations);
        }
        if (made.stopped().isPresent()) {
            objects.addAll(moves);
            return new StepResults(
                    made.and(AppliedChanges.notTried(objects, made.stopped().get())), waiting);
        }
        if (!objects.isEmpty()) {
            made = made.and(new MetadataExecutor(writers.get(Side.DESTINATION), sender, patience, progress)
                    .apply(situation.destination(), objects));
        }
        if (made.stopped().isPresent()) {
            made = made.and(AppliedChanges.notTried(moves, made.stopped().get()));
        } else if (!(moves.isEmpty() && arrivals.isEmpty())) {
            made = made.and(moved(situation, moves, arrivals, judgements));
        }
        return new StepResults(made, waiting);
    }

    private static boolean isLeaving(MoveTopic move) {
        return move.rung().isFor(Purpose.LEAVE_SOURCE);
    }

    /** Whether the first messages are to come to the destination after this step. */
    private static boolean isOpening(MoveTopic move) {
        return move.rung().mayWait()
                && move.found().destination().stream().noneMatch(Access::isWritable)
                && move.rung() instanceof Rung.Writes writes
                && writes.writes().stream()
                        .anyMatch(write -> write.side() == Side.DESTINATION
                                && write.access().isWritable());
    }

    private static boolean isThere(Situation situation, String topic) {
        return situation
                .destination()
                .topic(topic)
                .keySet()
                .containsAll(situation.destination().brokers().keySet());
    }

    private AppliedChanges registered(Situation situation, List<Change> changes) throws InterruptedException {
        if (changes.isEmpty()) {
            return AppliedChanges.NONE;
        }
        JoinExecutor registrar = new JoinExecutor(
                writers.get(Side.SOURCE),
                writers.get(Side.DESTINATION).reader(),
                situation.source().servers().collect(toMap(Server::name, Function.identity())),
                sender,
                stopping,
                patience,
                progress);
        List<AppliedChange> ended = new ArrayList<>();
        Optional<Stop> stop = Optional.empty();
        try {
            registrar.make(changes, ended);
        } catch (Halt halt) {
            stop = Optional.of(halt.stop());
            List<Change> rest = new ArrayList<>(changes);
            ended.forEach(one -> rest.remove(one.change()));
            ended.addAll(AppliedChanges.notTried(rest, halt.stop()).changes());
        }
        return new AppliedChanges(ended, stop);
    }

    private AppliedChanges moved(
            Situation situation,
            List<MoveTopic> moves,
            Map<String, GroupReadiness> arrivals,
            List<Judgement> judgements)
            throws InterruptedException {
        Map<Side, SettingsStore<TopicSettings>> shelves = new EnumMap<>(Side.class);
        Map<Side, Metadata> clusters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            clusters.put(side, situation.at(side));
            if (writers.containsKey(side)) {
                shelves.put(
                        side,
                        new SettingsStore.TopicStore(writers.get(side), situation.at(side), seers(situation, side)));
            }
        }
        try (MasterPool masters = new MasterPool()) {
            retries(situation, arrivals, shelves.get(Side.DESTINATION), masters);
            Map<String, GroupReadiness> leaving = new TreeMap<>();
            for (MoveTopic move : moves) {
                String topic = move.subject().name();
                if (arrivals.containsKey(topic)) {
                    leaving.put(topic, arrivals.get(topic));
                } else if (isOpening(move)) {
                    // For groups that have been planned since the topic left the source.
                    leaving.put(topic, GroupReadiness.of(situation, topic));
                }
            }
            Map<String, String> unseeded = new Seeder(
                            writers.get(Side.DESTINATION), situation.destination(), sender, masters)
                    .seed(situation, leaving);
            List<AppliedChange> applied = new ArrayList<>();
            List<MoveTopic> ready = new ArrayList<>();
            for (MoveTopic move : moves) {
                String why = unseeded.get(move.subject().name());
                if (why == null) {
                    ready.add(move);
                } else {
                    applied.add(new AppliedChange(
                            move,
                            WriteOutcome.FAILED,
                            why,
                            "Reset the group's offset at the destination, then run again."));
                }
            }
            Mover mover = new Mover(new StepContext(
                    shelves,
                    clusters,
                    situation.isJoining() ? Optional.of(writers.get(Side.DESTINATION)) : Optional.empty(),
                    FenceNote.key(situation.plan().name().value()),
                    sender,
                    masters,
                    patience));
            write(ready, judgements);
            applied.addAll(mover.move(ready));
            return new AppliedChanges(applied, mover.halt().map(Halt::stop));
        } catch (Halt halt) {
            return AppliedChanges.notTried(moves, halt.stop());
        }
    }

    private void write(List<MoveTopic> moves, List<Judgement> judgements) throws Halt {
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

    /** Consumers ask for the topic of their group's retries, and so come to know the destination's masters. */
    private void retries(
            Situation situation,
            Map<String, GroupReadiness> arrivals,
            SettingsStore<TopicSettings> shelf,
            MasterPool masters)
            throws InterruptedException, Halt {
        SortedSet<String> groups = new TreeSet<>();
        arrivals.values().forEach(arrival -> groups.addAll(arrival.withoutRetries()));
        List<ObjectUpdate<TopicSettings>> works = new ArrayList<>();
        for (String group : groups) {
            String name = Traffic.retries(group);
            SortedMap<String, TopicSettings> after = new TreeMap<>();
            situation.destination().brokers().forEach((broker, master) -> {
                if (!master.topics().containsKey(name)) {
                    int queues = master.groups().get(group).retryQueues();
                    after.put(broker, TopicSettings.of(queues, Access.READ_WRITE));
                }
            });
            Subject subject = new Subject(
                    Subject.Kind.TOPIC,
                    name,
                    Side.DESTINATION,
                    Optional.empty(),
                    situation.plan().destination().nameServers().get(0).at());
            works.add(new ObjectUpdate<>(
                    new Change.CreateTopic(subject, after, new TreeSet<>()), new TreeMap<>(), after));
        }
        for (int from = 0; from < works.size(); from += BulkWrite.MOST) {
            List<ObjectUpdate<TopicSettings>> some = works.subList(from, Math.min(works.size(), from + BulkWrite.MOST));
            new BulkWrite<>(shelf, situation.destination().brokers(), some, sender, masters, patience).run(Map.of());
        }
    }

    /** Who has to show a topic's new permission: clients of joined brokers ask the destination's name servers. */
    private List<ClusterWriter> seers(Situation situation, Side side) {
        return side == Side.SOURCE && situation.isAnyJoined()
                ? List.of(writers.get(Side.SOURCE), writers.get(Side.DESTINATION))
                : List.of(writers.get(side));
    }
}
