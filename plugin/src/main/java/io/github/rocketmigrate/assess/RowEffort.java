package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Counts;
import java.util.regex.Pattern;

/**
 * Work that follows from a row, in units that can be counted.
 *
 * @param unit the first word of which has a plural, with what has to be done: "application to upgrade"
 */
public record RowEffort(long count, String unit) {
    /** Verbs that stand together before their object. */
    private static final Pattern WHOLE_VERB = Pattern.compile(" or | (about|for)$");

    public RowEffort {
        requireNonNull(unit, "unit is null");
    }

    /** {@code upgrade 7 applications}, {@code ask about 2 topics}, {@code keep 1 application on Remoting}. */
    public String words() {
        String[] parts = unit.split(" to ", 2);
        String objects = Counts.of(count, parts[0]);
        if (parts.length == 1) {
            return objects;
        }
        String[] verb = parts[1].split(" ", 2);
        boolean isWhole = verb.length == 1 || WHOLE_VERB.matcher(parts[1]).find();
        return isWhole ? parts[1] + " " + objects : verb[0] + " " + objects + " " + verb[1];
    }
}
