package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A value that was read from a cluster, or the reason why it could not be read. */
public sealed interface Measured<T> {
    /** Observes the source for long enough to see its load. */
    String OBSERVE = "-Dmigrate.observe=60s";

    record Known<T>(T value) implements Measured<T> {
        public Known {
            requireNonNull(value, "value is null");
        }
    }

    record Unread<T>(String why) implements Measured<T> {
        public Unread {
            requireNonNull(why, "why is null");
        }
    }

    /** A value that is measured when the user allows time for it. */
    record Unobserved<T>() implements Measured<T> {}

    static <T> Measured<T> of(T value) {
        return new Known<>(value);
    }

    static <T> Measured<T> unread(String why) {
        return new Unread<>(why);
    }

    /** The value for a rule that cannot judge without it: otherwise its row is not measurable, for this reason. */
    default T needed() {
        if (this instanceof Unread<T> unread) {
            throw new NotMeasured(unread.why());
        }
        if (this instanceof Unobserved<T>) {
            throw new NotMeasured("the load was not observed; set " + OBSERVE, true);
        }
        return ((Known<T>) this).value();
    }

    /** The value for a rule that can judge without it, too. */
    default Optional<T> known() {
        return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
    }

    /** Ends a rule whose question cannot be answered by what was read. */
    final class NotMeasured extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean isUnobserved;

        NotMeasured(String why) {
            this(why, false);
        }

        private NotMeasured(String why, boolean isUnobserved) {
            super(why);
            this.isUnobserved = isUnobserved;
        }

        /** Whether it is known when the source is observed. */
        boolean isUnobserved() {
            return isUnobserved;
        }
    }
}
