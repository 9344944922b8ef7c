package io.github.rocketmigrate.apply;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Computes the record of a run: how it left the objects that match the plan, and which masters there were. */
public final class RecordUpdate {
    private final Situation situation;
    private final SortedMap<String, SortedMap<String, RecordedObject>> batches = new TreeMap<>();
    private final Map<String, Change> made = new HashMap<>();

    private RecordUpdate(Situation situation) {
        this.situation = situation;
    }

    /** The record before a run writes anything else, so that a master that is lost during the run counts as missing. */
    public static MigrationRecord before(Situation situation, Set<String> forgotten) {
        MigrationRecord recorded = situation.recorded();
        Map<Side, SortedSet<String>> masters = new RecordUpdate(situation).masters(forgotten);
        return masters.equals(recorded.masters())
                ? recorded
                : new MigrationRecord(
                        recorded.batches(),
                        masters,
                        recorded.joined(),
                        recorded.complete(),
                        recorded.others(),
                        recorded.mastersSequence() + 1);
    }

    /**
     * The record after a run.
     *
     * @param situation the last one
     * @param unchanged the objects that matched the plan then
     * @param earlier the results of changes before that
     * @param since the results of changes after that
     * @param forgotten masters that were removed from their cluster
     */
    public static MigrationRecord after(
            Situation situation,
            Iterable<Subject> unchanged,
            AppliedChanges earlier,
            AppliedChanges since,
            Set<String> forgotten) {
        RecordUpdate update = new RecordUpdate(situation);
        Set<String> planned = situation.plan().batches().stream()
                .map(batch -> batch.name().value())
                .collect(Collectors.toSet());
        situation.recorded().batches().forEach((name, batch) -> {
            if (planned.contains(name)) {
                update.batches.put(name, new TreeMap<>(batch.objects()));
            }
        });
        unchanged.forEach(update::add);
        earlier.changes().stream()
                .filter(applied -> applied.outcome().isDone() && !(applied.change() instanceof Change.SeedOffsets))
                .forEach(applied -> update.add(applied.change().subject()));
        for (AppliedChange applied : since.changes()) {
            if (applied.outcome().isDone() && !(applied.change() instanceof Change.SeedOffsets)) {
                update.made.put(key(applied.change().subject()), applied.change());
                update.add(applied.change().subject());
            }
        }
        SortedMap<String, RecordedBatch> batches = new TreeMap<>();
        update.batches.forEach((name, objects) -> {
            RecordedBatch before = situation.recorded().batches().get(name);
            boolean same = before != null && before.objects().equals(objects);
            long sequence = before == null ? 0 : before.sequence();
            batches.put(name, new RecordedBatch(same ? sequence : sequence + 1, objects));
        });
        Map<Side, SortedSet<String>> masters = update.masters(forgotten);
        SortedSet<String> joined = update.joined(unchanged, since, forgotten);
        boolean same = masters.equals(situation.recorded().masters())
                && joined.equals(situation.recorded().joined())
                && isComplete(situation) == situation.recorded().complete();
        return new MigrationRecord(
                batches,
                masters,
                joined,
                isComplete(situation),
                situation.recorded().others(),
                situation.recorded().mastersSequence() + (same ? 0 : 1));
    }

    /**
     * Whether the migration is complete: every topic is at its last stage, and no broker of the source is joined except
     * for other plans.
     */
    private static boolean isComplete(Situation situation) {
        return situation.recorded().complete()
                || (situation.plan().traffic().filter(TrafficPlan::complete).isPresent()
                        && (!situation.isAnyJoined()
                                || !situation.recorded().others().isEmpty())
                        // Counts the whole plan, whatever part of it is applied.
                        && situation
                                .plan()
                                .topics()
                                .allMatch(topic -> situation
                                        .standing(topic.name().value())
                                        .pair()
                                        .equals(Optional.of(Pair.of(Stage.DESTINATION)))));
    }

