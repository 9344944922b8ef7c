package io.github.rocketmigrate.model;

import static java.util.Objects.requireNonNull;

/** Why a goal could not work, in words for the person who ran it, and what that person can do next. */
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
