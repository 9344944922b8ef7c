package io.github.rocketmigrate.plan;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations of a plan, such as {@code 30m}. */
final class PlannedDuration {
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})([smhd])");

    private PlannedDuration() {}

    /** Empty where the text has another form, which the schema reports. */
    static Optional<Duration> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(form.group(1));
        return Optional.of(
                switch (form.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }
}
