package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.END_PAUSE;
import static io.github.rocketmigrate.model.Purpose.LEAVE_BEHIND;
import static io.github.rocketmigrate.model.Purpose.OPEN_FENCE;
import static io.github.rocketmigrate.model.Purpose.OPEN_REVERSE_FENCE;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.text.Counts;
import java.util.Optional;
import java.util.Set;

/** A message that arrives late in the cluster that a topic leaves is delivered out of order, or never. */
final class SourceQuiet implements TrafficCheck {
    @Override
    public String name() {
        return "source-quiet";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String passesWhen() {
        return "the offsets of the cluster that the topic leaves have not changed for `migrate.routePoll` since "
                + "the topic was closed there, and for 300 s more if a cluster has proxies";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(END_PAUSE, OPEN_FENCE, OPEN_REVERSE_FENCE, LEAVE_BEHIND);
    }

    @Override
    public String whyAwaited(FencePolicy policy) {
        return "producers write to a closed topic until they poll its route, within " + Counts.span(policy.quiet());
    }

    @Override
    public Optional<String> awaitedBack() {
        return Optional.of("the destination to become quiet");
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
    public Outlook outlook(TopicStep step) {
        return new Outlook(Quiet.notBefore(step.left(), step), Optional.empty(), false);
    }

    @Override
    public Findings judge(TopicStep step) {
        return step.rung().isFor(END_PAUSE) ? Quiet.orOverdue(step.left(), step) : Quiet.at(step.left(), step);
    }
}
