package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Counts;

/**
 * Work that follows from a row, in units that can be counted.
 *
 * @param unit the first word of which has a plural, with what has to be done: "application to upgrade"
 */
public record RowEffort(long count, String unit) {
    public RowEffort {
        requireNonNull(unit, "unit is null");
    }

    /** {@code 7 applications to upgrade}. */
    public String words() {
        int space = unit.indexOf(" to ");
        return space < 0 ? Counts.of(count, unit) : Counts.of(count, unit.substring(0, space)) + unit.substring(space);
    }
}
