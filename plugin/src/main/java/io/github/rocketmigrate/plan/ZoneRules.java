package io.github.rocketmigrate.plan;

import io.github.rocketmigrate.text.Spelling;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TreeSet;

/** Finds time zones that the tz database does not have. */
final class ZoneRules {
    private ZoneRules() {}

    /** Another rule reports an empty name. */
    static Optional<Problem> check(Located<String> zone) {
        try {
            if (!zone.value().isEmpty()) {
                ZoneId.of(zone.value());
            }
            return Optional.empty();
        } catch (DateTimeException e) {
            String hint = Spelling.nearest(zone.value(), new TreeSet<>(ZoneId.getAvailableZoneIds()))
                    .map(it -> "; did you mean " + it + "?")
                    .orElse("; write a name such as Europe/Berlin or UTC");
            return Optional.of(
                    new Problem(Rule.UNKNOWN_ZONE, zone.at(), "'" + zone.value() + "' is not a time zone" + hint));
        }
    }
}
