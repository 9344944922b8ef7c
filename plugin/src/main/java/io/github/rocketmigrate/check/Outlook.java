package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the end of a failure.
 *
 * @param notBefore before which time the check cannot pass, where that is known
 * @param stays what does not go away with time, and who ends it; a sentence without its full stop
 */
public record Outlook(Optional<Instant> notBefore, Optional<String> stays) {
    public static final Outlook UNKNOWN = new Outlook(Optional.empty(), Optional.empty());

    public Outlook {
        requireNonNull(notBefore, "notBefore is null");
        requireNonNull(stays, "stays is null");
    }
}
