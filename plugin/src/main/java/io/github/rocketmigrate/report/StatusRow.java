package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** One topic or group on the board. */
public record StatusRow(BoardItem item, Progress progress, Map<Side, SideTraffic> traffic, RemainingWork missing) {
    public StatusRow {
        requireNonNull(item, "item is null");
        requireNonNull(progress, "progress is null");
        traffic = new TreeMap<>(traffic);
        requireNonNull(missing, "missing is null");
    }

    /** The topic or group, and the batch that contains it. */
    public record BoardItem(Subject.Kind kind, String batch, String name) {}

    /**
     * The stage of a topic, or the clusters that have the object.
     *
     * @param wanted the stage in the plan; empty for groups and for plans without traffic
     * @param place the present stage; empty where there is none
     * @param now the present stage or place, in words
     * @param since when a run first recorded the present stage; empty if unknown
     */
    public record Progress(Optional<Stage> wanted, Optional<Stage> place, String now, Optional<Instant> since) {
        boolean hasArrived() {
            return wanted.isEmpty() || wanted.equals(place);
        }
    }

    /**
     * The use of an object in one cluster.
     *
     * @param backlog the number of unread messages; empty if it is unknown or the cluster does not have the object
     * @param members the number of connected clients of the consumer groups
     */
    public record SideTraffic(OptionalLong backlog, int members) {}

    public String name() {
        return item.name();
    }

    public SideTraffic at(Side side) {
        return traffic.get(side);
    }
}
