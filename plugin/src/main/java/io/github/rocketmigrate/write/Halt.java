package io.github.rocketmigrate.write;

import io.github.rocketmigrate.model.Fault;

/** Stops all further writes of a run. */
public final class Halt extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fix;
    private final boolean unanswered;
    private final AppliedChanges.StopKind kind;

    public Halt(String what, String fix) {
        this(what, fix, false);
    }

    private Halt(String what, String fix, boolean unanswered, AppliedChanges.StopKind kind) {
        super(what);
        this.fix = fix;
        this.unanswered = unanswered;
        this.kind = kind;
    }

    /** With {@code unanswered}, a write was not answered, so reading the servers may still show its result. */
    public Halt(String what, String fix, boolean unanswered) {
        this(what, fix, unanswered, AppliedChanges.StopKind.FAULT);
    }

    /** Stops a run that was asked to stop. */
    public static Halt onRequest() {
        return new Halt("Stopped on request.", "Run again to continue.", false, AppliedChanges.StopKind.REQUEST);
    }

    /** Stops a run before a step that somebody has put the brake on for. */
    public static Halt braked() {
        return new Halt(
                "The brake was put on.", "Run again when it is released.", false, AppliedChanges.StopKind.BRAKE);
    }

    public boolean isForWantOfAnswer() {
        return unanswered;
    }

    public static Halt of(Fault fault) {
        return new Halt(fault.getMessage(), fault.nextStep());
    }

    public AppliedChanges.Stop stop() {
        return new AppliedChanges.Stop(getMessage(), fix, kind);
    }
}
