package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.ObjectsToRemove.ObjectToRemove;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Finds objects that others changed at the destination, as opposed to changes of the plan that are not applied yet.
 * Without a record, nothing counts as drift.
 */
public final class Drift {
    private Drift() {}

    /**
     * The objects of the destination that match neither the plan nor what the last run left; none if the destination was
     * not read.
     *
     * @param isRunAtWork whether a run may be moving topics now; runs record stages at their end
     */
    public static Set<Subject> in(Situation situation, ChangeSet changes, boolean isRunAtWork) {
        if (situation.destination().isUnread()) {
            return Set.of();
        }
        return changes.changes().stream()
                .filter(change -> hasDrifted(situation, change) && !isMoving(situation, change, isRunAtWork))
                .map(Change::subject)
                .collect(toSet());
    }

    private static boolean hasDrifted(Situation situation, Change change) {
        String name = change.subject().name();
        MigrationRecord recorded = situation.recorded();
        if (change instanceof Change.RegisterBroker register) {
            // A broker that had joined and is not listed anymore has lost its setting, usually at a restart.
            return register.joins() && recorded.joined().contains(name);
        }
        if (change instanceof Change.SeedOffsets) {
            return false;
        }
        Optional<ObjectToRemove> toRemove =
                Optional.ofNullable((change.subject().kind() == Subject.Kind.GROUP
                                ? situation.toRemove().groups()
                                : situation.toRemove().topics())
                        .get(name));
        if (toRemove.isPresent()) {
            // All other changes of the object come after its removal.
            return change instanceof Change.Remove && toRemove.get().isChanged();
        }
        return change.subject().kind() == Subject.Kind.GROUP
                ? differs(
                        recorded.of(SettingsHash.groupKey(name)),
                        () -> SettingsHash.group(situation.destination().group(name)))
                : differs(
                        recorded.of(SettingsHash.topicKey(name)),
                        () -> SettingsHash.topic(situation.destination().topic(name)));
    }

    /**
     * Whether a topic is on its way: only its permissions differ from the record, a step of ours continues from there, and
     * they lie between two stages, some name server has not seen the last step, or a run is at work.
     */
    private static boolean isMoving(Situation situation, Change change, boolean isRunAtWork) {
        if (!(change instanceof Change.MoveTopic move) || move.rung() instanceof Rung.Foreign) {
            return false;
        }
        boolean isBetweenStages = move.found().pair().flatMap(Pair::stage).isEmpty() || move.isForNameServers();
        String name = move.subject().name();
        return (isRunAtWork || isBetweenStages)
                && situation
                        .recorded()
                        .of(SettingsHash.topicKey(name))
                        .filter(entry -> Arrays.stream(Access.values())
                                .map(access -> SettingsHash.topic(withAccess(situation, name, access)))
                                .anyMatch(entry.hash()::equals))
                        .isPresent();
    }

    private static SortedMap<String, TopicSettings> withAccess(Situation situation, String topic, Access access) {
        SortedMap<String, TopicSettings> settings = new TreeMap<>();
        situation.destination().topic(topic).forEach((broker, found) -> settings.put(broker, found.withAccess(access)));
        return settings;
    }

    private static boolean differs(Optional<MigrationRecord.RecordedObject> recorded, Supplier<String> now) {
        // A run that stopped half way has left the object so.
        return recorded.filter(entry -> !entry.isUnfinished() && !entry.hash().equals(now.get()))
                .isPresent();
    }
}
