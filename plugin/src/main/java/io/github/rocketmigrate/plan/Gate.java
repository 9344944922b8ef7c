package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * A condition outside RocketMQ: the value of a Prometheus query, or the status of an HTTP address.
 *
 * @param at where the gate begins in the plan
 * @param prometheus the address of the server that answers the query
 * @param below the value that the query has to stay below
 * @param above the value that the query has to stay above
 * @param status the status that the address has to answer
 * @param time for how long the condition has to hold
 */
public record Gate(
        Position at,
        Located<String> name,
        Optional<Located<String>> prometheus,
        Optional<Located<String>> query,
        Optional<Located<String>> below,
        Optional<Located<String>> above,
        Optional<Located<String>> url,
        Optional<Located<Integer>> status,
        Optional<Located<String>> time) {
    public Gate {
        requireNonNull(at, "at is null");
        requireNonNull(name, "name is null");
        requireNonNull(prometheus, "prometheus is null");
        requireNonNull(query, "query is null");
        requireNonNull(below, "below is null");
        requireNonNull(above, "above is null");
        requireNonNull(url, "url is null");
        requireNonNull(status, "status is null");
        requireNonNull(time, "time is null");
    }

    /** The address that is asked. */
    public String address() {
        return prometheus.or(() -> url).map(Located::value).orElse("");
    }

    /** For how long the condition has to hold; zero if one look is enough. */
    public Duration required() {
        return time.flatMap(text -> PlannedDuration.of(text.value())).orElse(Duration.ZERO);
    }

    /** Whether a value of the query meets the condition. */
    public boolean accepts(double value) {
        return below.map(limit -> value < Double.parseDouble(limit.value())).orElse(true)
                && above.map(limit -> value > Double.parseDouble(limit.value())).orElse(true);
    }

    /** Whether the address answers as it has to. */
    public boolean accepts(int answered) {
        return status.filter(wanted -> wanted.value() == answered).isPresent();
    }

    /** The condition in words: {@code below 0.5}, {@code status 200}. */
    public String condition() {
        return below.map(limit -> "below " + limit.value())
                .or(() -> above.map(limit -> "above " + limit.value()))
                .or(() -> status.map(wanted -> "status " + wanted.value()))
                .orElse("");
    }
}
