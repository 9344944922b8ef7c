package io.github.rocketmigrate.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** The next thing to do with a topic on its way to a stage. */
public sealed interface Rung {
    /** The accesses that it gives, in their order. */
    default List<AccessChange> writes() {
        return List.of();
    }

    /** Why it writes; nothing where there is no next step. */
    default Optional<Purpose> purpose() {
        return Optional.empty();
    }

    default boolean isFor(Purpose purpose) {
        return purpose().equals(Optional.of(purpose));
    }

    /** Whether it can as well be taken later. */
    default boolean mayWait() {
        return purpose().map(Purpose::mayWait).orElse(true);
    }

    /** Whether one cluster is closed before the other is opened, so that new messages are withheld in between. */
    default boolean closesFirst() {
        return false;
    }

    /** It is where it should be. */
    record Arrived() implements Rung {}

    /** One access after the other is to be written, both or none. */
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

    /** A cluster is to become quiet and drained first; then {@code then}. */
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

    /** Nobody knows how it came to be like this; people have to look. */
    record Foreign() implements Rung {}

    /** An access to be given to a topic in one cluster. */
    record AccessChange(Side side, Access access) {
        public AccessChange {
            requireNonNull(side, "side is null");
            requireNonNull(access, "access is null");
        }
    }
}
