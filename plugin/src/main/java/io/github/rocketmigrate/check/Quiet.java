package io.github.rocketmigrate.check;

import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Stillness.Still;
import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds whether messages still arrive in a topic that is closed for writing. Brokers accept writes to a closed topic, so
 * the proof is offsets that do not change for longer than clients take to update their routes.
 */
final class Quiet {
    private Quiet() {}

    static Findings at(Side side, TopicStep step) {
        if (step.situation().at(side).topic(step.name()).isEmpty()) {
            return Findings.passed("the " + side.word() + " does not have the topic");
        }
        Optional<Still> known = step.traffic().stillness().of(side, step.name());
        if (known.isEmpty()) {
            return new Findings().unknown("the topic's offsets at the " + side.word() + " were not read");
        }
        List<String> undispatched = step.traffic().at(side).held().undispatched();
        if (!undispatched.isEmpty()) {
            return new Findings()
                    .unknown("messages may be on their way to the topic: at the " + side.word() + ", "
                            + String.join("; ", undispatched));
        }
        Still still = known.get();
        Duration least = step.traffic().policy().quiet();
        String where = " at the " + side.word();
        if (still.open()) {
            return new Findings().unknown("the topic is still open for writing" + where);
        }
        String stood = "the topic's offsets" + where + " have not changed for " + Counts.seconds(still.lasts()) + " ("
                + Counts.seconds(least) + " required" + because(step) + ")";
        if (still.lasts().compareTo(least) >= 0) {
            return Findings.passed(stood);
        }
        Optional<Instant> grown = still.grown().filter(at -> !at.isBefore(still.since()));
        if (grown.isPresent()) {
            Duration since = Duration.between(grown.get(), step.traffic().readAt());
            return new Findings()
                    .failed(
                            Counts.messages(still.came()) + " arrived" + where + " "
                                    + (since.toSeconds() == 0 ? "just now" : Counts.seconds(since) + " ago")
                                    + ": producers still follow the old route",
                            "Wait " + Counts.seconds(least)
                                    + " until producers have updated their routes. If more messages"
                                    + " arrive, find the producer that does not update its routes, and restart it.");
        }
        return new Findings()
                .unknown(
                        still.lasts().isZero()
                                ? "the closed topic" + where + " was read for the first time, and needs "
                                        + Counts.seconds(least) + " without new messages" + because(step)
                                : stood);
    }

    /**
     * The same for a pause, in which no send succeeds: it does not last longer than a fence, even if a producer still writes to the
     * closed topic.
     */
    static Findings orOverdue(Side side, TopicStep step) {
        Duration most = step.traffic().policy().fence();
        return step.traffic()
                .stillness()
                .of(side, step.name())
                .filter(still -> still.closedFor().compareTo(most) >= 0)
                .map(still -> Findings.passed("producers have found no queue for " + Counts.seconds(still.closedFor())
                        + " (at most " + Counts.seconds(most) + ")"))
                .orElseGet(() -> at(side, step));
    }

    /** Before which time a topic that is closed for writing cannot count as quiet; empty if it is open or was not read. */
    static Optional<Instant> notBefore(Side side, TopicStep step) {
        return step.situation()
                .traffic()
                .flatMap(traffic -> traffic.stillness()
                        .of(side, step.name())
                        .filter(still -> !still.open())
                        .map(still ->
                                traffic.readAt().plus(traffic.policy().quiet()).minus(still.lasts())));
    }

    private static String because(TopicStep step) {
        return step.traffic().hasProxies()
                ? ", because proxies keep routes for up to " + Counts.span(Proxies.KEEPS_ROUTES)
                : "";
    }
}
