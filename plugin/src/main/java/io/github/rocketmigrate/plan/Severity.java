package io.github.rocketmigrate.plan;

/** What a problem means for the build; the worst first. */
public enum Severity {
    /** The plan cannot be used. */
    ERROR,
    /** The plan can be used, and somebody should look. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    public String word() {
        return switch (this) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }
}
