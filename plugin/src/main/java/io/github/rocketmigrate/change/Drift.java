package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.observe.ObjectsToRemove.ObjectToRemove;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds objects that others changed at the destination, as opposed to changes of the plan that are not applied yet.
 * Without a record, nothing counts as drift.
 */
public final class Drift {
    private Drift() {}

    /** The objects of the destination that match neither the plan nor what the last run left. */
    public static Set<Subject> in(Situation situation, ChangeSet changes) {
        return changes.changes().stream()
                .filter(change -> hasDrifted(situation, change))
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

    private static boolean differs(Optional<MigrationRecord.RecordedObject> recorded, Supplier<String> now) {
        // A run that stopped half way has left the object so.
        return recorded.filter(entry -> !entry.isUnfinished() && !entry.hash().equals(now.get()))
                .isPresent();
    }
}
