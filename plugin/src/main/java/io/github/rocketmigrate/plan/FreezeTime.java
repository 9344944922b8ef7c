package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time in which no topic moves forward, once or in every week. Its begin is part of it, its end is not. */
public sealed interface FreezeTime {
    /** The days of a week as plans name them. */
    List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    /** A weekly time is a day and a time of day, twice. */
    Pattern WEEKLY = Pattern.compile("(\\w{3}) (\\d\\d:\\d\\d)-(\\w{3}) (\\d\\d:\\d\\d)");

    /** Where the plan has it. */
    int line();

    /** The occurrence that contains a moment, if one does. */
    Optional<Occurrence> at(Instant moment);

    /** The first occurrence that begins after a moment; none where all have begun. */
    Optional<Occurrence> after(Instant moment);

    /**
     * One time from begin to end.
     *
     * @param from the begin as users write it, with its zone
     * @param until the end, likewise
     */
    record Occurrence(Instant begin, Instant end, String from, String until, int line) {
        public Occurrence {
            requireNonNull(begin, "begin is null");
            requireNonNull(end, "end is null");
            requireNonNull(from, "from is null");
            requireNonNull(until, "until is null");
        }

        boolean holds(Instant moment) {
            return !moment.isBefore(begin) && moment.isBefore(end);
        }
    }

    /** Parses a freeze of a plan without errors. */
    static FreezeTime of(Freeze written) {
        ZoneId zone = ZoneId.of(written.zone().value());
        int line = written.at().line();
        if (written.weekly().isPresent()) {
            Matcher weekly = weekly(written.weekly().get().value()).orElseThrow();
            return new Weekly(
                    day(weekly.group(1)),
                    LocalTime.parse(weekly.group(2)),
                    day(weekly.group(3)),
                    LocalTime.parse(weekly.group(4)),
                    zone,
                    line);
        }
        return new Dates(
                LocalDate.parse(written.from().orElseThrow().value()),
                LocalDate.parse(written.to().orElseThrow().value()),
                zone,
                line);
    }

    /** Splits a weekly time into its two days and times; nothing where the text has another form. */
    static Optional<Matcher> weekly(String text) {
        Matcher weekly = WEEKLY.matcher(text);
        return weekly.matches() ? Optional.of(weekly) : Optional.empty();
    }

    private static DayOfWeek day(String name) {
        return DayOfWeek.of(DAYS.indexOf(name) + 1);
    }

    /** From the first moment of one date to the last moment of another. */
    record Dates(LocalDate from, LocalDate to, ZoneId zone, int line) implements FreezeTime {
        @Override
        public Optional<Occurrence> at(Instant moment) {
            return Optional.of(only()).filter(it -> it.holds(moment));
        }

        @Override
        public Optional<Occurrence> after(Instant moment) {
            return Optional.of(only()).filter(it -> it.begin().isAfter(moment));
        }

        private Occurrence only() {
            return new Occurrence(
                    from.atStartOfDay(zone).toInstant(),
                    to.plusDays(1).atStartOfDay(zone).toInstant(),
                    from + "T00:00 " + zone,
                    // The end of a day is said as the end of this day, because that is the date in the plan.
                    to + "T24:00 " + zone,
                    line);
        }
    }

    /** From a time of one day of the week to a time of the same or a later day. */
    record Weekly(DayOfWeek firstDay, LocalTime begin, DayOfWeek lastDay, LocalTime end, ZoneId zone, int line)
            implements FreezeTime {
        @Override
        public Optional<Occurrence> at(Instant moment) {
            return Optional.of(latest(moment)).filter(it -> it.holds(moment));
        }

        @Override
        public Optional<Occurrence> after(Instant moment) {
            LocalDateTime next = LocalDateTime.ofInstant(latest(moment).begin(), zone)
                    .toLocalDate()
                    .with(TemporalAdjusters.next(firstDay))
                    .atTime(begin);
            return Optional.of(beginning(next));
        }

        /** The last occurrence that has begun. */
        private Occurrence latest(Instant moment) {
            LocalDateTime thisWeek = LocalDateTime.ofInstant(moment, zone)
                    .toLocalDate()
                    .with(TemporalAdjusters.previousOrSame(firstDay))
                    .atTime(begin);
            Occurrence occurrence = beginning(thisWeek);
            return occurrence.begin().isAfter(moment) ? beginning(thisWeek.minusWeeks(1)) : occurrence;
        }

        private Occurrence beginning(LocalDateTime first) {
            LocalDateTime last = first.toLocalDate()
                    .with(TemporalAdjusters.nextOrSame(lastDay))
                    .atTime(end);
            return new Occurrence(
                    first.atZone(zone).toInstant(),
                    last.atZone(zone).toInstant(),
                    first + " " + zone,
                    last + " " + zone,
                    line);
        }
    }
}
