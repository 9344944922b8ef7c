package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long a fence withholds new messages. Producers follow within a route poll. From then on, the topic has to be quiet, and its
 * slowest group has to consume what is left; it does both at the same time.
 *
 * @param follow within which time producers follow
 * @param closed how long the topic stays closed after that
 * @param isWhole whether the speed of every group with unread messages is known
 */
public record FenceEstimate(Duration follow, Duration closed, boolean isWhole) {
    public FenceEstimate {
        requireNonNull(follow, "follow is null");
        requireNonNull(closed, "closed is null");
    }

    /** The estimate for a topic whose slowest group consumes what is left in {@code drain}. */
    public static FenceEstimate of(FencePolicy policy, Duration drain) {
        return new FenceEstimate(policy.routePoll(), longer(policy.quiet(), drain), true);
    }

    /** The estimate for a topic, from what was read of the side that closes; empty if its traffic was not read. */
    public static Optional<FenceEstimate> in(Situation situation, Side closing, String topic) {
        return situation
                .traffic()
                .filter(traffic -> traffic.covers(topic))
                .map(traffic -> of(traffic, closing, topic, situation.consumersOf(topic)));
    }

    private static FenceEstimate of(Traffic traffic, Side closing, String topic, Collection<String> groups) {
        Duration slowest = Duration.ZERO;
        boolean isWhole = true;
        for (String group : groups) {
            Optional<Duration> drain = drain(traffic, closing, topic, group);
            isWhole &= drain.isPresent();
            slowest = longer(slowest, drain.orElse(Duration.ZERO));
        }
        FenceEstimate known = of(traffic.policy(), slowest);
        return new FenceEstimate(known.follow, known.closed, isWhole);
    }

    /** In what time a group would consume what is left; brokers do not have the offsets of broadcasting groups. */
    private static Optional<Duration> drain(Traffic traffic, Side side, String topic, String group) {
        if (traffic.at(side).clients().group(group).broadcasting()) {
            return Optional.of(Duration.ZERO);
        }
        OptionalLong lag = traffic.at(side)
                .offsets()
                .backlog(group, topic, traffic.at(side).queues());
        if (lag.isEmpty()) {
            return Optional.empty();
        }
        return lag.getAsLong() == 0
                ? Optional.of(Duration.ZERO)
                : ConsumptionSpeed.of(traffic, side, group, topic).flatMap(speed -> speed.timeFor(lag.getAsLong()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** How long the first new messages may wait. */
    public Duration longest() {
        return follow.plus(closed);
    }

    /** {@code 35 s to 1 min 10 s}; producers that followed at once make the difference. */
    public String range() {
        return (isWhole ? "" : "at least ") + Counts.span(closed) + " to " + Counts.span(longest());
    }
}
