package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import java.time.Duration;
import java.util.Optional;

/**
 * A change with its outcome.
 *
 * @param why the reason if the change is not done; otherwise empty
 * @param fix what to do next; may be empty
 * @param took the time from the first write of the change until it was confirmed; empty if this run wrote nothing for
 *     it, or did not confirm it
 * @param endedAt when it was confirmed, on the clock that measured {@code took}; empty if nothing was measured
 * @param late whether a broker may write the same again: it did not answer a request, and the request was repeated
 */
public record AppliedChange(
        Change change,
        WriteOutcome outcome,
        String why,
        String fix,
        Optional<Duration> took,
        Optional<Duration> endedAt,
        boolean late) {
    public AppliedChange {
        requireNonNull(change, "change is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(why, "why is null");
        requireNonNull(fix, "fix is null");
        requireNonNull(took, "took is null");
        requireNonNull(endedAt, "endedAt is null");
    }

    /** A change whose writes were not measured. */
    public AppliedChange(Change change, WriteOutcome outcome, String why, String fix) {
        this(change, outcome, why, fix, Optional.empty(), Optional.empty(), false);
    }

    /** A change that was confirmed right now. */
    public static AppliedChange confirmed(Change change, Optional<Timing.Stopwatch> writing) {
        return new AppliedChange(
                change,
                WriteOutcome.CONFIRMED,
                "",
                "",
                writing.map(Timing.Stopwatch::passed),
                writing.map(watch -> watch.timing().elapsed()),
                false);
    }

    /** The same change, of which a broker may still make a write. */
    public AppliedChange withLateWrite() {
        return new AppliedChange(change, outcome, why, fix, took, endedAt, true);
    }
}
