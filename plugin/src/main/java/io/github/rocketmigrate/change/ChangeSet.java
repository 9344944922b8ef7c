package io.github.rocketmigrate.change;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Lists everything that has to change in the clusters to match the plan, in an order that does not depend on the
 * plan's.
 *
 * @param plan the name of the plan
 * @param partial whether only a part of the plan was selected
 * @param changes brokers first, then groups, then topics
 * @param unchanged the objects that match the plan
 * @param unplanned the topics and groups of each cluster that are not in the plan; never changed
 */
public record ChangeSet(
        String plan,
        boolean partial,
        List<Change> changes,
        List<Impossible> impossible,
        List<Subject> unchanged,
        Map<Side, UnplannedObjects> unplanned) {
    private static final Comparator<Subject> BY_NAME =
            comparing(Subject::kind).thenComparing(Subject::name).thenComparing(Subject::side);

    public ChangeSet {
        requireNonNull(plan, "plan is null");
        changes = changes.stream()
                .sorted(comparing(Change::subject, BY_NAME).thenComparingInt(ChangeSet::turn))
                .toList();
        impossible = impossible.stream()
                .sorted(comparing(Impossible::subject, BY_NAME).thenComparing(Impossible::reason))
                .toList();
        unchanged = unchanged.stream().sorted(BY_NAME).toList();
        unplanned = Map.copyOf(unplanned);
    }

    /** Sorts the changes of one object: its removal, then settings, then offsets, then moves; a join before its end. */
    private static int turn(Change change) {
        if (change instanceof Change.Remove) {
            return 0;
        }
        if (change instanceof Change.MoveTopic || change.leavesJoin()) {
            return 3;
        }
        return change instanceof Change.SeedOffsets ? 2 : 1;
    }

    /**
     * The change after which the source's servers leave the join, which needs all others first. Empty if no other is
     * left.
     */
    public Optional<Change> lastBeforeLeaving() {
        return changes.stream().filter(not(Change::leavesJoin)).reduce((one, next) -> next);
    }

    /** Whether servers leave the join now, by a change or by hand: before that, all other changes are made. */
    public boolean isLeavingJoin() {
        return byHand().stream().anyMatch(one -> one.byHand().equals(Optional.of(Purpose.LEAVE_JOIN)))
                || (changes.stream().anyMatch(Change::leavesJoin)
                        && lastBeforeLeaving().isEmpty());
    }

    /** Only what takes topics back while the clusters are joined. */
    public ChangeSet ofWayBack(Set<String> topics) {
        return ofWayBack(topics, false);
    }

    /**
     * Only what takes topics back: their moves, and the offsets that their groups need before.
     *
     * @param joinsAgain whether the clusters are joined again before, because the way back needs both
     */
    public ChangeSet ofWayBack(Set<String> topics, boolean joinsAgain) {
        return new ChangeSet(
                plan,
                partial,
                changes.stream()
                        .filter(change -> isOfWayBack(change, topics) || (joinsAgain && isJoin(change)))
                        .toList(),
                impossible.stream()
                        .filter(one -> topics.contains(one.subject().name())
                                || (joinsAgain && one.subject().kind() == Subject.Kind.BROKER))
                        .toList(),
                unchanged,
                Map.of());
    }

    private static boolean isOfWayBack(Change change, Set<String> topics) {
        return (change instanceof Change.MoveTopic || change instanceof Change.SeedOffsets)
                && topics.contains(change.subject().name());
    }

    private static boolean isJoin(Change change) {
        return change instanceof Change.RegisterBroker register && register.joins();
    }

    /** What the owners of brokers have to do, and a run can wait for. */
    public List<Impossible> byHand() {
        return impossible.stream().filter(one -> one.byHand().isPresent()).toList();
    }

    /** The topics that wait in a fence. */
    public Set<String> fenced() {
        return changes.stream()
                .filter(change -> change instanceof Change.MoveTopic move && move.rung() instanceof Rung.Wait)
                .map(change -> change.subject().name())
                .collect(toUnmodifiableSet());
    }

    /** The topics and groups of one cluster that are not in the plan. */
    public UnplannedObjects unplanned(Side side) {
        return unplanned.getOrDefault(side, UnplannedObjects.NONE);
    }

    /** Topics and groups of a cluster that a plan does not name. */
    public record UnplannedObjects(SortedSet<String> topics, SortedSet<String> groups) {
        static final UnplannedObjects NONE = new UnplannedObjects(new TreeSet<>(), new TreeSet<>());

        public UnplannedObjects {
            topics = new TreeSet<>(topics);
            groups = new TreeSet<>(groups);
        }

        public int size() {
            return topics.size() + groups.size();
        }
    }
}
