package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.MigrationPlan.Waiver;

/** The result of a check. A check that could not be measured has not passed. */
public sealed interface Verdict {
    /** In words, with the measured values. */
    String what();

    /** The next step of a person; empty if there is none. */
    default String fix() {
        return "";
    }

    record Passed(String what) implements Verdict {
        public Passed {
            requireNonNull(what, "what is null");
        }

        @Override
        public boolean letsPass() {
            return true;
        }

        @Override
        public String word() {
            return "passed";
        }
    }

    /**
     * The condition does not hold.
     *
     * @param fix what to do about it
     */
    record Failed(String what, String fix) implements Verdict {
        public Failed {
            requireNonNull(what, "what is null");
            requireNonNull(fix, "fix is null");
        }

        @Override
        public boolean letsPass() {
            return false;
        }

        @Override
        public String word() {
            return "failed";
        }
    }

    /**
     * The condition could not be measured.
     *
     * @param fix how to make it measurable; empty if nobody can
     */
    record Unknown(String what, String fix) implements Verdict {
        public Unknown {
            requireNonNull(what, "what is null");
            requireNonNull(fix, "fix is null");
        }

        public Unknown(String what) {
            this(what, "");
        }

        @Override
        public boolean letsPass() {
            return false;
        }

        @Override
        public String word() {
            return "unknown";
        }
    }

    /** The check did not pass, and the plan waives it. */
    record Waived(Verdict verdict, Waiver waiver) implements Verdict {
        public Waived {
            requireNonNull(verdict, "verdict is null");
            requireNonNull(waiver, "waiver is null");
        }

        @Override
        public String what() {
            return verdict.what() + by(waiver);
        }

        /** {@code (waived until 2026-12-31 by team-data: weekly job)}, after what the waiver passes over. */
        public static String by(Waiver waiver) {
            return " (waived until " + waiver.expires().value() + " by "
                    + waiver.owner().value() + ": " + waiver.reason().value() + ")";
        }

        @Override
        public boolean letsPass() {
            return true;
        }

        @Override
        public String word() {
            return "waived";
        }
    }

    /**
     * The check did not pass, and a parameter of this run overrules it.
     *
     * @param by the parameter
     */
    record Overruled(Verdict verdict, String by) implements Verdict {
        public Overruled {
            requireNonNull(verdict, "verdict is null");
            requireNonNull(by, "by is null");
        }

        @Override
        public String what() {
            return verdict.what() + " (overruled with " + by + ")";
        }

        @Override
        public boolean letsPass() {
            return true;
        }

        @Override
        public String word() {
            return "overruled";
        }
    }

    /** Whether a change that waits for the check can be made. */
    boolean letsPass();

    /** The word in files and reports. */
    String word();
}
