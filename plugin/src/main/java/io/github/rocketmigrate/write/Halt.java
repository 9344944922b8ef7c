package io.github.rocketmigrate.write;

import io.github.rocketmigrate.model.Fault;

/** Stops all further writes of a run. */
public final class Halt extends Exception {
    private static final long serialVersionUID = 1L;

    private static final String ON_REQUEST = "Stopped on request.";

    private final String fix;
    private final boolean unanswered;

    public Halt(String what, String fix) {
        this(what, fix, false);
    }

    /** With {@code unanswered}, a write was not answered, so reading the servers may still show its result. */
    public Halt(String what, String fix, boolean unanswered) {
        super(what);
        this.fix = fix;
        this.unanswered = unanswered;
    }

    /** Stops a run that was asked to stop. */
    public static Halt onRequest() {
        return new Halt(ON_REQUEST, "Run again to continue.");
    }

    /** Whether somebody stopped a run, so that nothing has to be repaired before the next one. */
    public static boolean isRequested(AppliedChanges.Stop stop) {
        return stop.what().equals(ON_REQUEST);
    }

    public boolean isForWantOfAnswer() {
        return unanswered;
    }

    public static Halt of(Fault fault) {
        return new Halt(fault.getMessage(), fault.nextStep());
    }

    public AppliedChanges.Stop stop() {
        return new AppliedChanges.Stop(getMessage(), fix);
    }
}
