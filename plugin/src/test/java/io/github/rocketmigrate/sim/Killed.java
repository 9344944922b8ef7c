package io.github.rocketmigrate.sim;

/** Ends the threads of a killed process: nothing that they do afterwards reaches a server. */
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("the process was killed", null, false, false);
    }
}
