package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;
import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.model.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * Holds a reviewed change set as it was read from its file.
 *
 * @param text the whole file, which may have been deleted when the run ends
 * @param plan the name of the plan
 * @param planSha256 the hash of what the plan said, if the file has it
 * @param clusters both clusters with their masters
 */
public record SavedChangeSet(
        String text, String plan, Optional<String> planSha256, Map<Side, SavedCluster> clusters, List<Change> changes) {
    public SavedChangeSet {
        requireNonNull(text, "text is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(planSha256, "planSha256 is null");
        clusters = Map.copyOf(clusters);
        changes = List.copyOf(changes);
    }

    /** The current changes that this change set holds too. */
    public ChangeSet narrow(ChangeSet now) {
        Set<String> keys = changes.stream().map(SavedChangeSet::key).collect(toSet());
        Set<String> objects =
                changes.stream().map(change -> object(change.subject())).collect(toSet());
        List<Change> reviewed = now.changes().stream()
                .filter(change -> keys.contains(key(change)) || isSeedOfMove(change, keys))
                .toList();
        // Topics that were not reviewed may still need the join.
        boolean isAllReviewed =
                now.changes().stream().filter(not(Change::leavesJoin)).allMatch(reviewed::contains);
        List<Change> less = isAllReviewed
                ? reviewed
                : reviewed.stream().filter(not(Change::leavesJoin)).toList();
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
                now.unplanned());
    }

    /** Groups may have been added since the review, and no topic moves before all of them have offsets. */
    private static boolean isSeedOfMove(Change change, Set<String> keys) {
        return change instanceof Change.SeedOffsets
                && keys.contains("traffic " + change.subject().name());
    }

    /**
     * Removal, settings, offsets and traffic of a topic are changes of their own, and so is the end of a join; creating
     * and aligning are one.
     */
    static String key(Change change) {
        if (change instanceof Change.MoveTopic) {
            return "traffic " + change.subject().name();
        }
        if (change instanceof Change.SeedOffsets) {
            return "offsets " + change.subject().name();
        }
        String of = change instanceof Change.Remove ? "removal " : change.leavesJoin() ? "end " : "";
        return of + object(change.subject());
    }

    static String object(Subject subject) {
        return subject.kind().word() + " " + subject.name();
    }

    /** A cluster for which the change set was made. */
    public record SavedCluster(String name, SortedSet<String> brokers) {
        public SavedCluster {
            requireNonNull(name, "name is null");
            requireNonNull(brokers, "brokers is null");
        }
    }
}
