package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change;

/** The verb that every report uses for the same kind of change. */
enum PlanAction {
    CREATE("create", "created"),
    UPDATE("update", "updated"),
    REMOVE("remove", "removed"),
    JOIN("join", "joined"),
    LEAVE("leave the join of", "left the join:"),
    MOVE("move", "moved"),
    OPEN("open", "opened"),
    SEED("seed", "seeded");

    private final String word;
    private final String done;

    PlanAction(String word, String done) {
        this.word = word;
        this.done = done;
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
}
