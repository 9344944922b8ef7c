package io.github.rocketmigrate.write;

import io.github.rocketmigrate.model.Fault;

/** That nothing more is to be written in this run. */
public final class Halt extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fix;
    private final boolean unanswered;

    public Halt(String what, String fix) {
        this(what, fix, false);
    }

    /**
     * Says so.
     *
     * @param unanswered whether it is for a write of which a reading may yet tell
     */
    public Halt(String what, String fix, boolean unanswered) {
        super(what);
        this.fix = fix;
        this.unanswered = unanswered;
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
