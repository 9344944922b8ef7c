package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.model.Side;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * A change set that somebody has reviewed, as it was read from its file.
 *
 * @param text the whole file, which may be gone when it has been applied
 * @param plan the name of the plan
 * @param clusters and their masters, of both sides
 */
public record SavedChangeSet(String text, String plan, Map<Side, SavedCluster> clusters, List<Change> changes) {
    public SavedChangeSet {
        requireNonNull(text, "text is null");
        requireNonNull(plan, "plan is null");
        clusters = Map.copyOf(clusters);
        changes = List.copyOf(changes);
    }

    /** The part of what is to be done now that this change set holds too. */
    public ChangeSet narrow(ChangeSet now) {
        Set<String> keys = changes.stream().map(SavedChangeSet::key).collect(toSet());
        Set<String> objects =
                changes.stream().map(change -> object(change.subject())).collect(toSet());
        List<Change> less = now.changes().stream()
                .filter(change -> keys.contains(key(change)) || isSeedOfMove(change, keys))
                .toList();
        return new ChangeSet(
                now.plan(),
                now.partial() || less.size() < now.changes().size(),
                less,
                now.impossible().stream()
                        .filter(one -> objects.contains(object(one.subject())))
                        .toList(),
                now.unchanged().stream()
                        .filter(one -> objects.contains(object(one)))
                        .toList(),
                now.unmanaged(),
                now.unplanned(),
                now.fingerprint());
    }

    /** Groups may have come since the review, and no topic moves before all of them have their offsets. */
    private static boolean isSeedOfMove(Change change, Set<String> keys) {
        return change instanceof Change.SeedOffsets
                && keys.contains("traffic " + change.subject().name());
    }

    /** The settings of a topic and its traffic are two changes; creating and aligning are one. */
    static String key(Change change) {
        if (change instanceof Change.MoveTopic) {
            return "traffic " + change.subject().name();
        }
        if (change instanceof Change.SeedOffsets) {
            return "offsets " + change.subject().name();
        }
        return object(change.subject());
    }

    static String object(Subject subject) {
        return subject.kind().word() + " " + subject.name();
    }

    /** A cluster as the change set was made for. */
    public record SavedCluster(String name, SortedSet<String> brokers) {
        public SavedCluster {
            requireNonNull(name, "name is null");
            requireNonNull(brokers, "brokers is null");
        }
    }
}
