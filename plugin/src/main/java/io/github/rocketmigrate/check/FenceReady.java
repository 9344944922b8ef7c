package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.ConsumptionSpeed;
import io.github.rocketmigrate.observe.FenceEstimate;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;

/**
 * A closed fence withholds new messages from every group until the slowest group has consumed the old ones.
 *
 * <p>How fast a group consumes is the difference of two readings of one run. A group that has unread messages is unknown
 * until the second reading, and as long as it has consumed nothing between two of them: it may be stuck, or still be
 * waiting for the queues that a step has given it.
 */
final class FenceReady implements TrafficCheck {
    @Override
    public String name() {
        return "fence-ready";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String protects() {
        return "prevents a fence that does not open, in which consumers get no new messages";
    }

    @Override
    public String passesWhen() {
        return "every group is online and would consume its unread messages within `migrate.maxFence`; the check "
                + "knows from the second reading on how fast a group consumes";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(CLOSE_FENCE);
    }

    @Override
    public String whyAwaited(FencePolicy policy) {
        return "two readings show how fast a group consumes";
    }

    @Override
    public boolean needsAnotherLook(Verdict verdict) {
        return verdict instanceof Unknown;
    }

    @Override
    public boolean comparesReadings() {
        return true;
    }

    @Override
    public Findings judge(TopicStep step) {
        SortedSet<String> groups = step.groups();
        Findings findings = new Findings().of(groups);
        groups.forEach(group -> judge(step, group, findings));
        // Messages that could not be read may belong to other topics: source-drained reports them.
        findings.addFailures(Remaining.heldAt(Side.SOURCE, step));
        FencePolicy policy = step.traffic().policy();
        if (policy.quiet().compareTo(policy.maxFence()) > 0) {
            findings.failed(
                    "proxies keep routes for up to " + Counts.span(Proxies.KEEPS_ROUTES)
                            + ", so the topic would be closed for at least " + Counts.seconds(policy.quiet())
                            + " (limit " + Counts.seconds(policy.maxFence()) + ")",
                    "Stop the proxies until the topic has moved, or raise the limit, for example with"
                            + " -Dmigrate.maxFence="
                            + policy.quiet().multipliedBy(2).toSeconds() + "s.");
        }
        return findings.elsePassed(
                groups.isEmpty()
                        ? "no group consumes the topic"
                        : estimate(
                                policy,
                                FenceEstimate.in(step.situation(), Side.SOURCE, step.name())
                                        .orElseThrow()));
    }

    private static String estimate(FencePolicy policy, FenceEstimate estimate) {
        return "new messages would wait for up to "
                + Counts.seconds(estimate.longest()) + ": up to "
                + Counts.seconds(estimate.follow()) + " until producers have followed, then about "
                + Counts.seconds(estimate.closed()) + " (limit " + Counts.seconds(policy.maxFence()) + ")";
    }

    private static void judge(TopicStep step, String group, Findings findings) {
        Traffic traffic = step.traffic();
        if (traffic.members(group).isEmpty()) {
            findings.failed(
                    group,
                    "group " + group + " is offline, so the fence would never open",
                    "Start it, or add it to ignoredGroups if nobody runs it.");
            return;
        }
        if (traffic.at(Side.SOURCE).clients().group(group).broadcasting()) {
            return;
        }
        OptionalLong lag = traffic.at(Side.SOURCE)
                .offsets()
                .backlog(group, step.name(), traffic.at(Side.SOURCE).queues());
        if (lag.isEmpty()) {
            findings.unknown(group, "the backlog of " + group + " is not known");
            return;
        }
        if (lag.getAsLong() == 0) {
            return;
        }
        Optional<ConsumptionSpeed> speed = ConsumptionSpeed.of(traffic, Side.SOURCE, group, step.name());
        if (speed.isEmpty()) {
            findings.unknown(
                    group,
                    group + " is " + Counts.messages(lag.getAsLong())
                            + " behind, and its speed needs a second reading");
            return;
        }
        drain(step, group, lag.getAsLong(), speed.get(), findings);
    }

    private static void drain(TopicStep step, String group, long lag, ConsumptionSpeed speed, Findings findings) {
        FencePolicy policy = step.traffic().policy();
        String behind = group + " is " + Counts.messages(lag) + " behind and " + speed.words();
        Optional<Duration> drain = speed.timeFor(lag);
        if (drain.isEmpty()) {
            findings.unknown(group, behind);
            return;
        }
        Duration closed = FenceEstimate.of(policy, drain.get()).closed();
        if (closed.compareTo(policy.maxFence()) > 0) {
            findings.failed(
                    group,
                    behind + ": the topic would be closed for about " + Counts.seconds(closed) + " (limit "
                            + Counts.seconds(policy.maxFence()) + ")",
                    "Wait until it has caught up, add clients to it, or raise the limit with -Dmigrate.maxFence=…");
        }
    }
}
