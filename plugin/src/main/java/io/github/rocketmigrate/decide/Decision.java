package io.github.rocketmigrate.decide;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import java.util.List;

/**
 * What becomes of a change now. {@link Decisions} makes it once; the engine executes what is ready and waits for what is
 * awaited, and reports print it.
 */
public sealed interface Decision {
    Change change();

    /** Why the change is not made now; none where it is ready, or waits for another change only. */
    default List<Obstacle> reasons() {
        return List.of();
    }

    /** Whether time or another reading may end all reasons. */
    default boolean endsByItself() {
        return false;
    }

    /** Whether it waits for checks that other people can make pass. */
    default boolean isForOthers() {
        return false;
    }

    /** The change can be made now. */
    record Ready(Change change) implements Decision {
        public Ready {
            requireNonNull(change, "change is null");
        }
    }

    /**
     * Another change comes first, and can be made.
     *
     * @param after the change that comes first
     */
    record Later(Change change, Change after) implements Decision {
        public Later {
            requireNonNull(change, "change is null");
            requireNonNull(after, "after is null");
        }
    }

    /** An earlier step of ours ends each of the reasons after a while. */
    record Awaited(Change change, List<Obstacle> reasons) implements Decision {
        public Awaited {
            requireNonNull(change, "change is null");
            reasons = List.copyOf(reasons);
        }

        @Override
        public boolean endsByItself() {
            return true;
        }
    }

    /** Somebody has to act first. */
    record Held(Change change, List<Obstacle> reasons) implements Decision {
        public Held {
            requireNonNull(change, "change is null");
            reasons = List.copyOf(reasons);
        }

        /** How fast a group consumes shows only after some readings. */
        @Override
        public boolean endsByItself() {
            return !reasons.isEmpty() && reasons.stream().allMatch(Obstacle::mayEndByItself);
        }

        @Override
        public boolean isForOthers() {
            return reasons.stream().anyMatch(reason -> reason instanceof Obstacle.OfCheck && !reason.isOfClusters());
        }

        /** Whether the change is held for what concerns its own object, and not only for both clusters as a whole. */
        public boolean isForItself() {
            return change instanceof Change.RegisterBroker
                    || reasons.stream().anyMatch(reason -> !reason.isOfClusters());
        }
    }
}
