package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints a line for each object whose place or remaining work has changed since the last board, for logs. */
public final class StatusChanges {
    private static final int TIME_OF_DAY = 11;

    private final Terminal terminal;
    private Map<StatusRow.BoardItem, StatusRow> last = new HashMap<>();

    public StatusChanges(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    /** Prints the changes since the report before; nothing for the first. */
    public void print(StatusReport report) {
        Instant at = report.plan().situation().readAt();
        lines(report.rows()).forEach(line -> terminal.line(time(at) + "  " + line));
    }

    /** {@code 12:00:05Z}. */
    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().substring(TIME_OF_DAY);
    }

    List<String> lines(List<StatusRow> rows) {
        Map<StatusRow.BoardItem, StatusRow> now = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (StatusRow row : rows) {
            now.put(row.item(), row);
            StatusRow before = last.get(row.item());
            if (before != null) {
                line(before, row).ifPresent(lines::add);
            }
        }
        last = now;
        return lines;
    }

    private static Optional<String> line(StatusRow before, StatusRow row) {
        boolean moved = !before.progress().now().equals(row.progress().now());
        if (!moved && before.missing().words().equals(row.missing().words())) {
            return Optional.empty();
        }
        String place = moved
                ? before.progress().now() + " → " + row.progress().now()
                : row.progress().now();
        String rest =
                row.missing().isNone() ? "nothing left to do" : row.missing().words();
        return Optional.of(row.item().kind().word() + " " + row.name() + "  " + place + "; " + rest);
    }
}
