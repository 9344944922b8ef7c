package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Explains the columns of a board below it, as far as this board needs it. Each line fits a narrow terminal, because a watched
 * board shows the legend all the time.
 */
final class StatusLegend {
    private static final String NO_TRAFFIC = "The plan has no traffic section: topics and groups are defined at the"
            + " destination, and all traffic is at the source.";
    private static final String STAGES = "Now: the stage and its age. Backlog: unread in source / destination.";
    private static final String BACKLOG = "Backlog: unread messages in the source / destination.";
    private static final String ABSENT = "Backlog –: not in that cluster.";
    private static final String UNKNOWN = "Backlog ?: unknown (no offsets, for example).";
    private static final String ABSENT_OR_UNKNOWN =
            "Backlog –: not in that cluster; ?: unknown (no offsets, for example).";
    private static final String CONNECTED = "Clients: connected clients of the groups.";
    private static final String BY_NAME_SERVERS =
            "Clients: new use only the destination's servers, old do not; ?: unknown.";
    private static final String BY_PEERS = "Clients: old are at the source, without a peer at the destination.";
    private static final String DEFINED = "Defined: exists at the destination.";

    private static final String OFFLINE = "Offline: no client is connected, and messages are unread.";

    private StatusLegend() {}

    static List<String> of(StatusReport report) {
        List<StatusRow> rows = report.rows();
        boolean hasStages = report.plan().situation().routing().isPresent();
        List<String> lines = new ArrayList<>();
        if (!hasStages) {
            lines.add(NO_TRAFFIC);
        }
        boolean hasTimes = rows.stream().anyMatch(row -> row.progress().since().isPresent());
        lines.add(hasTimes ? STAGES : BACKLOG);
        backlog(rows).ifPresent(lines::add);
        lines.add(clients(report, rows));
        if (rows.stream().anyMatch(StatusRow::isOffline)) {
            lines.add(OFFLINE);
        }
        if (hasStages && rows.stream().anyMatch(StatusRow::isOnlyDefined)) {
            lines.add(DEFINED);
        }
        return lines;
    }

    private static Optional<String> backlog(List<StatusRow> rows) {
        Set<Boolean> exist = rows.stream()
                .flatMap(row -> row.traffic().values().stream())
                .filter(side -> side.backlog().isEmpty())
                .map(StatusRow.SideTraffic::exists)
                .collect(toSet());
        if (exist.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(exist.size() > 1 ? ABSENT_OR_UNKNOWN : exist.contains(true) ? UNKNOWN : ABSENT);
    }

    private static String clients(StatusReport report, List<StatusRow> rows) {
        boolean hasSwitched =
                rows.stream().anyMatch(row -> row.clients().switched().isPresent());
        if (!hasSwitched) {
            return CONNECTED;
        }
        return report.plan().situation().isJoining() ? BY_NAME_SERVERS : BY_PEERS;
    }
}
