package io.github.rocketmigrate.text;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Keeps numbers, their nouns and their verbs in agreement, so that no sentence says "1 queues are". */
public final class Counts {
    public static final int MOST_NAMED = 5;

    private static final List<String> SIBILANTS = List.of("ch", "sh", "s", "x");
    private static final String VOWELS = "aeiou";
    private static final List<String> BINARY_UNITS = List.of("KiB", "MiB", "GiB", "TiB");
    private static final double KIBI = 1_024;
    private static final double TWO_DIGITS = 10;

    private Counts() {}

    /** {@code "1 queue"}, {@code "2 queues"}, {@code "0 batches"}, {@code "3 retries"}. */
    public static String of(long count, String noun) {
        return count + " " + noun(count, noun);
    }

    /** For plurals that no rule forms: {@code of(2, "message has", "messages have")}. */
    public static String of(long count, String singular, String plural) {
        return count + " " + (count == 1 ? singular : plural);
    }

    /** The noun without the number, for sentences that name what they count: {@code "broker a"}, {@code "brokers a, b"}. */
    public static String noun(long count, String noun) {
        return count == 1 ? noun : plural(noun);
    }

    public static String isOrAre(long count) {
        return count == 1 ? "is" : "are";
    }

    public static String hasOrHave(long count) {
        return count == 1 ? "has" : "have";
    }

    /** {@code "it"} or {@code "them"}, for a noun that the sentence has just named. */
    public static String itOrThem(long count) {
        return count == 1 ? "it" : "them";
    }

    /** The verb that agrees with a number: {@code verb(1, "uses", "use")} is {@code "uses"}. */
    public static String verb(long count, String singular, String plural) {
        return count == 1 ? singular : plural;
    }

    public static String messages(long count) {
        return of(count, "message");
    }

    public static String clients(long count) {
        return of(count, "client");
    }

    /** {@code "812 KiB"}, {@code "4 MiB"}, {@code "1.5 GiB"}; below a kibibyte {@code "900 bytes"}. */
    public static String bytes(long bytes) {
        int unit = -1;
        double size = bytes;
        while (size >= KIBI && unit < BINARY_UNITS.size() - 1) {
            size /= KIBI;
            unit++;
        }
        if (unit < 0) {
            return of(bytes, "byte");
        }
        boolean isWhole = size >= TWO_DIGITS || size == Math.rint(size);
        return String.format(Locale.ROOT, isWhole ? "%.0f %s" : "%.1f %s", size, BINARY_UNITS.get(unit));
    }

    public static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    /** The two largest units, for times too long to be read in seconds: {@code "20 s"}, {@code "3 min 20 s"}, {@code "2 h"}, {@code "3 d 4 h"}. */
    public static String span(Duration time) {
        if (time.toDays() > 0) {
            return pair(time.toDays(), "d", time.toHoursPart(), "h");
        }
        if (time.toHours() > 0) {
            return pair(time.toHours(), "h", time.toMinutesPart(), "min");
        }
        return time.toMinutes() > 0 ? pair(time.toMinutes(), "min", time.toSecondsPart(), "s") : seconds(time);
    }

    /** The largest unit, for narrow columns: {@code "20 s"}, {@code "3 min"}, {@code "3 d"}. */
    public static String shortSpan(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : seconds(time);
    }

    /** {@code "just now"}, {@code "12 s ago"}. */
    public static String ago(Instant then, Instant now) {
        Duration since = Duration.between(then, now);
        return since.toSeconds() <= 0 ? "just now" : span(since) + " ago";
    }

    private static String pair(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static String plural(String noun) {
        if (noun.endsWith("y") && noun.length() > 1 && VOWELS.indexOf(noun.charAt(noun.length() - 2)) < 0) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun + (SIBILANTS.stream().anyMatch(noun::endsWith) ? "es" : "s");
    }
}
