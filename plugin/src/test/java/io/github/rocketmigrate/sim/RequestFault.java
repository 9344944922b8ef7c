package io.github.rocketmigrate.sim;

/** What may happen to one request of a run. */
enum RequestFault {
    /** The process is killed before the request is sent. */
    KILLED_BEFORE(true, true),
    /** The process is killed when the server has done what it was asked, before it answers. */
    KILLED_AFTER(true, true),
    /** The request is lost on its way. */
    LOST(true, true),
    /** The server does what it was asked, but its answer is lost. */
    ANSWER_LOST(false, true),
    /** The server is so slow that it does what it was asked after the sender has stopped waiting. */
    LATE(false, true),
    /** The server refuses. */
    REFUSED(false, true),
    /** The answer takes some seconds. */
    SLOW(true, true),
    /** The process is suspended for longer than its lease lasts, and then continues. */
    SUSPENDED(true, true);

    private final boolean ofReading;
    private final boolean ofWriting;

    RequestFault(boolean ofReading, boolean ofWriting) {
        this.ofReading = ofReading;
        this.ofWriting = ofWriting;
    }

    boolean isOf(boolean writing) {
        return writing ? ofWriting : ofReading;
    }

    /** Whether the run does not learn what became of its request. */
    boolean isUnanswered() {
        return this == LOST || this == ANSWER_LOST || this == LATE;
    }

    boolean isKill() {
        return this == KILLED_BEFORE || this == KILLED_AFTER;
    }
}
