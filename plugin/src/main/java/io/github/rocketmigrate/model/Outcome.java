package io.github.rocketmigrate.model;

/** The result of a goal for pipelines. Declared from worst to best: if several apply, the worst counts. */
public enum Outcome {
    /** The goal failed. */
    ERROR,
    /** The plan has errors. */
    INVALID,
    /** The saved change set no longer fits the clusters. */
    STALE,
    /** The goal stopped before the end. */
    INCOMPLETE,
    /** At least one change cannot be made. */
    BLOCKED,
    /** Somebody changed a cluster without the plan. */
    DRIFT,
    /** The plan has changes that were not applied. */
    PENDING,
    /** All changes were made. */
    APPLIED,
    /** Plan and clusters agree. */
    CLEAN;

    /** The word for this outcome in files and properties. */
    public String word() {
        return switch (this) {
            case ERROR -> "error";
            case INVALID -> "invalid";
            case STALE -> "stale";
            case INCOMPLETE -> "incomplete";
            case BLOCKED -> "blocked";
            case DRIFT -> "drift";
            case PENDING -> "pending";
            case APPLIED -> "applied";
            case CLEAN -> "clean";
        };
    }
}
