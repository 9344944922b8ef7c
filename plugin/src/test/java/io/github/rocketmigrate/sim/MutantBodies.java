package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.check.Findings;
import io.github.rocketmigrate.model.Rung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.bytebuddy.implementation.bind.annotation.FieldValue;

/** What methods of a {@link Mutant} do instead. */
public final class MutantBodies {
    private MutantBodies() {}

    /** In place of a check. */
    public static final class Passed {
        private Passed() {}

        public static Findings body() {
            return Findings.passed("a mutant does not look");
        }
    }

    /** In place of a question. */
    public static final class Yes {
        private Yes() {}

        public static boolean body() {
            return true;
        }
    }

    /** In place of a question. */
    public static final class No {
        private No() {}

        public static boolean body() {
            return false;
        }
    }

    /** In place of an action. */
    public static final class Nothing {
        private Nothing() {}

        public static void body() {
            // A safeguard that is missing.
        }
    }

    /** In place of a list. */
    public static final class EmptyList {
        private EmptyList() {}

        public static List<?> body() {
            return List.of();
        }
    }

    /** In place of a reason. */
    public static final class Empty {
        private Empty() {}

        public static Optional<?> body() {
            return Optional.empty();
        }
    }

    /** In place of a time. */
    public static final class OneSecond {
        private OneSecond() {}

        public static Duration body() {
            return Duration.ofSeconds(1);
        }
    }

    /** In place of the writes of a step. */
    public static final class Reversed {
        private Reversed() {}

        public static List<Rung.AccessChange> body(@FieldValue("writes") List<Rung.AccessChange> writes) {
            List<Rung.AccessChange> reversed = new ArrayList<>(writes);
            Collections.reverse(reversed);
            return reversed;
        }
    }
}
