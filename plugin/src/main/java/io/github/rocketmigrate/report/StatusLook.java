package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.Sentences;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One refresh of a watched board.
 *
 * @param at when it ended
 * @param faults what failed in this refresh
 * @param invalidPlan the plan's file if it is invalid now; then the last valid plan is shown
 */
public record StatusLook(Instant at, BoardReading reading, List<Fault> faults, Optional<ValidationReport> invalidPlan) {
    /**
     * What can be shown.
     *
     * @param last the newest reading of both clusters; empty if none has succeeded yet
     * @param isCurrent whether {@code last} was read in this refresh
     * @param oneSide what one cluster shows in this refresh, if it alone could be read
     */
    public record BoardReading(Optional<StatusReport> last, boolean isCurrent, Optional<OneSideReport> oneSide) {
        public BoardReading {
            requireNonNull(last, "last is null");
            requireNonNull(oneSide, "oneSide is null");
        }
    }

    public StatusLook {
        requireNonNull(at, "at is null");
        requireNonNull(reading, "reading is null");
        faults = List.copyOf(faults);
        requireNonNull(invalidPlan, "invalidPlan is null");
    }

    public Optional<StatusReport> last() {
        return reading.last();
    }

    boolean isCurrent() {
        return reading.isCurrent();
    }

    Optional<OneSideReport> oneSide() {
        return reading.oneSide();
    }

    /** When both clusters were last read. */
    Optional<Instant> readAt() {
        return last().map(report -> report.plan().situation().readAt());
    }

    /** The faults with their fixes; empty if nothing failed. */
    String failure() {
        return faults.stream()
                .flatMap(fault -> fault.all().stream())
                .map(fault -> Sentences.of(fault.getMessage(), fault.nextStep()))
                .distinct()
                .collect(joining(" "));
    }
}
