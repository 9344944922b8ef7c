package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;

/** What the examination says to one of its questions. */
public sealed interface RowState {
    /** The word in files. */
    String word();

    /** Empty unless it has fired. */
    default Optional<RowSeverity> severity() {
        return Optional.empty();
    }

    /** Whether nothing has to be done or answered. */
    default boolean isFine() {
        return false;
    }

    /** What a reader has to know beside the measured value. */
    default String remark() {
        return "";
    }

    /** Something has to be done or known. */
    record Fired(RowSeverity level) implements RowState {
        public Fired {
            requireNonNull(level, "level is null");
        }

        @Override
        public String word() {
            return "fired";
        }

        @Override
        public Optional<RowSeverity> severity() {
            return Optional.of(level);
        }
    }

    /** It was measured, and nothing has to be done. */
    record NotFired() implements RowState {
        @Override
        public String word() {
            return "not-fired";
        }

        @Override
        public boolean isFine() {
            return true;
        }
    }

    /**
     * Nobody knows.
     *
     * @param why it could not be measured
     * @param question that a person can answer
     * @param isUnobserved whether it is measured when the source is observed
     */
    record NotMeasurable(String why, String question, boolean isUnobserved) implements RowState {
        public NotMeasurable {
            requireNonNull(why, "why is null");
            requireNonNull(question, "question is null");
        }

        @Override
        public String word() {
            return "not-measurable";
        }

        @Override
        public String remark() {
            return (isUnobserved ? "not observed: " : "not measurable: ") + why;
        }
    }

    /** It could not be measured, and the plan has the answer of a person. */
    record Answered(String answer, String owner, LocalDate date) implements RowState {
        public Answered {
            requireNonNull(answer, "answer is null");
            requireNonNull(owner, "owner is null");
            requireNonNull(date, "date is null");
        }

        @Override
        public String word() {
            return "answered";
        }

        @Override
        public boolean isFine() {
            return true;
        }

        @Override
        public String remark() {
            return "answered: " + answer + " (" + owner + ", " + date + ")";
        }
    }
}
