package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.model.Rung.AccessChange;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Remembers the writes that servers may still make because a request was not answered in time. If such a write came after
 * the next one of its topic or note, it would undo that. So the next one follows some time after the last request.
 */
final class LateWrites {
    private final RunControl control;
    private final Map<String, LateWrite> byTopic = new HashMap<>();
    /** Since a name server did not answer a note. */
    private Optional<Timing.Stopwatch> note = Optional.empty();

    /** What brokers may write late, and the time since the last request. */
    private record LateWrite(List<AccessChange> writes, Timing.Stopwatch since) {
        /** Whether it would undo what the next step writes; a step that repeats it is not undone. */
        boolean undoes(MoveTopic move) {
            return move.rung().writes().stream()
                    .anyMatch(next -> writes.stream()
                            .anyMatch(late -> late.side() == next.side() && late.access() != next.access()));
        }
    }

    LateWrites(RunControl control) {
        this.control = requireNonNull(control, "control is null");
    }

    /** Remembers the writes of steps with a request that was not answered. */
    void remember(Collection<AppliedChange> applied) {
        for (AppliedChange one : applied) {
            if (one.change() instanceof MoveTopic move && (one.late() || one.outcome() == WriteOutcome.UNKNOWN)) {
                String topic = move.subject().name();
                List<AccessChange> writes = new ArrayList<>(move.rung().writes());
                if (byTopic.containsKey(topic)) {
                    writes.addAll(byTopic.get(topic).writes());
                }
                byTopic.put(topic, new LateWrite(writes, control.timing().stopwatch()));
            }
        }
    }

    /** The steps that a late write would undo if they were made now. */
    List<MoveTopic> before(Collection<MoveTopic> moves) {
        byTopic.values().removeIf(write -> write.since().isOver(bound()));
        return moves.stream()
                .filter(move -> byTopic.containsKey(move.subject().name())
                        && byTopic.get(move.subject().name()).undoes(move))
                .toList();
    }

    /** Waits until brokers have made the writes that would undo these steps, if they still make them. */
    void await(List<MoveTopic> moves) throws InterruptedException {
        SortedSet<String> topics = new TreeSet<>();
        moves.forEach(move -> topics.add(move.subject().name()));
        if (topics.isEmpty()) {
            return;
        }
        control.progress()
                .waiting(List.of(new WaitReason(
                        "late write",
                        "a broker may still make a write that it did not answer",
                        "Normal for " + Counts.span(bound())
                                + " after a request was repeated: the write would undo the next step",
                        topics)));
        for (String topic : topics) {
            Timing.Stopwatch since = byTopic.get(topic).since();
            // Also if the run is asked to stop: a fence that opens too early may close again, and nobody would see it.
            if (!since.isOver(bound())) {
                control.timing().sleep(bound().minus(since.passed()));
            }
        }
    }

    /** Remembers that a name server may still write or remove a note. */
    void rememberNote() {
        note = Optional.of(control.timing().stopwatch());
    }

    /** Waits until name servers have made such a change of a note: it would undo the next one. */
    void awaitNote() throws InterruptedException {
        if (note.isPresent() && !note.get().isOver(bound())) {
            control.timing().sleep(bound().minus(note.get().passed()));
        }
        note = Optional.empty();
    }

    private Duration bound() {
        return control.timeouts().unanswered();
    }
}
