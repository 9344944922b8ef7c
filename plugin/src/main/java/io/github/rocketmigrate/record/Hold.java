package io.github.rocketmigrate.record;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.text.UtcTime;
import java.time.Instant;

/**
 * Keeps a topic that was rolled back from moving forward, whatever the plan asks for, until somebody resumes it.
 *
 * @param stage the last one that the topic may have
 * @param since when it was rolled back, to the second
 * @param by who did it, and where
 * @param isReleased whether it has ended, which an older copy of it at other name servers must not undo
 */
public record Hold(Stage stage, Instant since, String by, String reason, boolean isReleased) {
    public Hold {
        requireNonNull(stage, "stage is null");
        requireNonNull(since, "since is null");
        requireNonNull(by, "by is null");
        requireNonNull(reason, "reason is null");
    }

    /** A hold that begins now. */
    public Hold(Stage stage, Instant since, String by, String reason) {
        this(stage, since, by, reason, false);
    }

    /** The same after its end. */
    public Hold released() {
        return new Hold(stage, since, by, reason, true);
    }

    /** Whether a plan asks for more than the hold allows. */
    public boolean stops(Stage planned) {
        return !isReleased && planned.isAheadOf(stage);
    }

    /** The newer of two holds of a topic; of two copies of one, the released one. */
    Hold or(Hold other) {
        boolean isOlder = since.equals(other.since) ? !isReleased : since.isBefore(other.since);
        return isOlder ? other : this;
    }

    /** Who put the topic on hold, when and why. */
    public String words() {
        return by + " since " + UtcTime.words(since) + ": " + reason;
    }
}
