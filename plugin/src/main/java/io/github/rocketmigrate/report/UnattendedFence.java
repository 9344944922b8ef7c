package io.github.rocketmigrate.report;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.HelpPages;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The topics in a fence while no run is at work: only a run opens a fence, so their consumers wait until somebody runs
 * {@code apply}.
 *
 * @param sides the sides that have to be consumed before the fences open
 * @param command opens these fences and moves no other topic, for nobody may have reviewed the rest
 */
record UnattendedFence(SortedSet<String> topics, Set<Side> sides, String command) {
    UnattendedFence {
        topics = unmodifiableSortedSet(topics);
        sides = Set.copyOf(sides);
        requireNonNull(command, "command is null");
    }

    static Optional<UnattendedFence> in(PlanReport plan) {
        SortedSet<String> topics = new TreeSet<>(plan.changes().fenced());
        if (topics.isEmpty() || plan.atWork().filter(RunAtWork::isAlive).isPresent()) {
            return Optional.empty();
        }
        Set<Side> sides = plan.changes().changes().stream()
                .filter(change -> change instanceof Change.MoveTopic
                        && topics.contains(change.subject().name()))
                .flatMap(change -> plan.situation().standing(change.subject().name()).pair().stream())
                .flatMap(pair -> pair.fence().stream())
                .collect(Collectors.toSet());
        return Optional.of(new UnattendedFence(topics, sides, plan.invocation().topics(topics)));
    }

    String words() {
        int count = topics.size();
        return Counts.of(count, "topic") + " " + Counts.isOrAre(count) + " in " + fence()
                + " and no run is at work: " + (count == 1 ? "its" : "their")
                + " consumers get no new messages. Run now:";
    }

    private String fence() {
        return sides.size() > 1 ? "a fence" : sides.contains(Side.DESTINATION) ? "the reverse fence" : "the fence";
    }

    void print(Layout layout, Terminal terminal) {
        layout.blank();
        layout.item("! ", words(), terminal::bad);
        layout.command(2, command);
        layout.address(2, "= help:", HelpPages.IN_THE_FENCE);
    }
}
