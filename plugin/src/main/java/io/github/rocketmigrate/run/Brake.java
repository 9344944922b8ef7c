package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.Brakes;
import io.github.rocketmigrate.record.Brakes.PulledBrake;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.RecordCopy;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.Timing;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Runs the goal {@code brake}: writes a note that every run obeys, at both clusters or at the one that can be reached. It
 * needs no lease, because it has to work while a run is at work.
 */
public final class Brake {
    public static final String GOAL = "brake";

    private final Timing timing;
    private final Origin by;
    private final ClusterOpener opener;

    public Brake(Accounts accounts, Timing timing, Origin by) {
        this(timing, by, plan -> Connections.openForWriting(plan, accounts, Timeouts.USUAL.answer(), timing));
    }

    /** Writes to clusters that are opened in another way, such as those in the memory of a test. */
    Brake(Timing timing, Origin by, ClusterOpener opener) {
        this.timing = requireNonNull(timing, "timing is null");
        this.by = requireNonNull(by, "by is null");
        this.opener = requireNonNull(opener, "opener is null");
    }

    /**
     * The brakes of a plan before and after the goal.
     *
     * @param written how many name servers have the note now, in words, by side
     * @param missing why others do not have it
     * @param inFence topics that are in a fence, which its run finishes
     */
    public record BrakeReport(
            Brakes before, Brakes after, List<String> written, List<String> missing, SortedSet<String> inFence) {
        /** The report of a goal that leaves all brakes as they are. */
        public static final BrakeReport NONE =
                new BrakeReport(Brakes.NONE, Brakes.NONE, List.of(), List.of(), new TreeSet<>());

        public BrakeReport {
            requireNonNull(before, "before is null");
            requireNonNull(after, "after is null");
            written = List.copyOf(written);
            missing = List.copyOf(missing);
            inFence = new TreeSet<>(inFence);
        }

        /** The brakes that the goal has released: what they held, and who had put them on. */
        public List<String> released() {
            List<String> released = new ArrayList<>(before.words());
            released.removeAll(after.words());
            return released;
        }
    }

    /** Puts the brake on some batches, or on the whole plan if there are none. */
    public BrakeReport pull(MigrationPlan plan, List<String> batches, Optional<String> reason) {
        String why = reason.orElseThrow(() -> new Fault(
                        "migrate.reason is missing. Every run reports it while the brake is on.",
                        "Replace WHY by a few words, such as Checkout errors since 03:10: "
                                + new Invocation(plan.file(), Selection.of(String.join(",", batches), null, null))
                                        .brake())
                .withHelp(HelpPages.GOING_BACK + "#brake"));
        PulledBrake brake =
                new PulledBrake(timing.clock().instant().truncatedTo(ChronoUnit.SECONDS), by.words(), why, false);
        return change(plan, before -> before.with(batches, brake));
    }

    /** Releases the brakes of some batches, or all of them if there are none. */
    public BrakeReport release(MigrationPlan plan, List<String> batches) {
        return change(plan, before -> before.releasing(batches));
    }

    private BrakeReport change(MigrationPlan plan, UnaryOperator<Brakes> change) {
        try (Connections clusters = opener.open(plan)) {
            String name = plan.name().value();
            Map<Side, Notes> sides = new EnumMap<>(Side.class);
            clusters.writers()
                    .forEach((side, writer) -> sides.put(side, side == Side.SOURCE ? new RecordCopy(writer) : writer));
            List<String> missing = new ArrayList<>();
            Brakes before = Brakes.NONE;
            SortedSet<String> inFence = new TreeSet<>();
            for (Map.Entry<Side, Notes> side : sides.entrySet()) {
                try {
                    Map<String, Map<String, String>> notes = side.getValue().notes();
                    before = before.or(Brakes.of(name, notes));
                    inFence.addAll(RecordFormat.read(name, notes).fenced());
                } catch (Fault unread) {
                    // The brake needs one cluster only.
                    missing.add(unread.getMessage().replaceFirst("\\.$", ""));
                }
            }
            Brakes after = change.apply(before);
            return after.equals(before)
                    ? new BrakeReport(before, after, List.of(), missing, inFence)
                    : new BrakeReport(before, after, write(sides, name, after, missing), missing, inFence);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Writing the brake was interrupted.", "Run again.", e);
        }
    }

    private static List<String> write(Map<Side, Notes> sides, String plan, Brakes brakes, List<String> missing)
            throws InterruptedException {
        List<String> written = new ArrayList<>();
        for (Map.Entry<Side, Notes> side : sides.entrySet()) {
            Notes notes = side.getValue();
            int accepted = 0;
            for (String nameServer : notes.nameServers()) {
                Claim claim = notes.put(nameServer, Brakes.key(plan), brakes.note());
                if (claim instanceof Claim.Accepted) {
                    accepted++;
                } else if (claim instanceof Claim.Rejected rejected) {
                    missing.add(rejected.what());
                } else if (claim instanceof Claim.Unanswered unanswered) {
                    missing.add(unanswered.what());
                }
            }
            if (accepted > 0) {
                int all = notes.nameServers().size();
                written.add((accepted == all ? "" : accepted + " of ")
                        + Counts.of(all, "name server")
                        + " of the " + side.getKey().word());
            }
        }
        if (written.isEmpty()) {
            throw new Fault(
                    "No name server of either cluster took the note, so runs do not know of it: "
                            + String.join("; ", missing) + ".",
                    "Run it from a machine that reaches one of them. To stop a run at work, press Ctrl-C there or cancel"
                            + " its job.");
        }
        return written;
    }
}
