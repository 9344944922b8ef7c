package io.github.rocketmigrate.observe;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Recognizes a record that was lost, for example with the disks of the destination's name servers. Every run that moves a
 * topic records it, so topics beyond {@code source} prove that there was a record. Without it, a master that is down is not
 * missed, and neither are its messages.
 */
public final class LostRecord {
    private LostRecord() {}

    /**
     * Whether it is worth looking for a copy: there is no record, but brokers join, or the destination has a topic of the
     * plan. Right after name servers have lost their disks, brokers that join may not have registered yet.
     */
    public static boolean isPossible(Situation situation) {
        return situation.routing().isPresent()
                && situation.recorded().isEmpty()
                && (situation.isAnyJoined() || situation.isAnySetToJoin() || hasTopic(situation));
    }

    private static boolean hasTopic(Situation situation) {
        return situation.scope().topics().stream()
                .anyMatch(topic -> !situation.destination().topic(topic.name()).isEmpty());
    }

    /** The topics that prove it; none if there is a record, or if nothing shows that there has been one. */
    public static SortedSet<String> proof(Situation situation) {
        // Asked of each topic that moves: the question about all topics comes last.
        boolean canHaveMoved = situation.recorded().isEmpty()
                && situation.routing().isPresent()
                && (!situation.isBeforeFirstJoin() || situation.isAnySetToJoin());
        return canHaveMoved
                ? situation.scope().topics().stream()
                        .map(PlannedTopic::name)
                        .filter(topic -> isBeyondSource(situation, topic))
                        .collect(toCollection(TreeSet::new))
                : new TreeSet<>();
    }

    private static boolean isBeyondSource(Situation situation, String topic) {
        return situation.standing(topic).destination().stream().anyMatch(access -> access != Access.NONE);
    }

    /**
     * The same situation with the masters that a user names in place of those of the lost record. A name that no cluster has
     * counts as one of the source: its messages may be unread.
     */
    public static Situation naming(Set<String> masters, Situation situation) {
        if (masters.isEmpty() || proof(situation).isEmpty()) {
            return situation;
        }
        Map<Side, SortedSet<String>> bySide = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            bySide.put(side, new TreeSet<>());
        }
        for (String master : masters) {
            boolean isOfDestination = situation.destination().brokers().containsKey(master);
            bySide.get(isOfDestination ? Side.DESTINATION : Side.SOURCE).add(master);
        }
        MigrationRecord named = situation.recorded().withMasters(bySide);
        return situation.withRecorded(named);
    }
}
