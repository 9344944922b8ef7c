package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.text.Counts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Prints a watched board to a log: the whole board once, then a line for each object whose place, planned stage or
 * remaining work has changed, and for each change of what keeps the board from being current.
 */
public final class StatusChanges {
    private static final int TIME_OF_DAY = 11;

    private final Terminal terminal;
    private final Layout layout;
    private final boolean details;
    private boolean isFirst = true;
    private Map<StatusRow.BoardItem, StatusRow> last = new HashMap<>();
    private String lastFailure = "";
    private boolean wasOneSide = false;
    private List<String> lastNotice = List.of();
    private Set<String> lastLeftBehind = Set.of();

    /**
     * Prints to a log.
     *
     * @param details whether the board names everything
     */
    public StatusChanges(Terminal terminal, boolean details) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.details = details;
        this.layout = new Layout(terminal);
    }

    public void print(StatusLook look) {
        noticeChanges(look);
        failureChanges(look);
        oneSideChanges(look);
        if (look.isCurrent()) {
            look.last().ifPresent(this::print);
        }
    }

    private void noticeChanges(StatusLook look) {
        List<String> notice = look.invalidPlan().map(PlanNotice::lines).orElse(List.of());
        if (!notice.equals(lastNotice)) {
            notice.forEach(layout::warning);
            if (notice.isEmpty()) {
                layout.line(0, time(look.at()) + "  The plan's file is valid again.");
            }
        }
        lastNotice = notice;
    }

    private void failureChanges(StatusLook look) {
        String failure = look.failure();
        if (!failure.equals(lastFailure)) {
            if (failure.isEmpty()) {
                layout.line(0, time(look.at()) + "  The board is current again.");
            } else {
                layout.warning((look.isCurrent() ? "" : "Not current since " + since(look) + ". ") + failure);
            }
        }
        lastFailure = failure;
    }

    /** Shows the only cluster that answers once in each outage. */
    private void oneSideChanges(StatusLook look) {
        if (!wasOneSide) {
            look.oneSide()
                    .ifPresent(seen -> new OneSideText(terminal, details).print(seen, NextStep.whileOneSide(seen)));
        }
        wasOneSide = look.oneSide().isPresent();
    }

    private static String since(StatusLook look) {
        return time(look.readAt().orElse(look.at()));
    }

    private void print(StatusReport report) {
        List<String> lines = lines(report.rows());
        leftBehindChanges(report);
        if (isFirst) {
            new StatusText(terminal, details).print(report);
            isFirst = false;
        }
        Instant at = report.plan().situation().readAt();
        lines.forEach(line -> layout.line(0, time(at) + "  " + line));
    }

    /** Names clients when they come back to the source; the first board names those of its time. */
    private void leftBehindChanges(StatusReport report) {
        Set<String> now = new TreeSet<>();
        for (ClientsLeftBehind clients : report.leftBehind()) {
            now.addAll(clients.places());
            if (!isFirst && !lastLeftBehind.containsAll(clients.places())) {
                layout.warning(clients.message(Counts.MOST_NAMED));
            }
        }
        lastLeftBehind = now;
    }

    /** {@code 12:00:05Z}. */
    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().substring(TIME_OF_DAY);
    }

    /** The changes since the rows before; none for the first. */
    List<String> lines(List<StatusRow> rows) {
        Map<StatusRow.BoardItem, StatusRow> now = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (StatusRow row : rows) {
            now.put(row.item(), row);
            StatusRow before = last.get(row.item());
            if (before != null) {
                line(before, row).ifPresent(lines::add);
            } else if (!last.isEmpty()) {
                lines.add(line(row, row.progress().now(), false));
            }
        }
        last.keySet().stream()
                .filter(item -> !now.containsKey(item))
                .map(item -> item.kind().word() + " " + item.name() + "  no longer on the board")
                .sorted()
                .forEach(lines::add);
        last = now;
        return lines;
    }

    private static Optional<String> line(StatusRow before, StatusRow row) {
        boolean moved = !before.progress().now().equals(row.progress().now());
        boolean replanned = !before.progress().wanted().equals(row.progress().wanted());
        if (!moved
                && !replanned
                && before.missing().words().equals(row.missing().words())) {
            return Optional.empty();
        }
        String place = moved
                ? before.progress().now() + " → " + row.progress().now()
                : row.progress().now();
        return Optional.of(line(row, place, replanned));
    }

    private static String line(StatusRow row, String place, boolean replanned) {
        String wanted = replanned
                ? row.progress()
                        .wanted()
                        .map(Stage::word)
                        .map(word -> "; wanted: " + word)
                        .orElse("")
                : "";
        String rest =
                row.missing().isNone() ? "nothing left to do" : row.missing().words();
        return row.item().kind().word() + " " + row.name() + "  " + place + wanted + "; " + rest;
    }
}
