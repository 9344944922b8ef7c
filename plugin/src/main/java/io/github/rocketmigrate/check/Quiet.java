package io.github.rocketmigrate.check;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Stillness.Still;
import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds whether messages still come to a topic that is closed for writing. Brokers do not enforce what may be written, so
 * only offsets that stand still for longer than clients take to ask for routes again prove it.
 */
final class Quiet {
    private Quiet() {}

    static Findings at(Side side, TopicStep step) {
        if (step.situation().at(side).topic(step.name()).isEmpty()) {
            return Findings.passed("the " + side.word() + " does not have the topic");
        }
        Optional<Still> known = step.traffic().stillness().of(side, step.name());
        if (known.isEmpty()) {
            return new Findings().unknown("its offsets at the " + side.word() + " were not read");
        }
        Still still = known.get();
        Duration least = step.traffic().limits().routePoll();
        String where = " at the " + side.word();
        if (still.open()) {
            return new Findings()
                    .unknown("it is still open for writing" + where + ": it can be quiet only once it is closed");
        }
        String stood = "its offsets" + where + " have stood still for " + Counts.seconds(still.lasts());
        if (still.lasts().compareTo(least) >= 0) {
            return Findings.passed(stood);
        }
        Optional<Instant> grown = still.grown().filter(at -> !at.isBefore(still.since()));
        if (grown.isPresent()) {
            Duration since = Duration.between(grown.get(), step.traffic().measured());
            return new Findings()
                    .failed(
                            Counts.messages(still.came()) + " came" + where + " "
                                    + (since.toSeconds() == 0 ? "just now" : Counts.seconds(since) + " ago")
                                    + ", though the topic is closed for writing there",
                            "Producers follow within 30 s. If it goes on, find the producer that does not ask for"
                                    + " routes, and restart it.");
        }
        return new Findings().unknown(stood + " of " + Counts.seconds(least));
    }
}
