package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Rung.AccessChange;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.record.StepNote;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.BulkWrite;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.ObjectUpdate;
import io.github.rocketmigrate.write.RecordCopy;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.SettingsStore.TopicStore;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteContext;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Opens topics at the source while the destination is down. It sends nothing to the destination. A note at the source says
 * what it opens: if some masters stay closed, the next run with the destination finishes the opening.
 */
public final class SourceOpener {
    private final ClusterWriter source;
    private final Notes copy;
    private final WriteGuard guard;
    private final RunControl control;
    private final Situation situation;

    public SourceOpener(ClusterWriter source, WriteGuard guard, RunControl control, Situation situation) {
        this.source = requireNonNull(source, "source is null");
        this.copy = new RecordCopy(source);
        this.guard = requireNonNull(guard, "guard is null");
        this.control = requireNonNull(control, "control is null");
        this.situation = requireNonNull(situation, "situation is null");
    }

    /**
     * Opens each topic on all masters of the source. Stops at the first failure that is not of one topic.
     *
     * @param earlier what earlier runs have begun to open
     */
    public AppliedChanges open(List<MoveTopic> moves, SortedMap<String, BegunStep> earlier)
            throws InterruptedException {
        SortedMap<String, BegunStep> openings = new TreeMap<>(earlier);
        moves.forEach(move -> openings.put(move.subject().name(), opening(move)));
        try {
            if (!moves.isEmpty()) {
                note(openings, guard);
            }
            AppliedChanges made = open(moves);
            List<String> unanswered = made.changes().stream()
                    .filter(one -> one.outcome() == WriteOutcome.UNKNOWN)
                    .map(one -> one.change().subject().name())
                    .toList();
            unanswered.forEach(
                    topic -> openings.computeIfPresent(topic, (same, step) -> step.unanswered(situation.readAt())));
            if (!unanswered.isEmpty()) {
                note(openings, guard.urgent());
            }
            return made;
        } catch (Halt halt) {
            return AppliedChanges.notTried(moves, halt.stop());
        }
    }

    /** What is open during and after the step. Nobody can read the destination, so the record says what is open there. */
    private BegunStep opening(MoveTopic move) {
        String topic = move.subject().name();
        SortedSet<Access> destination = new TreeSet<>();
        situation.recorded().of(SettingsHash.topicKey(topic)).stream()
                .flatMap(recorded -> Stream.of(recorded.stage(), recorded.heading()))
                .flatMap(Optional::stream)
                .forEach(stage -> destination.add(stage.at(Side.DESTINATION)));
        BegunStep step = new BegunStep(new Standing(move.found().source(), destination), false);
        for (AccessChange write : move.rung().writes()) {
            step = step.and(write.side(), write.access());
        }
        BegunStep begun = situation.recorded().begun().get(topic);
        return begun == null ? step : step.and(begun);
    }

    /** One name server that has the note is enough for the next run. */
    private void note(SortedMap<String, BegunStep> openings, WriteGuard by) throws InterruptedException, Halt {
        Map<String, String> parts = StepNote.ofOpenings(situation.plan().name().value(), openings);
        SortedSet<String> keys = new TreeSet<>(StepNotes.LAST_FIRST);
        keys.addAll(parts.keySet());
        List<Claim> claims = new ArrayList<>();
        boolean isNoted = false;
        for (String nameServer : copy.nameServers()) {
            boolean hasAll = true;
            for (String key : keys) {
                Claim claim = by.send(
                        "note",
                        nameServer,
                        List.of(RecordCopy.key(key)),
                        () -> copy.put(nameServer, key, parts.get(key)));
                claims.add(claim);
                hasAll &= claim instanceof Claim.Accepted;
            }
            isNoted |= hasAll;
        }
        if (!isNoted) {
            throw Fence.halt(claims);
        }
    }

    private AppliedChanges open(List<MoveTopic> moves) throws InterruptedException {
        Metadata cluster = situation.source();
        List<ObjectUpdate<TopicSettings>> updates = moves.stream()
                .map(move -> AccessUpdate.of(move, move.rung().writes().get(0), cluster)
                        .orElseThrow())
                .toList();
        List<AppliedChange> applied = new ArrayList<>();
        try (MasterPool masters = new MasterPool(control.timing())) {
            TopicStore store = new TopicStore(source, cluster, List.of(source));
            WriteContext context = new WriteContext(guard, masters, control);
            for (List<ObjectUpdate<TopicSettings>> some : BulkWrite.slices(updates)) {
                Timing.Stopwatch opening = control.timing().stopwatch();
                try {
                    new BulkWrite<>(store, cluster.brokers(), some, context).run(Map.of());
                } finally {
                    List<AppliedChange> ended = some.stream()
                            .filter(update -> !update.isOpen())
                            .map(ObjectUpdate::applied)
                            .toList();
                    applied.addAll(ended);
                    control.progress().made(ended, opening.passed());
                }
            }
            return new AppliedChanges(applied, Optional.empty());
        } catch (Halt halt) {
            List<MoveTopic> rest = new ArrayList<>(moves);
            applied.forEach(one -> rest.remove(one.change()));
            return new AppliedChanges(applied, Optional.of(halt.stop()))
                    .and(AppliedChanges.notTried(rest, halt.stop()));
        }
    }
}
