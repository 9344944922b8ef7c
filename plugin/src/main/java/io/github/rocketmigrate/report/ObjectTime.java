package io.github.rocketmigrate.report;

import io.github.rocketmigrate.write.AppliedChange;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Measures how long the changes of one object took together. */
final class ObjectTime {
    private ObjectTime() {}

    /**
     * The time from the first write until the last change was confirmed. It includes the waits between the changes, such as
     * the time in which a fence holds back new messages. Zero if nothing was measured.
     */
    static Duration of(List<AppliedChange> changes) {
        List<AppliedChange> measured = changes.stream()
                .filter(one -> one.took().isPresent() && one.endedAt().isPresent())
                .toList();
        if (measured.isEmpty()) {
            return Duration.ZERO;
        }
        Duration began = measured.stream()
                .map(ObjectTime::began)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Duration ended = measured.stream()
                .map(ObjectTime::ended)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return ended.minus(began);
    }

    private static Duration began(AppliedChange one) {
        return ended(one).minus(one.took().orElseThrow());
    }

    private static Duration ended(AppliedChange one) {
        return one.endedAt().orElseThrow();
    }
}
