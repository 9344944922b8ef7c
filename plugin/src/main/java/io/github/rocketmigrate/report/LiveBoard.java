package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows a watched board in place, below the time of the refresh and whatever keeps the board from being current. */
public final class LiveBoard {
    private static final String MARK = "! ";

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
        List<String> page = new ArrayList<>();
        Terminal terminal = new PageTerminal(screen.width(), colors, page);
        Layout layout = new Layout(terminal);
        layout.text(0, time.format(look.at()) + " · every " + Counts.span(every) + " · Ctrl-C ends");
        look.invalidPlan().map(PlanNotice::lines).ifPresent(lines -> notice(terminal, lines));
        if (!look.faults().isEmpty()) {
            notice(terminal, List.of(staleness(look) + look.failure()));
        }
        layout.blank();
        look.last().ifPresent(report -> {
            if (look.isCurrent()) {
                new StatusText(terminal, details).print(report);
            } else {
                new StatusText(new DimTerminal(terminal), details).print(report, NextStep.WHILE_OLD);
            }
        });
        screen.show(page);
    }

    private String staleness(StatusLook look) {
        if (look.isCurrent()) {
            return "";
        }
        return look.readAt()
                .map(last -> "Not current: last reading " + time.format(last) + ", " + Counts.span(age(last, look.at()))
                        + " ago. ")
                .orElse("The clusters were not read yet. ");
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
