package io.github.rocketmigrate.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The next thing to do with a topic on its way to a stage. */
public sealed interface Rung {
    /** The accesses that it gives, in their order. */
    default List<Write> writes() {
        return List.of();
    }

    /** It is where it should be. */
    record Arrived() implements Rung {}

    /**
     * One access after the other is to be written, both or none.
     *
     * @param purpose why, in words for people
     */
    record Writes(List<Write> writes, Purpose purpose) implements Rung {
        public Writes {
            writes = List.copyOf(writes);
            requireNonNull(purpose, "purpose is null");
        }
    }

    /** A cluster is to become quiet and drained first; then {@code then}. */
    record Wait(Side until, Write then, Purpose purpose) implements Rung {
        public Wait {
            requireNonNull(until, "until is null");
            requireNonNull(then, "then is null");
            requireNonNull(purpose, "purpose is null");
        }

        @Override
        public List<Write> writes() {
            return List.of(then);
        }
    }

    /** Nobody knows how it came to be like this; people have to look. */
    record Foreign() implements Rung {}

    /** An access to be given to a topic in one cluster. */
    record Write(Side side, Access access) {
        public Write {
            requireNonNull(side, "side is null");
            requireNonNull(access, "access is null");
        }
    }

    /** What a step is for, which says what has to be checked before it. */
    enum Purpose {
        /** The first rung up: consumers come to read from both. */
        LEAVE_SOURCE,
        /** Writing is allowed in both clusters. */
        OPEN_BOTH,
        /** Writing goes from the source to the destination. */
        TO_DESTINATION,
        /** A FIFO topic's writing goes to the destination, where nobody reads until the source is drained. */
        CLOSE_FENCE,
        /** The source was drained: the destination may be read. */
        OPEN_FENCE,
        /** The source is not used any more. */
        LEAVE_BEHIND,
        /** A step back. */
        BACK,
        /** What a stopped run left half done. */
        FINISH
    }
}
