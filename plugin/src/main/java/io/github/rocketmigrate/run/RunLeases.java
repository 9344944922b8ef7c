package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.LeaseNotes;
import java.util.ArrayList;
import java.util.List;

/**
 * Acquires a lease of each cluster that a run changes, always in the same order, so that no two runs block each other.
 */
final class RunLeases implements AutoCloseable {
    private final Apply.Run run;
    private final Apply.Settings settings;
    private final LeaseNote note;
    private final List<Lease> leases = new ArrayList<>();

    RunLeases(Apply.Run run, Apply.Settings settings, LeaseNote note) {
        this.run = requireNonNull(run, "run is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.note = requireNonNull(note, "note is null");
    }

    /** Acquires the leases. Returns a new assessment if another run may have changed something in the meantime. */
    Assessment acquire(Assessment first) throws InterruptedException {
        Assessment now = first;
        for (Side side : List.of(Side.DESTINATION, Side.SOURCE)) {
            if (side == Side.DESTINATION
                    || now.changesTraffic()
                    || run.assessments().changesHolds(now)) {
                Lease lease = Lease.take(
                        new LeaseNotes(
                                run.clusters().writers().get(side),
                                first.situation().at(side).cluster(),
                                first.situation().plan().file()),
                        note,
                        settings.terms(),
                        settings.maxWait(),
                        run.control());
                leases.add(lease);
                if (lease.hasWaited() || (side == Side.DESTINATION && isOld(now))) {
                    now = run.assessments().get();
                }
            }
        }
        return now;
    }

    /** Whether another run has written a new record since the assessment: this run would overwrite it. */
    private boolean isOld(Assessment now) throws InterruptedException {
        return !RecordFormat.read(
                        now.changes().plan(), run.clusters().destination().notes())
                .equals(run.assessments().recorded());
    }

    List<Lease> all() {
        return List.copyOf(leases);
    }

    /** Whether the record at the destination may still be written. */
    boolean isDestinationOurs() throws InterruptedException {
        return leases.get(0).isOurs();
    }

    /** Whether the copy at the source may be written: not every run needs the source. */
    boolean isSourceOurs() throws InterruptedException {
        return leases.size() > 1 && leases.get(1).isOurs();
    }

    @Override
    public void close() {
        leases.forEach(Lease::close);
    }
}
