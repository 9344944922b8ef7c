package io.github.rocketmigrate.memory;

/** What can become of a write besides being applied and answered. */
public enum WriteFault {
    /** The server says no, and changes nothing. */
    REFUSED,
    /** The server says that this user may not, and changes nothing. */
    DENIED,
    /** The request is lost: nobody answers, nothing changes. */
    LOST,
    /** The answer is lost: the server has changed it at once. */
    UNANSWERED,
    /** The server is busy: it changes it after the writer has given up on an answer, and takes no other request before. */
    LATE,
    /** The writer's process ends before the request is sent. */
    KILLED_BEFORE,
    /** The writer's process ends when the server has changed it. */
    KILLED_AFTER;

    /** Whether the server has made the write, and nobody knows. */
    public boolean isWithoutAnswer() {
        return this == UNANSWERED || this == LATE;
    }

    public boolean isKill() {
        return this == KILLED_BEFORE || this == KILLED_AFTER;
    }
}
