package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of a managed instance, such as {@code 5.1-rmq-20230329}. An update that changes the line brings another
 * open-source release; one that changes only the date brings corrections.
 *
 * @param line of the open-source releases
 * @param released when the provider released it
 */
record ManagedRelease(String line, LocalDate released) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3}\\.\\d{1,3})-rmq-(\\d{8})");

    ManagedRelease {
        requireNonNull(line, "line is null");
        requireNonNull(released, "released is null");
    }

    static Optional<ManagedRelease> of(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ManagedRelease(
                    form.group(1), LocalDate.parse(form.group(2), DateTimeFormatter.BASIC_ISO_DATE)));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    boolean isOlderThan(int months, LocalDate today) {
        return released.plusMonths(months).isBefore(today);
    }

    /** {@code line 5.1, released on 2023-03-29}. */
    String words() {
        return "line " + line + ", released on " + released;
    }
}
