package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.apply.Application;
import io.github.rocketmigrate.apply.Applied;
import io.github.rocketmigrate.apply.Applier;
import io.github.rocketmigrate.apply.ApplyProgress;
import io.github.rocketmigrate.apply.Ending;
import io.github.rocketmigrate.apply.Journal;
import io.github.rocketmigrate.apply.Lease;
import io.github.rocketmigrate.apply.LeaseNote;
import io.github.rocketmigrate.apply.Origin;
import io.github.rocketmigrate.apply.Patience;
import io.github.rocketmigrate.apply.RecordKeeper;
import io.github.rocketmigrate.apply.Stopping;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSetFile;
import io.github.rocketmigrate.change.ChangeSetReader;
import io.github.rocketmigrate.change.SavedChangeSet;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.Recorded;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The goal {@code apply}: makes of what is what is wanted, as far as nothing stands in the way, and proves it. */
public final class Apply {
    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Accounts accounts;
    private final Clock clock;
    private final Outputs outputs;
    private final Origin origin;
    private final Settings settings;

    /**
     * How it is to be done.
     *
     * @param isDryRun whether only to look
     * @param patienceWithOthers how long to wait for another run that is alive
     * @param forgotten masters that have been taken out of their cluster
     */
    public record Settings(
            boolean isDryRun,
            Duration patienceWithOthers,
            Set<String> forgotten,
            Lease.Terms terms,
            Patience patienceWithServers) {
        public Settings {
            requireNonNull(patienceWithOthers, "patienceWithOthers is null");
            forgotten = Set.copyOf(forgotten);
            requireNonNull(terms, "terms is null");
            requireNonNull(patienceWithServers, "patienceWithServers is null");
        }
    }

    /** A change set in a file, and how the user calls it. */
    public record Saved(Path file, String name) {
        public Saved {
            requireNonNull(file, "file is null");
            requireNonNull(name, "name is null");
        }
    }

    public Apply(Accounts accounts, Clock clock, Outputs outputs, Origin origin, Settings settings) {
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
        this.origin = requireNonNull(origin, "origin is null");
        this.settings = requireNonNull(settings, "settings is null");
    }

    /**
     * Applies.
     *
     * @param file how the user calls the plan's file
     * @param saved the change set to apply; without one, all that is to be done
     * @param shown gets what is to be done before it is begun
     */
    public ApplyReport run(
            String file,
            MigrationPlan plan,
            Selection selection,
            Optional<Saved> saved,
            Consumer<PlanReport> shown,
            Stopping stopping,
            ApplyProgress progress) {
        Optional<SavedChangeSet> reviewed = saved.map(it -> ChangeSetReader.read(it.file(), it.name()));
        try (Clusters clusters = Clusters.openForWriting(plan, accounts)) {
            Planning planning =
                    Planning.of(clusters, plan, selection, clock.instant()).without(settings.forgotten());
            PlanReport todo = planning.report(file, selection, outputs);
            shown.accept(todo);
            List<Stale> stale = reviewed.map(it -> Stale.in(it, planning.situation(), planning.changes()))
                    .orElse(List.of());
            List<Change> wanted = reviewed.map(
                            it -> Stale.only(it, planning.changes().changes()))
                    .orElse(planning.changes().changes());
            List<Change> free = stale.isEmpty()
                    ? wanted.stream().filter(todo.gate()::isOpenFor).toList()
                    : List.of();
            return settings.isDryRun() || !stale.isEmpty()
                    ? written(new ApplyReport(todo, free, untouched(free), stale, settings.isDryRun(), List.of()))
                    : apply(clusters.destination(), planning, todo, free, text(saved, planning), stopping, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Applying was interrupted.", "Run again: it looks at what is there and goes on.", e);
        }
    }

    /** What was reviewed, byte for byte; or what was planned just now. */
    private static String text(Optional<Saved> saved, Planning planning) {
        return saved.map(it -> ChangeSetReader.text(it.file(), it.name()))
                .orElseGet(() -> ChangeSetFile.text(planning.changes(), planning.situation()));
    }

    private static Application untouched(List<Change> changes) {
        return new Application(
                changes.stream()
                        .map(change -> new Applied(change, Ending.NOT_ATTEMPTED, "this was a dry run", ""))
                        .toList(),
                Optional.empty());
    }

    private ApplyReport written(ApplyReport report) {
        outputs.write(report, Optional.empty(), "");
        return report;
    }

    private ApplyReport apply(
            ClusterWriter writer,
            Planning planning,
            PlanReport todo,
            List<Change> free,
            String changes,
            Stopping stopping,
            ApplyProgress progress)
            throws InterruptedException {
        RecordKeeper keeper = new RecordKeeper(writer, planning.changes().plan());
        boolean kept = keeper.isKept(record(planning, Application.NONE));
        if (free.isEmpty() && (kept || !planning.mayRecord())) {
            return written(new ApplyReport(todo, free, Application.NONE, List.of(), false, List.of()));
        }
        Instant begin = clock.instant();
        LeaseNote mine = LeaseNote.of(origin, begin);
        String run = RUN.format(begin) + "-" + mine.id();
        Path evidence = outputs.evidence(run);
        try (Lease lease = Lease.take(
                        writer,
                        planning.situation().destination().cluster(),
                        mine,
                        settings.terms(),
                        settings.patienceWithOthers(),
                        stopping,
                        progress);
                Journal journal = Journal.open(
                        List.of(outputs.folder().resolve(Journal.NAME), evidence.resolve(Journal.NAME)),
                        run,
                        origin,
                        clock)) {
            Application application = new Applier(
                            writer, lease, journal, stopping, settings.patienceWithServers(), progress)
                    .apply(planning.situation().destination(), free);
            List<String> warnings = new ArrayList<>();
            recorded(keeper, record(planning, application), lease, warnings);
            ApplyReport report = new ApplyReport(todo, free, application, List.of(), false, warnings);
            outputs.write(report, Optional.of(evidence), changes);
            return report;
        }
    }

    private Recorded record(Planning planning, Application application) {
        return Recording.after(planning.situation(), planning.changes().unchanged(), application, settings.forgotten());
    }

    /** A record that cannot be written is no reason to say that the work is not done. */
    private static void recorded(RecordKeeper keeper, Recorded recorded, Lease lease, List<String> warnings)
            throws InterruptedException {
        try {
            if (lease.isOurs()) {
                keeper.keep(recorded).ifPresent(warnings::add);
            }
        } catch (Fault fault) {
            warnings.add("What was done could not be recorded: " + fault.getMessage());
        }
    }
}
