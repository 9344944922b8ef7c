package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The outcomes of all changes of a run.
 *
 * @param stopped why the run ended before it tried all changes
 */
public record AppliedChanges(List<AppliedChange> changes, Optional<Stop> stopped) {
    public static final AppliedChanges NONE = new AppliedChanges(List.of(), Optional.empty());

    public AppliedChanges {
        changes = List.copyOf(changes);
        requireNonNull(stopped, "stopped is null");
    }

    /** Returns changes that were not attempted because the run had stopped. */
    public static AppliedChanges notTried(Collection<? extends Change> changes, Stop stop) {
        return new AppliedChanges(
                changes.stream()
                        .map(change -> new AppliedChange(change, WriteOutcome.NOT_ATTEMPTED, stop.what(), stop.fix()))
                        .toList(),
                Optional.of(stop));
    }

    /** Appends later outcomes. */
    public AppliedChanges and(AppliedChanges next) {
        List<AppliedChange> all = new ArrayList<>(changes);
        all.addAll(next.changes());
        return new AppliedChanges(all, next.stopped().or(() -> stopped));
    }

    /** Makes changes and says what became of each. */
    @FunctionalInterface
    public interface ChangeStep {
        AppliedChanges make() throws InterruptedException;
    }

    /** Appends the outcomes of more changes, which are made only if the run has not stopped. */
    public AppliedChanges then(Collection<? extends Change> next, ChangeStep step) throws InterruptedException {
        if (next.isEmpty()) {
            return this;
        }
        return and(stopped.isPresent() ? notTried(next, stopped.get()) : step.make());
    }

    /**
     * The reason why a run ended early.
     *
     * @param fix what to do next
     */
    public record Stop(String what, String fix, StopKind kind) {
        public Stop {
            requireNonNull(what, "what is null");
            requireNonNull(fix, "fix is null");
            requireNonNull(kind, "kind is null");
        }

        /** Something went wrong. */
        public Stop(String what, String fix) {
            this(what, fix, StopKind.FAULT);
        }

        /** Whether somebody stopped the run, so that nothing has to be repaired before the next one. */
        public boolean isRequested() {
            return kind == StopKind.REQUEST;
        }
    }

    /** Who or what ended a run early. */
    public enum StopKind {
        FAULT,
        REQUEST,
        BRAKE
    }

    /** Whether a brake that was put on meanwhile has kept changes from being made. */
    public boolean isBraked() {
        return stopped.filter(stop -> stop.kind() == StopKind.BRAKE).isPresent();
    }

    /** The outcomes of what was tried before somebody put a brake on; the next assessment decides about the rest. */
    public AppliedChanges beforeBrake() {
        return new AppliedChanges(
                changes.stream()
                        .filter(change -> change.outcome() != WriteOutcome.NOT_ATTEMPTED)
                        .toList(),
                Optional.empty());
    }

    public long count(WriteOutcome outcome) {
        return changes.stream().filter(change -> change.outcome() == outcome).count();
    }
}
