package io.github.rocketmigrate.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The next thing to do with a topic on its way to a stage. */
public sealed interface Rung {
    /** The accesses that it gives, in their order. */
    default List<AccessChange> writes() {
        return List.of();
    }

    /** Whether it can as well be taken later. */
    default boolean mayWait() {
        return true;
    }

    /** Whether one cluster is closed before the other is opened, so that new messages are withheld in between. */
    default boolean closesFirst() {
        return false;
    }

    /** It is where it should be. */
    record Arrived() implements Rung {}

    /**
     * One access after the other is to be written, both or none.
     *
     * @param purpose why, in words for people
     */
    record Writes(List<AccessChange> writes, Purpose purpose) implements Rung {
        public Writes {
            writes = List.copyOf(writes);
            requireNonNull(purpose, "purpose is null");
        }

        @Override
        public boolean mayWait() {
            return purpose.mayWait();
        }

        @Override
        public boolean closesFirst() {
            return writes.size() > 1 && !writes.get(0).access().isWritable();
        }
    }

    /** A cluster is to become quiet and drained first; then {@code then}. */
    record Wait(Side until, AccessChange then, Purpose purpose) implements Rung {
        public Wait {
            requireNonNull(until, "until is null");
            requireNonNull(then, "then is null");
            requireNonNull(purpose, "purpose is null");
        }

        @Override
        public List<AccessChange> writes() {
            return List.of(then);
        }

        @Override
        public boolean mayWait() {
            return purpose.mayWait();
        }
    }

    /** Nobody knows how it came to be like this; people have to look. */
    record Foreign() implements Rung {}

    /** An access to be given to a topic in one cluster. */
    record AccessChange(Side side, Access access) {
        public AccessChange {
            requireNonNull(side, "side is null");
            requireNonNull(access, "access is null");
        }
    }

    /** What a step is for, which says what has to be checked before it. */
    enum Purpose {
        /** The first rung up: consumers come to read from both. */
        LEAVE_SOURCE(true),
        /** Writing is allowed in both clusters. */
        OPEN_BOTH(true),
        /** Writing goes from the source to the destination. */
        TO_DESTINATION(true),
        /** A FIFO topic's writing goes to the destination, where nobody reads until the source is drained. */
        CLOSE_FENCE(true),
        /** The source was drained: the destination may be read. */
        OPEN_FENCE(false),
        /** The source is not used any more. */
        LEAVE_BEHIND(true),
        /** A step back. */
        BACK(false),
        /** What a stopped run left half done. */
        FINISH(false);

        private final boolean mayWait;

        Purpose(boolean mayWait) {
            this.mayWait = mayWait;
        }

        /** Whether it can as well be done later: who closes a fence must open it, and who goes back has a reason. */
        public boolean mayWait() {
            return mayWait;
        }
    }
}
