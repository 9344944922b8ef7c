package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change;

/** The verb that every report uses for the same kind of change; counts name an object by the first of its changes here. */
enum PlanAction {
    REMOVE("remove", "removed"),
    CREATE("create", "created"),
    UPDATE("update", "updated"),
    SEED("seed", "seeded"),
    MOVE("move", "moved"),
    /** A topic that a run moved, but not to where it was to take it. */
    MOVE_PARTLY("move part of the way", "moved part of the way"),
    /** The destination is down, so that a later run finishes the step. */
    OPEN("open at the source", "opened at the source, to finish", "open", "opened"),
    JOIN("join", "joined"),
    LEAVE("leave the join", "left the join", "leave the join of", "left the join:");

    private final String word;
    private final String done;
    private final String wordWithObject;
    private final String doneWithObject;

    PlanAction(String word, String done) {
        this(word, done, word, done);
    }

    PlanAction(String word, String done, String wordWithObject, String doneWithObject) {
        this.word = word;
        this.done = done;
        this.wordWithObject = wordWithObject;
        this.doneWithObject = doneWithObject;
    }

    static PlanAction of(Change change) {
        if (change instanceof Change.AlignObject object) {
            return object.isNew() ? CREATE : UPDATE;
        }
        if (change instanceof Change.Remove) {
            return REMOVE;
        }
        if (change instanceof Change.RegisterBroker register) {
            return register.joins() ? JOIN : LEAVE;
        }
        if (change instanceof Change.MoveTopic move) {
            return move.isOfSourceAlone() ? OPEN : MOVE;
        }
        return SEED;
    }

    String word() {
        return word;
    }

    /** The verb for a change that was made. */
    String done() {
        return done;
    }

    /** {@code create topic a}. */
    String word(String object) {
        return wordWithObject + " " + object;
    }

    /** {@code created topic a}. */
    String done(String object) {
        return doneWithObject + " " + object;
    }
}
