package io.github.rocketmigrate.run;

import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.Hold;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Releases the selected topics from their holds, and changes nothing else. */
public final class Resume implements HoldChange {
    public static final String GOAL = "resume";

    private Optional<SortedMap<String, Hold>> released = Optional.empty();

    @Override
    public Situation in(Situation found) {
        SortedMap<String, Hold> held = new TreeMap<>(found.recorded().holds());
        held.keySet()
                .retainAll(
                        found.scope().topics().stream().map(PlannedTopic::name).toList());
        held.values().removeIf(Hold::isReleased);
        if (released.isEmpty()) {
            released = Optional.of(held);
        }
        SortedMap<String, Hold> after = new TreeMap<>(found.recorded().holds());
        held.forEach((topic, hold) -> after.put(topic, hold.released()));
        return found.withRecorded(found.recorded().withHolds(after));
    }

    @Override
    public ChangeSet of(ChangeSet planned) {
        return planned.ofWayBack(Set.of());
    }

    /** The topics that were on hold. */
    public SortedMap<String, Hold> released() {
        return released.orElseGet(TreeMap::new);
    }
}
