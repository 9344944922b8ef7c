package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.MigrationPlan.Waiver;

/** What a check comes to. What could not be measured has not passed. */
public sealed interface Verdict {
    /** In words, with what was measured. */
    String what();

    /** It may go on. */
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
     * Something is in the way.
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

    /** It could not be found out. */
    record Unknown(String what) implements Verdict {
        public Unknown {
            requireNonNull(what, "what is null");
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

    /** It did not pass, and the plan says that it need not. */
    record Waived(Verdict verdict, Waiver waiver) implements Verdict {
        public Waived {
            requireNonNull(verdict, "verdict is null");
            requireNonNull(waiver, "waiver is null");
        }

        @Override
        public String what() {
            return verdict.what() + " (waived until " + waiver.expires().value() + " by "
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
     * It did not pass, and whoever runs has said that it need not.
     *
     * @param by how they said so
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

    /** Whether what waits for it may go on. */
    boolean letsPass();

    /** The word for this in files and reports. */
    String word();
}
