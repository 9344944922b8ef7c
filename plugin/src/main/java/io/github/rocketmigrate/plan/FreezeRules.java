package io.github.rocketmigrate.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** Finds times without steps forward that are incomplete, that end before they begin, or that never end. */
final class FreezeRules {
    private final List<Problem> problems = new ArrayList<>();

    List<Problem> check(StepConditions conditions) {
        conditions.freeze().stream().flatMap(List::stream).forEach(this::check);
        return problems;
    }

    private void check(Freeze freeze) {
        ZoneRules.check(freeze.zone()).ifPresent(problems::add);
        Optional<Located<String>> date = freeze.from().or(freeze::to);
        if (freeze.weekly().isPresent() && date.isPresent()) {
            problems.add(new Problem(
                    Rule.FREEZE_KIND,
                    date.get().at(),
                    "the freeze has dates and a weekly time; write two entries, one for the dates and one for the weekly"
                            + " time"));
        } else if (freeze.weekly().isPresent()) {
            weekly(freeze.weekly().get());
        } else if (date.isEmpty()) {
            problems.add(new Problem(
                    Rule.FREEZE_KIND,
                    freeze.at(),
                    "the freeze has no time; add from and to, for example from: 2026-11-10, to: 2026-11-12, or a weekly"
                            + " time, for example weekly: \"Fri 18:00-Mon 08:00\""));
        } else if (freeze.from().isPresent() && freeze.to().isPresent()) {
            dates(freeze.from().get(), freeze.to().get());
        } else {
            Located<String> other = date.get();
            String missing = freeze.from().isPresent() ? "to" : "from";
            problems.add(new Problem(
                    Rule.FREEZE_KIND,
                    other.at(),
                    "the freeze has no '" + missing + "'; add it, for example " + missing + ": " + other.value()
                            + " for a freeze of one day"));
        }
    }

    private void dates(Located<String> from, Located<String> to) {
        Optional<LocalDate> first = PlanBinder.date(from).map(Located::value);
        Optional<LocalDate> last = PlanBinder.date(to).map(Located::value);
        if (first.isPresent() && last.isPresent() && last.get().isBefore(first.get())) {
            problems.add(new Problem(
                    Rule.FREEZE_ENDS,
                    to.at(),
                    "the freeze ends on " + last.get() + ", before it begins on " + first.get() + "; write from: "
                            + last.get() + ", to: " + first.get() + ", or a later last day"));
        }
    }

    private void weekly(Located<String> written) {
        Optional<Matcher> weekly = FreezeTime.weekly(written.value());
        if (weekly.isEmpty()) {
            return;
        }
        String day = weekly.get().group(1);
        String begin = weekly.get().group(2);
        String end = weekly.get().group(4);
        if (!day.equals(weekly.get().group(3)) || end.compareTo(begin) > 0) {
            return;
        }
        // The next occurrence would begin before this one has ended, or when it ends.
        problems.add(new Problem(
                Rule.FREEZE_ENDS,
                written.at(),
                end.equals(begin)
                        ? "the freeze begins and ends at " + day + " " + begin
                                + ", so it would hold the whole week; write a later end, or leave the stages as they are to"
                                + " move nothing"
                        : "the freeze ends at " + day + " " + end + ", before it begins at " + begin
                                + " of the same day; write the day of its end, for example " + day + " " + begin + "-"
                                + next(day) + " " + end));
    }

    private static String next(String day) {
        List<String> days = FreezeTime.DAYS;
        return days.get((days.indexOf(day) + 1) % days.size());
    }
}
