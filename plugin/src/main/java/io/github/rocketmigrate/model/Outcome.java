package io.github.rocketmigrate.model;

/** What a goal comes to, the worst first: when several apply, the first one is it. */
public enum Outcome {
    /** It could not work. */
    ERROR,
    /** The plan file is not right. */
    INVALID,
    /** The saved change set does not fit the clusters any more. */
    STALE,
    /** It stopped part way. */
    INCOMPLETE,
    /** A check stands in the way. */
    BLOCKED,
    /** A cluster was changed behind git's back. */
    DRIFT,
    /** The plan is ahead of the clusters. */
    PENDING,
    /** Changes were made. */
    APPLIED,
    /** There is nothing to do. */
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
