package io.github.rocketmigrate.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how long a broker has run from its state (request 28). Brokers of all versions say it in words, in the digits of
 * their locale; unlike the time of their start, it does not depend on their clock.
 */
public final class BrokerUptime {
    private static final String RUNTIME = "runtime";
    private static final Pattern WORDS =
            Pattern.compile("\\[ (.+) days, (\\p{Nd}+) hours, (\\p{Nd}+) minutes, (\\p{Nd}+) seconds ]");

    private BrokerUptime() {}

    /** The time since its start, if the broker says it and has run for less than a day. */
    public static Optional<Duration> underOneDay(Map<String, String> state) {
        return Optional.of(WORDS.matcher(state.getOrDefault(RUNTIME, "")))
                .filter(words -> words.matches() && words.group(1).matches("\\p{Nd}+") && number(words, 1) == 0)
                .map(words -> Duration.ofHours(number(words, 2))
                        .plusMinutes(number(words, 3))
                        .plusSeconds(number(words, 4)));
    }

    private static int number(Matcher words, int group) {
        return Integer.parseInt(words.group(group));
    }
}
