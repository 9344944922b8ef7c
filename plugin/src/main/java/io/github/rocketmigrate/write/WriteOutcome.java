package io.github.rocketmigrate.write;

import java.util.Locale;

/** What has become of a change; the words are public. */
public enum WriteOutcome {
    /** It was written, and read back. */
    CONFIRMED,
    /** It was so already. */
    UNCHANGED,
    /** It was not made, and it is known why. */
    FAILED,
    /** It was asked for, and nobody knows whether it was made, or will last. */
    UNKNOWN,
    /** It was not begun, or not on all masters. */
    NOT_ATTEMPTED;

    /** The word for this in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the object is now as it was wanted. */
    public boolean isDone() {
        return this == CONFIRMED || this == UNCHANGED;
    }
}
