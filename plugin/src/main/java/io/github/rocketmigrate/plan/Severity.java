package io.github.rocketmigrate.plan;

/** The consequence of a problem for the build. Declared from worst to best. */
public enum Severity {
    /** The plan cannot be used. */
    ERROR,
    /** The plan can be used, but is probably not what its author wants. */
    WARNING,
    /** The plan can be used. */
    NOTE;

    public String word() {
        return switch (this) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }
}
