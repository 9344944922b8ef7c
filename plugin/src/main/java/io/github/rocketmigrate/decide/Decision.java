package io.github.rocketmigrate.decide;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import java.util.List;

/**
 * Says whether a change can be made now. {@link Decisions} makes each decision once; the engine executes ready changes
 * and waits for awaited ones, and reports print all.
 */
public sealed interface Decision {
    Change change();

    /** Why the change is not made now; none if it is ready or only waits for another change. */
    default List<Reason> reasons() {
        return List.of();
    }

    /** The codes of the reasons, each once. */
    default List<String> codes() {
        return reasons().stream().map(Reason::code).distinct().toList();
    }

    /** Whether all reasons may end with time or with another reading. */
    default boolean isWorthWaitingFor() {
        return false;
    }

    /** Whether the change waits for checks that other people can make pass. */
    default boolean isWaitingForPeople() {
        return false;
    }

    /** The change can be made now. */
    record Ready(Change change) implements Decision {
        public Ready {
            requireNonNull(change, "change is null");
        }
    }

    /**
     * Another change is made first.
     *
     * @param after the change that is made first
     */
    record Later(Change change, Change after) implements Decision {
        public Later {
            requireNonNull(change, "change is null");
            requireNonNull(after, "after is null");
        }
    }

    /** Each reason ends by itself some time after an earlier step of ours. */
    record Awaited(Change change, List<Reason> reasons) implements Decision {
        public Awaited {
            requireNonNull(change, "change is null");
            reasons = List.copyOf(reasons);
        }

        @Override
        public boolean isWorthWaitingFor() {
            return true;
        }
    }

    /** Someone has to act first. */
    record Held(Change change, List<Reason> reasons) implements Decision {
        public Held {
            requireNonNull(change, "change is null");
            reasons = List.copyOf(reasons);
        }

        /** Some reasons end with another reading, such as the speed of a group, which takes two. */
        @Override
        public boolean isWorthWaitingFor() {
            return !reasons.isEmpty() && reasons.stream().allMatch(Reason::mayClear);
        }

        @Override
        public boolean isWaitingForPeople() {
            return reasons.stream().anyMatch(reason -> reason instanceof Reason.OfCheck && !reason.isOfClusters());
        }

        /** Whether some reason concerns the object of the change, and not the clusters as a whole. */
        public boolean hasOwnReason() {
            return change instanceof Change.RegisterBroker
                    || reasons.stream().anyMatch(reason -> !reason.isOfClusters());
        }
    }
}
