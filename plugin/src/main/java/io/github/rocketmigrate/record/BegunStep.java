package io.github.rocketmigrate.record;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Describes the step of a topic that a run has begun, for the run that finds it half done.
 *
 * @param places the accesses before the step, and those that it writes
 * @param fence whether the topic passes a fence
 * @param paused the side that was closed first, if producers find no queue on either side until all have polled
 * @param unanswered when a run stopped waiting for the answer to a write of the step, to the second; empty if no run did
 */
public record BegunStep(Standing places, boolean fence, Optional<Side> paused, Optional<Instant> unanswered) {
    /** A server that hangs makes a write when it works again. Much longer than that: clocks of machines differ. */
    private static final Duration LATEST = Duration.ofHours(1);

    public BegunStep {
        requireNonNull(places, "places is null");
        requireNonNull(paused, "paused is null");
        requireNonNull(unanswered, "unanswered is null");
    }

    /** A step whose writes were answered, as far as anybody knows. */
    public BegunStep(Standing places, boolean fence, Optional<Side> paused) {
        this(places, fence, paused, Optional.empty());
    }

    /** A step without a pause. */
    public BegunStep(Standing places, boolean fence) {
        this(places, fence, Optional.empty());
    }

    /** Whether the step explains the accesses that the masters report. */
    public boolean explains(Standing found) {
        return places.source().containsAll(found.source())
                && places.destination().containsAll(found.destination());
    }

    /** Whether the step may have opened the topic for writing in the destination. */
    public boolean opens() {
        return places.destination().stream().anyMatch(Access::isWritable);
    }

    /** Whether the step opens a source that was closed, which no step of the ladder does at once. */
    public boolean opensClosedSource() {
        return places.source().contains(Access.NONE) && places.source().contains(Access.READ_WRITE);
    }

    /** The same step, which may write one more access. */
    public BegunStep and(Side side, Access access) {
        SortedSet<Access> more = new TreeSet<>(places.at(side));
        more.add(access);
        return new BegunStep(
                side == Side.SOURCE ? new Standing(more, places.destination()) : new Standing(places.source(), more),
                fence,
                paused,
                unanswered);
    }

    /** The same step with another pause, or without one. */
    public BegunStep paused(Optional<Side> closed) {
        return new BegunStep(places, fence, closed, unanswered);
    }

    /** The same step, of which some write was not answered until a time. */
    public BegunStep unanswered(Instant at) {
        return new BegunStep(places, fence, paused, Optional.of(at.truncatedTo(ChronoUnit.SECONDS)));
    }

    /** The same step after its topic has left the fence, while one of its writes may still come. */
    public BegunStep outsideFence() {
        return new BegunStep(places, false, paused, unanswered);
    }

    /** Whether a write that was not answered may still be made, whatever the masters report now. */
    public boolean mayComeLate(Instant now) {
        return unanswered
                .filter(at -> Duration.between(at, now).abs().compareTo(LATEST) < 0)
                .isPresent();
    }

    /** What both explain: name servers may have different notes of a topic, and a step may follow one without an answer. */
    public BegunStep and(BegunStep other) {
        SortedSet<Access> source = new TreeSet<>(places.source());
        source.addAll(other.places.source());
        SortedSet<Access> destination = new TreeSet<>(places.destination());
        destination.addAll(other.places.destination());
        return new BegunStep(
                new Standing(source, destination),
                fence || other.fence,
                paused.or(() -> other.paused),
                Stream.of(unanswered, other.unanswered)
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()));
    }
}
