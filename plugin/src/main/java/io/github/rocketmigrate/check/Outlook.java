package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the end of a failure.
 *
 * @param notBefore before which time the check cannot pass, where that is known
 * @param stays what does not go away with time, and who ends it; a sentence without its full stop
 * @param endsByItself whether an earlier step of ours is its only cause, and it ends soon without anybody's help
 */
public record Outlook(Optional<Instant> notBefore, Optional<String> stays, boolean endsByItself) {
    public static final Outlook UNKNOWN = new Outlook(Optional.empty(), Optional.empty(), false);
    public static final Outlook ENDS_BY_ITSELF = new Outlook(Optional.empty(), Optional.empty(), true);

    public Outlook {
        requireNonNull(notBefore, "notBefore is null");
        requireNonNull(stays, "stays is null");
    }
}
