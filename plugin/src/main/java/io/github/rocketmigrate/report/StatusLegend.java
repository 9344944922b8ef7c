package io.github.rocketmigrate.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Explains the columns of a board below it, as far as this board needs it. Each line fits a narrow terminal, because a watched
 * board shows the legend all the time.
 */
final class StatusLegend {
    private static final String NO_TRAFFIC = "The plan has no traffic section: topics and groups are defined at the"
            + " destination, and all traffic is at the source.";
    private static final String STAGES = "Now: the stage and its age. Backlog: unread in source / destination.";
    private static final String BACKLOG = "Backlog: unread messages in the source / destination.";
    private static final String CONNECTED = "Clients: connected clients of the groups.";
    private static final String BY_NAME_SERVERS =
            "Clients: new use only the destination's servers, old do not; ?: unknown.";
    private static final String BY_PEERS = "Clients: old are at the source, without a peer at the destination.";
    private static final String DEFINED = "Defined: exists at the destination.";

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
        lines.add(clients(report, rows));
        if (hasStages && rows.stream().anyMatch(StatusRow::isOnlyDefined)) {
            lines.add(DEFINED);
        }
        return lines;
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
