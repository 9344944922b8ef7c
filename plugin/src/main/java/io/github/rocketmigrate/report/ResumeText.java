package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Prints which topics {@code resume} has released. */
public final class ResumeText {
    private final Layout layout;

    public ResumeText(Terminal terminal) {
        this.layout = new Layout(requireNonNull(terminal, "terminal is null"));
    }

    /**
     * Names the topics of each rollback together.
     *
     * @param isAnyBrakeReleased whether the goal has released a brake, and printed that
     * @param isAnyBrakeLeft whether the goal has left a brake on, and printed that
     */
    public void print(
            SortedMap<String, Hold> released,
            boolean isAnyBrakeReleased,
            boolean isAnyBrakeLeft,
            Invocation invocation) {
        if (released.isEmpty() && !isAnyBrakeReleased && !isAnyBrakeLeft) {
            layout.text(0, "No brake is on, and no selected topic is on hold.");
            return;
        }
        Map<Hold, SortedSet<String>> alike = new LinkedHashMap<>();
        released.forEach((topic, hold) ->
                alike.computeIfAbsent(hold, key -> new TreeSet<>()).add(topic));
        alike.forEach((hold, topics) -> layout.text(
                0,
                "Released " + Names.of(topics, Counts.MOST_NAMED) + ": held at "
                        + hold.stage().word() + " by " + hold.words()));
        layout.next(NextStep.afterResume(invocation, isAnyBrakeLeft));
    }
}
