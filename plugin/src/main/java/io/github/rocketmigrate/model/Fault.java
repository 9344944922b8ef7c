package io.github.rocketmigrate.model;

import static java.util.Objects.requireNonNull;

/** Ends a goal with an explanation for its user: the problem and the next step. */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String nextStep;

    public Fault(String what, String nextStep) {
        this(what, nextStep, null);
    }

    public Fault(String what, String nextStep, Throwable cause) {
        super(requireNonNull(what, "what is null"), cause);
        this.nextStep = requireNonNull(nextStep, "nextStep is null");
    }

    public String nextStep() {
        return nextStep;
    }
}