    /** Keeps brokers as joined until they leave, so that a join that is lost at a restart counts as drift. */
    private SortedSet<String> joined(Iterable<Subject> unchanged, AppliedChanges since, Set<String> forgotten) {
        SortedSet<String> joined = new TreeSet<>(situation.recorded().joined());
        joined.removeAll(forgotten);
        boolean leaving =
                situation.plan().traffic().filter(TrafficPlan::complete).isPresent();
        unchanged.forEach(subject -> {
            if (subject.kind() != Subject.Kind.BROKER) {
                return;
            }
            if (leaving) {
                joined.remove(subject.name());
            } else {
                joined.add(subject.name());
            }
        });
        for (AppliedChange applied : since.changes()) {
            if (applied.outcome().isDone() && applied.change() instanceof Change.RegisterBroker register) {
                if (register.joins()) {
                    joined.add(register.subject().name());
                } else {
                    joined.remove(register.subject().name());
                }
            }
        }
        return joined;
    }

    private Map<Side, SortedSet<String>> masters(Set<String> forgotten) {
        Map<Side, SortedSet<String>> masters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            SortedSet<String> names = new TreeSet<>(situation.recorded().mastersOf(side));
            names.removeAll(forgotten);
            names.addAll(situation.at(side).brokers().keySet());
            masters.put(side, names);
        }
        return masters;
    }

    private static String key(Subject subject) {
        return switch (subject.kind()) {
            case TOPIC -> SettingsHash.topicKey(subject.name());
            case GROUP -> SettingsHash.groupKey(subject.name());
            case BROKER -> "broker " + subject.name();
        };
    }

    private void add(Subject subject) {
        String key = key(subject);
        Optional<String> hash = switch (subject.kind()) {
            case TOPIC -> {
                SortedMap<String, TopicSettings> topic = topic(subject.name(), made.get(key));
                yield topic.isEmpty() ? Optional.empty() : Optional.of(SettingsHash.topic(topic));
            }
            case GROUP -> {
                SortedMap<String, GroupSettings> group = group(subject.name(), made.get(key));
                yield group.isEmpty() ? Optional.empty() : Optional.of(SettingsHash.group(group));
            }
            case BROKER -> Optional.empty();
        };
        if (hash.isPresent() && subject.batch().isPresent()) {
            // Sequence numbers count per batch: an entry of another batch could pass for newer.
            batches.values().forEach(objects -> objects.remove(key));
            batches.computeIfAbsent(subject.batch().get(), name -> new TreeMap<>())
                    .put(key, new RecordedObject(stage(subject), hash.get()));
        }
    }

    private Optional<Stage> stage(Subject subject) {
        return situation.routing().isPresent() && subject.kind() == Subject.Kind.TOPIC
                ? standing(subject).flatMap(Pair::stage)
                : Optional.empty();
    }

    private Optional<Pair> standing(Subject subject) {
        return made.get(key(subject)) instanceof Change.MoveTopic move
                ? move.after().pair()
                : situation.standing(subject.name()).pair();
    }

    private SortedMap<String, TopicSettings> topic(String name, Change change) {
        SortedMap<String, TopicSettings> topic =
                new TreeMap<>(situation.destination().topic(name));
        if (change instanceof Change.AlignObject object) {
            topic.putAll(object.after(TopicSettings.class));
        } else if (change instanceof Change.MoveTopic move) {
            for (Rung.AccessChange write : move.rung().writes()) {
                if (write.side() == Side.DESTINATION) {
                    topic.replaceAll((broker, settings) -> settings.withAccess(write.access()));
                }
            }
        }
        return topic;
    }

    private SortedMap<String, GroupSettings> group(String name, Change change) {
        SortedMap<String, GroupSettings> group =
                new TreeMap<>(situation.destination().group(name));
        if (change instanceof Change.AlignObject object) {
            group.putAll(object.after(GroupSettings.class));
        }
        return group;
    }
}
