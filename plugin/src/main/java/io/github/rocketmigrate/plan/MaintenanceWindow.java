package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.MigrationPlan.Maintenance;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The hours of each day in which the destination's brokers may be restarted. Equal begin and end mean the whole day. */
public record MaintenanceWindow(LocalTime begin, LocalTime end, ZoneId zone) {
    public MaintenanceWindow {
        requireNonNull(begin, "begin is null");
        requireNonNull(end, "end is null");
        requireNonNull(zone, "zone is null");
    }

    /** Parses the window of a plan without errors. */
    public static MaintenanceWindow of(Maintenance written) {
        String[] ends = written.window().value().split("-", -1);
        return new MaintenanceWindow(
                LocalTime.parse(ends[0]),
                LocalTime.parse(ends[1]),
                ZoneId.of(written.zone().value()));
    }

    /** Whether the window contains {@code moment}; the end is exclusive. */
    public boolean holds(Instant moment) {
        LocalTime time = LocalTime.ofInstant(moment, zone);
        boolean afterBegin = !time.isBefore(begin);
        boolean beforeEnd = time.isBefore(end);
        return begin.isBefore(end) ? afterBegin && beforeEnd : afterBegin || beforeEnd;
    }

    /** Returns the time of day in the window's zone, in full minutes. */
    public LocalTime timeAt(Instant moment) {
        return LocalTime.ofInstant(moment, zone).truncatedTo(ChronoUnit.MINUTES);
    }

    @Override
    public String toString() {
        return begin + "-" + end + " " + zone;
    }
}
