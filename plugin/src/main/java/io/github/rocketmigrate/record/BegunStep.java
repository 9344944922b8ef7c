package io.github.rocketmigrate.record;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Standing;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Describes the step of a topic that a run has begun, for the run that finds it half done.
 *
 * @param places the accesses before the step, and those that it writes
 * @param fence whether the topic passes a fence
 * @param paused the side that was closed first, if producers find no queue on either side until all have polled
 */
public record BegunStep(Standing places, boolean fence, Optional<Side> paused) {
    public BegunStep {
        requireNonNull(places, "places is null");
        requireNonNull(paused, "paused is null");
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

    /** The same step, which may write one more access. */
    public BegunStep and(Side side, Access access) {
        SortedSet<Access> more = new TreeSet<>(places.at(side));
        more.add(access);
        return new BegunStep(
                side == Side.SOURCE ? new Standing(more, places.destination()) : new Standing(places.source(), more),
                fence,
                paused);
    }

    /** The same step with another pause, or without one. */
    public BegunStep paused(Optional<Side> closed) {
        return new BegunStep(places, fence, closed);
    }

    /** What both explain: name servers may have different notes of a topic. */
    BegunStep and(BegunStep other) {
        SortedSet<Access> source = new TreeSet<>(places.source());
        source.addAll(other.places.source());
        SortedSet<Access> destination = new TreeSet<>(places.destination());
        destination.addAll(other.places.destination());
        return new BegunStep(new Standing(source, destination), fence || other.fence, paused.or(() -> other.paused));
    }
}
