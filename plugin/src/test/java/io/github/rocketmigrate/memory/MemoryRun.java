package io.github.rocketmigrate.memory;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.write.Controls;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.LeaseNotes;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.WriteContext;
import io.github.rocketmigrate.write.WriteGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gives the engine what a goal gives it for one run: the lease of the destination, a journal, and what writes. */
public final class MemoryRun implements AutoCloseable {
    public static final Origin ORIGIN = new Origin("tester", "here", Optional.empty(), Optional.empty());

    private final RunControl control;
    private final Lease lease;
    private final Journal journal;
    private final MasterPool masters;
    private final WriteGuard guard;

    private MemoryRun(RunControl control, Lease lease, Journal journal) {
        this.control = control;
        this.lease = lease;
        this.journal = journal;
        this.masters = new MasterPool(control.timing());
        this.guard = new WriteGuard(List.of(lease), journal, control.stopping());
    }

    public static MemoryRun begin(MemoryNetwork network, Path journal) throws InterruptedException {
        RunControl control = Controls.of(network.timing(), Timeouts.USUAL);
        LeaseNote mine = LeaseNote.of(
                ORIGIN, network.timing().clock().instant(), network.timing().random());
        Lease lease = Lease.take(
                new LeaseNotes(network.writer(Side.DESTINATION), Side.DESTINATION.word()),
                mine,
                Lease.Terms.USUAL,
                Duration.ZERO,
                control);
        return new MemoryRun(
                control,
                lease,
                Journal.open(
                        List.of(journal), mine.id(), ORIGIN, network.timing().clock()));
    }

    public RunControl control() {
        return control;
    }

    public Lease lease() {
        return lease;
    }

    public Journal journal() {
        return journal;
    }

    public MasterPool masters() {
        return masters;
    }

    public WriteGuard guard() {
        return guard;
    }

    public WriteContext writing() {
        return new WriteContext(guard, masters, control);
    }

    @Override
    public void close() {
        masters.close();
        journal.close();
        lease.close();
    }
}
