package io.github.rocketmigrate.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** The next step of a topic on its way to a stage. */
public sealed interface Rung {
    /** The accesses to write, in this order. */
    default List<AccessChange> writes() {
        return List.of();
    }

    /** The purpose of the step; none where there is no next step. */
    default Optional<Purpose> purpose() {
        return Optional.empty();
    }

    default boolean isFor(Purpose purpose) {
        return purpose().equals(Optional.of(purpose));
    }

    /** Whether the step can be made later without harm. */
    default boolean mayWait() {
        return purpose().map(Purpose::mayWait).orElse(true);
    }

    /** Whether one cluster closes before the other opens, so that new messages are withheld in between. */
    default boolean closesFirst() {
        return false;
    }

    /** The topic has its stage. */
    record Arrived() implements Rung {}

    /** Writes one or two accesses, all or none. */
    record Writes(List<AccessChange> writes, Purpose why) implements Rung {
        public Writes {
            writes = List.copyOf(writes);
            requireNonNull(why, "why is null");
        }

        @Override
        public Optional<Purpose> purpose() {
            return Optional.of(why);
        }

        @Override
        public boolean closesFirst() {
            return writes.size() > 1 && !writes.get(0).access().isWritable();
        }
    }

    /**
     * Closes one cluster while the other one is closed as well: until the pause ends, producers find no queue.
     *
     * @param closing the write
     * @param why the purpose of the fence that begins with the pause
     */
    record Pause(AccessChange closing, Purpose why) implements Rung {
        public Pause {
            requireNonNull(closing, "closing is null");
            requireNonNull(why, "why is null");
        }

        @Override
        public List<AccessChange> writes() {
            return List.of(closing);
        }

        @Override
        public Optional<Purpose> purpose() {
            return Optional.of(why);
        }

        @Override
        public boolean closesFirst() {
            return true;
        }
    }

    /** Waits until one cluster is quiet and drained, then writes {@code then}. */
    record Wait(Side until, AccessChange then, Purpose why) implements Rung {
        public Wait {
            requireNonNull(until, "until is null");
            requireNonNull(then, "then is null");
            requireNonNull(why, "why is null");
        }

        @Override
        public List<AccessChange> writes() {
            return List.of(then);
        }

        @Override
        public Optional<Purpose> purpose() {
            return Optional.of(why);
        }
    }

    /** No step of ours leads to these accesses; somebody has to look. */
    record Foreign() implements Rung {}

    /** Gives a topic an access in one cluster. */
    record AccessChange(Side side, Access access) {
        public AccessChange {
            requireNonNull(side, "side is null");
            requireNonNull(access, "access is null");
        }
    }
}
