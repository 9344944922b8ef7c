package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.UtcTime;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.LeaseNote;
import java.time.Instant;

/** Describes the run that holds the lease of the destination while a plan is read. */
record RunAtWork(LeaseNote lease, Instant readAt) {
    RunAtWork {
        requireNonNull(lease, "lease is null");
        requireNonNull(readAt, "readAt is null");
    }

    /** Whether the run seems to be alive; a killed run leaves its lease behind. */
    boolean isAlive() {
        return lease.seemsAlive(readAt, Lease.Terms.USUAL);
    }

    String words() {
        String heartbeat = lease.lastHeartbeat(readAt, Lease.Terms.USUAL) + ".";
        return isAlive()
                ? "A run is at work: " + holder() + ". " + heartbeat
                : "A run has left its lease behind: " + holder() + ". " + heartbeat
                        + " The next apply takes the lease over after "
                        + Counts.seconds(Lease.Terms.USUAL.term()) + " without a heartbeat.";
    }

    /** Prints who is at work, and how to release the lease of a run that seems to be dead. */
    void print(Layout layout, Invocation invocation) {
        layout.text(0, words());
        if (!isAlive()) {
            layout.text(0, "To release the lease at once:");
            layout.command(2, invocation.unlock(lease.id()));
        }
    }

    private String holder() {
        return lease.whose() + ", since " + begin() + " (lease " + lease.id() + ")";
    }

    /** The time, with its date if the run began on another day. */
    private String begin() {
        return lease.begin().map(begin -> UtcTime.words(begin, readAt)).orElseGet(lease::since);
    }
}
