package io.github.rocketmigrate.discover;

/** How sure an inference is. */
public enum Confidence {
    /** The brokers or the running clients say so. */
    CERTAIN,
    /** Everything that was sampled agrees, but a sample can miss what is rare. */
    LIKELY,
    /** The evidence is missing or contradicts itself, so the user has to decide. */
    ASKED;

    /** The word for this confidence in files. */
    public String word() {
        return switch (this) {
            case CERTAIN -> "certain";
            case LIKELY -> "likely";
            case ASKED -> "asked";
        };
    }
}
