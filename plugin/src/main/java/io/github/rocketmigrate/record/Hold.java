package io.github.rocketmigrate.record;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Stage;
import java.time.Instant;

/**
 * Keeps a topic that was rolled back from moving forward, whatever the plan asks for, until somebody resumes it.
 *
 * @param stage the last one that the topic may have
 * @param since when it was rolled back, to the second
 * @param by who did it, and where
 */
public record Hold(Stage stage, Instant since, String by, String reason) {
    public Hold {
        requireNonNull(stage, "stage is null");
        requireNonNull(since, "since is null");
        requireNonNull(by, "by is null");
        requireNonNull(reason, "reason is null");
    }

    /** Whether a plan asks for more than the hold allows. */
    public boolean stops(Stage planned) {
        return planned.isAheadOf(stage);
    }

    /** The newer of two holds of a topic. */
    Hold or(Hold other) {
        return other.since.isAfter(since) ? other : this;
    }

    /** Who put the topic on hold, when and why. */
    public String words() {
        return by + " since " + since + ": " + reason;
    }
}
