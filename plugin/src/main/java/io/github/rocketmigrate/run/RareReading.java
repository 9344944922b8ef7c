package io.github.rocketmigrate.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Reads the same again only after a while: a waiting run looks often, and what is read here is much and changes rarely. */
final class RareReading<Q, A> {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private Optional<Reading<Q, A>> last = Optional.empty();

    private record Reading<Q, A>(Q question, A answer, Instant readAt) {}

    /**
     * The last answer to the same question, or a new one.
     *
     * @param mustBeFresh whether something that cannot be undone depends on the answer
     */
    A of(Q question, Instant now, boolean mustBeFresh, Function<Q, A> reading) {
        Optional<A> known = last.filter(it -> !mustBeFresh
                        && it.question().equals(question)
                        && !it.readAt().plus(LONG_ENOUGH).isBefore(now))
                .map(Reading::answer);
        if (known.isPresent()) {
            return known.get();
        }
        A answer = reading.apply(question);
        last = Optional.of(new Reading<>(question, answer, now));
        return answer;
    }
}
