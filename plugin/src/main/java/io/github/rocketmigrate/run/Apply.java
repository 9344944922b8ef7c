package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.apply.RecordUpdate;
import io.github.rocketmigrate.apply.TopicSteps;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSetFile;
import io.github.rocketmigrate.change.ChangeSetReader;
import io.github.rocketmigrate.change.SavedChangeSet;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.RecordKeeper;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            Timeouts patienceWithServers,
            FencePolicy limits) {
        public Settings {
            requireNonNull(limits, "limits is null");
            requireNonNull(patienceWithOthers, "patienceWithOthers is null");
            forgotten = Set.copyOf(forgotten);
            requireNonNull(terms, "terms is null");
            requireNonNull(patienceWithServers, "patienceWithServers is null");
        }
    }

    /** A change set in a file, and how the user calls it. */
    public record ChangeSetSource(Path file, String name) {
        public ChangeSetSource {
            requireNonNull(file, "file is null");
            requireNonNull(name, "name is null");
        }
    }

    public Apply(Accounts accounts, Clock clock, Outputs outputs, Origin origin, Settings settings) {
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.outputs = outputs.withoutChangeSet();
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
            Optional<ChangeSetSource> saved,
            Consumer<PlanReport> shown,
            StopSignal stopping,
            ApplyProgress progress) {
        Request request =
                new Request(file, plan, selection, saved.map(it -> ChangeSetReader.read(it.file(), it.name())), saved);
        try (Connections clusters = Connections.openForWriting(
                plan, accounts, settings.patienceWithServers().answer())) {
            TrafficSurvey observation = new TrafficSurvey(clusters, settings.limits(), clock);
            Overruling overruling = new Overruling(settings.limits().mayReorder());
            Look look = look(clusters, observation, overruling, request);
            shown.accept(look.todo());
            if (settings.isDryRun() || !look.stale().isEmpty() || !isAnythingToBeWritten(clusters, look)) {
                ApplyReport report = report(
                        look,
                        ApplyLoop.LoopResult.of(look, look.untouched(settings.isDryRun())),
                        Optional.empty(),
                        List.of());
                outputs.write(report, Optional.empty(), "");
                return report;
            }
            return underLease(clusters, observation, overruling, request, look, stopping, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Applying was interrupted.", "Run again: it looks at what is there and goes on.", e);
        }
    }

    /** What is to be applied. */
    private record Request(
            String file,
            MigrationPlan plan,
            Selection selection,
            Optional<SavedChangeSet> reviewed,
            Optional<ChangeSetSource> saved) {
        /** Which part of the plan it is, where it is less than all that is to be done. */
        String words(Planning part) {
            return saved.filter(it -> part.changes().partial())
                    .map(it -> "what " + it.name() + " holds")
                    .orElse(selection.words());
        }
    }

    private Look look(Connections clusters, TrafficSurvey observation, Overruling overruling, Request request) {
        Planning seen = Planning.of(clusters, observation, request.plan(), request.selection(), clock.instant());
        Planning planning = overruling.in(seen.without(settings.forgotten()));
        List<Stale> stale = request.reviewed()
                .map(it -> Stale.in(it, planning.situation(), planning.changes()))
                .orElse(List.of());
        Planning part =
                request.reviewed().map(it -> overruling.in(planning.only(it))).orElse(planning);
        PlanReport todo = part.report(request.file(), request.words(part), outputs);
        List<Change> free =
                part.changes().changes().stream().filter(todo.gate()::isOpenFor).toList();
        return new Look(seen.situation().recorded(), planning, todo, stale, stale.isEmpty() ? free : List.of());
    }

    private ApplyReport report(
            Look first, ApplyLoop.LoopResult course, Optional<String> evidence, List<String> warnings) {
        return new ApplyReport(
                first.todo(),
                course.last().todo(),
                first.free(),
                course.application(),
                course.overdue(),
                first.stale(),
                settings.isDryRun(),
                evidence,
                warnings);
    }

    /** What is as it should be is recorded too, unless a broker cannot be seen. */
    private boolean isAnythingToBeWritten(Connections clusters, Look look) throws InterruptedException {
        return !look.free().isEmpty()
                || (look.stale().isEmpty() && look.isWorthWaiting(settings.patienceWithOthers()))
                || (look.planning().mayRecord()
                        && !keeper(clusters, look).isKept(record(look, AppliedChanges.NONE, AppliedChanges.NONE)));
    }

    private static RecordKeeper keeper(Connections clusters, Look look) {
        Situation situation = look.planning().situation();
        boolean needsJoin = situation.isJoining()
                && situation.plan().traffic().filter(TrafficPlan::complete).isEmpty();
        return new RecordKeeper(
                clusters.destination(), look.planning().changes().plan(), needsJoin);
    }

    private ApplyReport underLease(
            Connections clusters,
            TrafficSurvey observation,
            Overruling overruling,
            Request request,
            Look first,
            StopSignal stopping,
            ApplyProgress progress)
            throws InterruptedException {
        Instant begin = clock.instant();
        LeaseNote mine = LeaseNote.of(origin, begin);
        String run = RUN.format(begin) + "-" + mine.id();
        Path evidence = outputs.evidence(run);
        Map<Side, ClusterWriter> writers = clusters.writers();
        List<Lease> leases = new ArrayList<>();
        try {
            // Always in the same order, so that two runs never wait for each other.
            Look look = first;
            for (Side side : List.of(Side.DESTINATION, Side.SOURCE)) {
                if (side == Side.DESTINATION || look.isAboutTraffic()) {
                    Lease lease = Lease.take(
                            writers.get(side),
                            first.planning().situation().at(side).cluster(),
                            mine,
                            settings.terms(),
                            settings.patienceWithOthers(),
                            stopping,
                            progress);
                    leases.add(lease);
                    // Whoever was at work meanwhile may have changed what was seen.
                    if (lease.hasWaited() || (side == Side.DESTINATION && isOld(clusters, look))) {
                        look = look(clusters, observation, overruling, request);
                    }
                }
            }
            List<String> warnings = new ArrayList<>(begun(clusters, look));
            ApplyLoop.LoopResult course;
            try (Journal journal = Journal.open(
                    List.of(outputs.folder().resolve(Journal.NAME), evidence.resolve(Journal.NAME)),
                    run,
                    origin,
                    clock)) {
                TopicSteps round =
                        new TopicSteps(writers, leases, journal, stopping, settings.patienceWithServers(), progress);
                course = new ApplyLoop(
                                () -> look(clusters, observation, overruling, request),
                                round,
                                new Waits(settings.limits(), settings.patienceWithOthers(), clock),
                                stopping,
                                progress)
                        .go(look);
            }
            warnings.addAll(recorded(clusters, course, leases.get(0)));
            ApplyReport report = report(look, course, Optional.of(outputs.evidenceName(run)), warnings);
            outputs.write(report, Optional.of(evidence), text(request.reviewed(), look.planning()));
            return report;
        } finally {
            leases.forEach(Lease::close);
        }
    }

    /** Whether another run has come and gone since: what it has recorded would be written over. */
    private static boolean isOld(Connections clusters, Look look) throws InterruptedException {
        return !RecordFormat.read(
                        look.planning().changes().plan(), clusters.destination().notes())
                .equals(look.recorded());
    }

    /** What was reviewed, byte for byte; or what was planned just now. */
    private static String text(Optional<SavedChangeSet> reviewed, Planning planning) {
        return reviewed.map(SavedChangeSet::text)
                .orElseGet(() -> ChangeSetFile.text(planning.changes(), planning.situation()));
    }

    private MigrationRecord record(Look look, AppliedChanges all, AppliedChanges since) {
        return RecordUpdate.after(
                look.planning().situation(), look.planning().changes().unchanged(), all, since, settings.forgotten());
    }

    /** Which masters there are is recorded before anything else is written. */
    private List<String> begun(Connections clusters, Look look) throws InterruptedException {
        MigrationRecord before = RecordUpdate.before(look.planning().situation(), settings.forgotten());
        return look.planning().mayRecord() && !before.equals(look.recorded())
                ? keeper(clusters, look).keep(before).stream().toList()
                : List.of();
    }

    /** A record that cannot be written is no reason to say that the work is not done. */
    private List<String> recorded(Connections clusters, ApplyLoop.LoopResult course, Lease lease)
            throws InterruptedException {
        Look look = course.last();
        if (!look.planning().mayRecord()) {
            return List.of();
        }
        try {
            return lease.isOurs()
                    ? keeper(clusters, look).keep(record(look, course.application(), course.since())).stream()
                            .toList()
                    : List.of("What was done is not recorded, because another run may be at work by now; the next run"
                            + " records it.");
        } catch (Fault fault) {
            return List.of("What was done could not be recorded: " + fault.getMessage());
        }
    }
}
