package io.github.rocketmigrate.write;

import java.util.Locale;

/** Says how a change ended. The words are part of the output format. */
public enum WriteOutcome {
    /** The change was written and read back. */
    CONFIRMED,
    /** The object already had these settings; nothing was written. */
    UNCHANGED,
    /** The change was not made, for a known reason. */
    FAILED,
    /** The write was sent, but nothing shows whether it was made, or whether it will survive a restart. */
    UNKNOWN,
    /** The change was not sent, or not to all masters. */
    NOT_ATTEMPTED;

    /** Returns the word that output files use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether the object now has the wanted settings. */
    public boolean isDone() {
        return this == CONFIRMED || this == UNCHANGED;
    }
}
