package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows a watched board in place, below the time of the refresh and whatever keeps the board from being current. */
public final class LiveBoard {
    private static final String MARK = "! ";

    /** Problems that are shown even if notes have to be left out for them. */
    private static final int FIRST_PROBLEMS = 3;

    /** More rows than any window has, and few enough to try. */
    private static final int MOST_FOLDED = 200;

    private final Screen screen;
    private final Terminal colors;
    private final DateTimeFormatter time;
    private final Duration every;
    private final boolean details;

    /**
     * Prints times as they are in a zone.
     *
     * @param screen shows each refresh in place of the last
     * @param colors whose colors the board has
     * @param every the time between two refreshes
     * @param details whether the board names everything
     */
    public LiveBoard(Screen screen, Terminal colors, ZoneId zone, Duration every, boolean details) {
        this.screen = requireNonNull(screen, "screen is null");
        this.colors = requireNonNull(colors, "colors is null");
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
        this.every = requireNonNull(every, "every is null");
        this.details = details;
    }

    public void print(StatusLook look) {
        screen.show(fitting(look));
    }

    /**
     * Leaves out the legend, then healthy rows, then what stands around the rows, and only then problems. What is shown is
     * shown whole: half a sentence would be read as another one.
     */
    private List<String> fitting(StatusLook look) {
        for (BoardExtent extent :
                List.of(BoardExtent.WHOLE, BoardExtent.WITH_FIRST_FIXES, BoardExtent.WITHOUT_LEGEND)) {
            List<String> page = page(look, extent);
            if (screen.fits(page)) {
                return page;
            }
        }
        int problems = look.isCurrent()
                ? (int) look.last().stream()
                        .flatMap(report -> report.rows().stream())
                        .filter(row -> !FoldedRows.isHealthy(row))
                        .count()
                : 0;
        int most = Math.min(problems, FIRST_PROBLEMS);
        List<BoardExtent> without = BoardExtent.folded(0);
        // A board that counts its hidden rows says more with one row than another with three.
        return firstFitting(look, most, BoardExtent.Part.HIDDEN_ROWS)
                .or(() -> firstFitting(look, most))
                .orElseGet(() -> page(look, without.get(without.size() - 1)));
    }

    /** A page with at least one problem, if there is any, and with some parts. */
    private Optional<List<String>> firstFitting(StatusLook look, int most, BoardExtent.Part... parts) {
        int last = parts.length == 0 ? 0 : Math.min(1, most);
        for (int least = most; least >= last; least--) {
            for (BoardExtent extent : BoardExtent.folded(least)) {
                if (Arrays.stream(parts).allMatch(extent::shows)) {
                    Optional<List<String>> page = most(look, extent);
                    if (page.isPresent()) {
                        return page;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The page with the most rows that fits, if the one with those of the extent does. */
    private Optional<List<String>> most(StatusLook look, BoardExtent extent) {
        List<String> best = page(look, extent);
        if (!screen.fits(best)) {
            return Optional.empty();
        }
        for (int rows = extent.mostRows() + 1; rows <= MOST_FOLDED; rows++) {
            List<String> page = page(look, extent.with(rows));
            if (!screen.fits(page) || page.equals(best)) {
                break;
            }
            best = page;
        }
        return Optional.of(best);
    }

    private List<String> page(StatusLook look, BoardExtent extent) {
        List<String> page = new ArrayList<>();
        Terminal terminal = new PageTerminal(screen.width(), colors, page);
        Layout layout = new Layout(terminal);
        layout.text(0, time.format(look.at()) + " · every " + Counts.span(every) + " · Ctrl-C ends");
        look.invalidPlan().map(PlanNotice::lines).ifPresent(lines -> notice(terminal, lines));
        if (!look.faults().isEmpty()) {
            notice(terminal, List.of(staleness(look) + look.failure()));
        }
        layout.blank();
        board(look, terminal, extent);
        return page;
    }

    /** In an outage, one cluster as it is now says more than both as they were. */
    private void board(StatusLook look, Terminal terminal, BoardExtent extent) {
        if (look.oneSide().isPresent()) {
            OneSideReport seen = look.oneSide().get();
            new OneSideText(terminal, details, extent).print(seen, NextStep.whileOneSide(seen));
        } else if (look.isCurrent()) {
            look.last().ifPresent(report -> new StatusText(terminal, details, extent).print(report));
        } else {
            look.last()
                    .ifPresent(report -> new StatusText(new DimTerminal(terminal), details, extent)
                            .print(report, NextStep.WHILE_OLD));
        }
    }

    private String staleness(StatusLook look) {
        if (look.isCurrent()) {
            return "";
        }
        Optional<String> last =
                look.readAt().map(at -> time.format(at) + ", " + Counts.span(age(at, look.at())) + " ago. ");
        return look.oneSide().isPresent()
                ? last.map(when -> "Both clusters were last read " + when).orElse("")
                : last.map(when -> "Not current: last reading " + when).orElse("The clusters were not read yet. ");
    }

    /** The clock of a machine may be set back. */
    private static Duration age(Instant last, Instant now) {
        Duration age = Duration.between(last, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static void notice(Terminal terminal, List<String> lines) {
        Layout layout = new Layout(terminal);
        layout.item(MARK, lines.get(0), terminal::bad);
        lines.stream().skip(1).forEach(line -> layout.text(MARK.length(), line));
    }
}
