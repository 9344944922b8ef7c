package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.check.Findings;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.bytebuddy.implementation.bind.annotation.Argument;
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

    /** In place of entries. */
    public static final class EmptyMap {
        private EmptyMap() {}

        public static Map<?, ?> body() {
            return Map.of();
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

    /** In place of the end of a queue. */
    public static final class First {
        private First() {}

        public static long body(@Argument(0) QueueRange range) {
            return range.first();
        }
    }

    /** In place of the number of delay levels. */
    public static final class UsualLevels {
        private UsualLevels() {}

        public static OptionalInt body() {
            return OptionalInt.of(18);
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

    /** In place of the step from {@code read-both}: as if no topic were ordered. */
    public static final class Unfenced {
        private Unfenced() {}

        public static Rung body(@Argument(0) Stage wanted) {
            return switch (wanted) {
                case READ_BOTH -> new Rung.Arrived();
                case SOURCE ->
                    new Rung.Writes(List.of(new Rung.AccessChange(Side.DESTINATION, Access.NONE)), Purpose.BACK);
                case WRITE_BOTH, WRITE_DESTINATION, DESTINATION ->
                    new Rung.Writes(
                            List.of(
                                    new Rung.AccessChange(Side.DESTINATION, Access.READ_WRITE),
                                    new Rung.AccessChange(Side.SOURCE, Access.READ)),
                            Purpose.TO_DESTINATION);
            };
        }
    }

    /** In place of the step from {@code write-destination}: as if no topic were ordered. */
    public static final class UnfencedBack {
        private UnfencedBack() {}

        public static Rung body(@Argument(0) Stage wanted) {
            Rung.AccessChange opens = new Rung.AccessChange(Side.SOURCE, Access.READ_WRITE);
            return switch (wanted) {
                case DESTINATION ->
                    new Rung.Writes(List.of(new Rung.AccessChange(Side.SOURCE, Access.NONE)), Purpose.LEAVE_BEHIND);
                case WRITE_DESTINATION -> new Rung.Arrived();
                case WRITE_BOTH -> new Rung.Writes(List.of(opens), Purpose.BACK);
                case SOURCE, READ_BOTH ->
                    new Rung.Writes(List.of(opens, new Rung.AccessChange(Side.DESTINATION, Access.READ)), Purpose.BACK);
            };
        }
    }
}
