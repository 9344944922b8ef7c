package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change;

/** The verb that every report uses for the same kind of change. */
enum PlanAction {
    CREATE("create"),
    UPDATE("update"),
    JOIN("join"),
    UNJOIN("unjoin"),
    MOVE("move"),
    SEED("seed"),
    /** A move that cannot start yet. */
    BLOCKED("blocked"),
    /** The plan asks for something that no change achieves. */
    IMPOSSIBLE("impossible");

    private final String word;

    PlanAction(String word) {
        this.word = word;
    }

    static PlanAction of(Change change) {
        if (change instanceof Change.AlignObject object) {
            return object.isNew() ? CREATE : UPDATE;
        }
        if (change instanceof Change.RegisterBroker register) {
            return register.joins() ? JOIN : UNJOIN;
        }
        return change instanceof Change.MoveTopic ? MOVE : SEED;
    }

    String word() {
        return word;
    }
}
