package io.github.rocketmigrate.memory;

/** Ends a run as the end of its process does: nothing that it wants afterwards reaches a server. */
public final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("the process was killed here", null, false, false);
    }
}
