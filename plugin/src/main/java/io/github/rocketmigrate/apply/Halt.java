package io.github.rocketmigrate.apply;

import io.github.rocketmigrate.model.Fault;

/** That nothing more is to be written in this run. */
final class Halt extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fix;
    private final boolean unanswered;

    Halt(String what, String fix) {
        this(what, fix, false);
    }

    /**
     * Says so.
     *
     * @param unanswered whether it is for a write of which a reading may yet tell
     */
    Halt(String what, String fix, boolean unanswered) {
        super(what);
        this.fix = fix;
        this.unanswered = unanswered;
    }

    boolean isForWantOfAnswer() {
        return unanswered;
    }

    static Halt of(Fault fault) {
        return new Halt(fault.getMessage(), fault.nextStep());
    }

    Application.Stop stop() {
        return new Application.Stop(getMessage(), fix);
    }
}
