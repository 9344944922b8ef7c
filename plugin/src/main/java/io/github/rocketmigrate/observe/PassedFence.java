package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import java.time.Duration;

/**
 * A fence that one run has closed and opened again, beside what was expected when it closed.
 *
 * @param closed the side that the topic left
 * @param took from the first write that closed it until the other side could be read
 */
public record PassedFence(String topic, Side closed, Duration took, FenceEstimate expected) {
    public PassedFence {
        requireNonNull(topic, "topic is null");
        requireNonNull(closed, "closed is null");
        requireNonNull(took, "took is null");
        requireNonNull(expected, "expected is null");
    }

    /** {@code 41 s (expected 35 s to 1 min 10 s)}. */
    public String words() {
        return Counts.span(took) + " (expected " + expected.range() + ")";
    }
}
