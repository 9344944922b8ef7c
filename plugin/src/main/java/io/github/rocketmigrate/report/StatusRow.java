package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.SwitchedClients;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DueTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** One topic or group on the board. */
public record StatusRow(
        BoardItem item,
        Progress progress,
        Map<Side, SideTraffic> traffic,
        BoardClients clients,
        RemainingWork missing) {
    public StatusRow {
        requireNonNull(item, "item is null");
        requireNonNull(progress, "progress is null");
        traffic = new TreeMap<>(traffic);
        requireNonNull(clients, "clients is null");
        requireNonNull(missing, "missing is null");
    }

    /** Whether the destination has the object, which says nothing about its traffic. */
    boolean isOnlyDefined() {
        return progress.now().equals(StatusReport.DEFINED);
    }

    /** The topic or group, and the batch that contains it. */
    public record BoardItem(Subject.Kind kind, String batch, String name) {}

    /**
     * The stage of a topic, or the clusters that have the object.
     *
     * @param wanted the stage in the plan; empty for groups and for plans without traffic
     * @param place the present stage; empty where there is none
     * @param now the present stage or place, in words
     * @param fence the side that has to be consumed before consumers get new messages; empty outside a fence
     * @param since when a run first recorded the present stage; empty if unknown
     */
    public record Progress(
            Optional<Stage> wanted, Optional<Stage> place, String now, Optional<Side> fence, Optional<Instant> since) {
        boolean hasArrived() {
            return wanted.isEmpty() || wanted.equals(place);
        }
    }

    /**
     * The use of an object in one cluster.
     *
     * @param exists whether the cluster has the object
     * @param backlog the number of unread messages; empty if it is unknown or the cluster does not have the object
     * @param members the number of connected clients of the consumer groups
     * @param delayed the number of messages that are delivered later; empty if they were not read
     * @param lastDue when the last of these is due, where that is known
     */
    public record SideTraffic(
            boolean exists, OptionalLong backlog, int members, OptionalLong delayed, Optional<Instant> lastDue) {
        private static final String ABSENT = "–";
        private static final String UNKNOWN = "?";

        /** An object of which the delayed messages are not read. */
        public SideTraffic(boolean exists, OptionalLong backlog, int members) {
            this(exists, backlog, members, OptionalLong.empty(), Optional.empty());
        }

        /** {@code 1,200}, and two signs for what is no number: neither means zero. */
        String backlogWords() {
            if (backlog.isPresent()) {
                return String.format(Locale.ROOT, "%,d", backlog.getAsLong());
            }
            return exists ? UNKNOWN : ABSENT;
        }

        /** {@code 3 delayed messages at the source, the last due at 14:31 UTC (in 2 h)}; nothing if there are none. */
        Optional<String> delayedWords(Side side, Instant now) {
            return delayed.orElse(0) == 0
                    ? Optional.empty()
                    : Optional.of(Counts.of(delayed.getAsLong(), "delayed message") + " at the " + side.word()
                            + lastDue.map(at -> ", the last due " + DueTime.at(at, now))
                                    .orElse(""));
        }
    }

    /**
     * The connected clients of the consumer groups, wherever they are connected.
     *
     * @param switched which of them have switched to the destination; empty before any of them can
     */
    public record BoardClients(int connected, Optional<SwitchedClients> switched) {
        public BoardClients {
            requireNonNull(switched, "switched is null");
        }

        /** Whether no client is connected, neither to brokers nor to proxies. */
        private boolean isNone() {
            return connected == 0
                    && switched.stream()
                            .allMatch(it -> it.old().isEmpty()
                                    && it.switched().isEmpty()
                                    && it.unknown().isEmpty());
        }

        /** {@code 3} before clients can switch, then {@code 1 old, 2 new, 1 ?}. */
        String words() {
            List<String> parts = new ArrayList<>();
            switched.ifPresent(it -> {
                add(parts, it.old().size(), "old");
                add(parts, it.switched().size(), "new");
                add(parts, it.unknown().size(), "?");
            });
            return parts.isEmpty() ? String.valueOf(connected) : String.join(", ", parts);
        }

        private static void add(List<String> parts, int count, String word) {
            if (count > 0) {
                parts.add(count + " " + word);
            }
        }
    }

    /** Whether messages wait for clients, and none is connected. */
    boolean isOffline() {
        return clients.isNone()
                && traffic.values().stream().anyMatch(side -> side.backlog().orElse(0) > 0);
    }

    /** The clients in words; a zero does not look like what keeps messages unread. */
    String clientWords() {
        return isOffline() ? "offline" : clients.words();
    }

    /** {@code 40 messages unread at the destination}, where clients have to follow the topic; nothing elsewhere. */
    Optional<String> unreadByOldClients() {
        long unread = at(Side.DESTINATION).backlog().orElse(0);
        return missing.isLeftBehind() && unread > 0
                ? Optional.of(Counts.messages(unread) + " unread at the destination")
                : Optional.empty();
    }

    public String name() {
        return item.name();
    }

    public SideTraffic at(Side side) {
        return traffic.get(side);
    }
}
