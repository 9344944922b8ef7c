package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.LEAVE_BEHIND;
import static io.github.rocketmigrate.model.Purpose.OPEN_FENCE;
import static io.github.rocketmigrate.model.Purpose.OPEN_REVERSE_FENCE;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.FencePolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A message that is left in the cluster that a topic leaves is delivered out of order, or never. */
final class SourceDrained implements TrafficCheck {
    @Override
    public String name() {
        return "source-drained";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public List<String> waiverNamesOfGroups() {
        return waiverNames();
    }

    @Override
    public String passesWhen() {
        return "no message of the topic remains in the cluster that it leaves: unread in queues, delayed, timed, "
                + "half, or waiting for a retry; a fence opens without waiting for retries; the check reads at most "
                + "2,000 messages of a broker's queue, and is unknown beyond that";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(OPEN_FENCE, OPEN_REVERSE_FENCE, LEAVE_BEHIND);
    }

    @Override
    public String whyAwaited(FencePolicy policy) {
        return "consumers read what is left before the topic moves on";
    }

    @Override
    public Outlook outlook(TopicStep step) {
        return step.situation()
                .traffic()
                .map(traffic -> new Outlook(
                        traffic.lastDue(step.left(), step.name()),
                        traffic.halfIn(step.left(), step.name()) > 0
                                ? Optional.of("Half messages stay until their producers commit or roll back")
                                : Optional.empty(),
                        false))
                .orElse(Outlook.UNKNOWN);
    }

    @Override
    public Optional<String> awaitedBack() {
        return Optional.of("the destination to be consumed");
    }

    @Override
    public boolean endsByItself(Rung next) {
        return true;
    }

    @Override
    public boolean canBeOverruled() {
        return true;
    }

    @Override
    public Findings judge(TopicStep step) {
        return Remaining.at(step.left(), step);
    }
}
