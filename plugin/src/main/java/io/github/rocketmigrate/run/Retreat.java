package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.apply.ApplyLoop.LoopResult;
import io.github.rocketmigrate.apply.SourceOpener;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.SourceOpening;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.LeaseNotes;
import io.github.rocketmigrate.write.RecordCopy;
import io.github.rocketmigrate.write.RecordKeeper;
import io.github.rocketmigrate.write.WriteGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The way back while the destination is down, which is when it is needed most. It reads, leases and writes the source
 * only. A later run, with the destination back, finishes the steps.
 */
final class Retreat {
    private final Apply.Run run;
    private final Survey survey;
    private final Apply.Settings settings;
    private final Fault cause;

    private Retreat(Apply.Run run, Survey survey, Apply.Settings settings, Fault cause) {
        this.run = requireNonNull(run, "run is null");
        this.survey = requireNonNull(survey, "survey is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.cause = requireNonNull(cause, "cause is null");
    }

    /**
     * What the source alone shows, and the way back from there.
     *
     * @param first what the plan wants back
     */
    record Opening(Retreat retreat, Assessment first) {}

    /** The way back after a reading has failed. Throws {@code cause} if nothing can be done without the destination. */
    static Opening after(Apply.Run run, Survey survey, Apply.Settings settings, Fault cause) {
        return new Retreat(run, survey, settings, cause).opening().orElseThrow(() -> cause);
    }

    /** The way back if no name server lists one of the destination's masters, which holds all usual steps. */
    static Optional<Opening> from(Apply.Run run, Survey survey, Apply.Settings settings, Situation situation) {
        SortedSet<String> gone = new TreeSet<>(situation.absent(Side.DESTINATION));
        gone.removeIf(master -> situation.destination().nameServers().stream()
                .anyMatch(nameServer -> nameServer.brokers().containsKey(master)));
        if (gone.isEmpty() || !situation.absent(Side.SOURCE).isEmpty()) {
            return Optional.empty();
        }
        Fault cause = new Fault(
                "The destination's name servers do not list " + Names.of(gone, Counts.MOST_NAMED)
                        + ", which earlier runs found.",
                "Start what is down.");
        return new Retreat(run, survey, settings, cause)
                .opening()
                .filter(opening -> !opening.first().executable().isEmpty());
    }

    /** Empty if the plan wants nothing back, or if the source cannot be read either. */
    private Optional<Opening> opening() {
        boolean mayGoBack = run.clusters().writers().containsKey(Side.SOURCE)
                && run.request().saved().isEmpty();
        try {
            return mayGoBack
                    ? Optional.of(survey.ofSourceAlone())
                            .filter(situation -> plan(situation).isAnythingGoingBack())
                            .map(situation -> new Opening(this, assessment(situation)))
                    : Optional.empty();
        } catch (Fault alsoTheSource) {
            cause.addSuppressed(alsoTheSource);
            return Optional.empty();
        }
    }

    private SourceOpening plan(Situation situation) {
        return new SourceOpening(situation, settings.policy().mayReorder());
    }

    private Assessment assessment(Situation situation) {
        return Assessment.of(situation, plan(situation).plan(), List.of());
    }

    /** Opens the source under its lease. */
    LoopResult open(Assessment first, LeaseNote note, Journal journal) throws InterruptedException {
        ClusterWriter source = run.clusters().writers().get(Side.SOURCE);
        try (Lease lease = Lease.take(
                new LeaseNotes(
                        source,
                        first.situation().source().cluster(),
                        first.situation().plan().file()),
                note,
                settings.terms(),
                settings.maxWait(),
                run.control())) {
            Assessment now = lease.hasWaited() ? assessment(survey.ofSourceAlone()) : first;
            keepHolds(now.situation());
            WriteGuard guard =
                    new WriteGuard(List.of(lease), journal, run.control().stopping());
            AppliedChanges made = new SourceOpener(source, guard, run.control(), now.situation())
                    .open(moves(now), survey.openedAtSource());
            return LoopResult.of(assessment(survey.ofSourceAlone()), stopped(made));
        }
    }

    /** Writes the holds of a rollback, which needs no more than the source. The next run copies them to the destination. */
    private void keepHolds(Situation situation) throws InterruptedException {
        if (!situation.recorded().holds().equals(survey.heldAtSource())) {
            new RecordKeeper(
                            new RecordCopy(run.clusters().writers().get(Side.SOURCE)),
                            situation.plan().name().value(),
                            situation.isJoining())
                    .keepHolds(situation.recorded().holds())
                    .ifPresent(why -> {
                        throw new Fault(
                                "The topics could not be put on hold at the source's name servers, so none was moved.",
                                "Check the name servers of the source, and run again.");
                    });
        }
    }

    /** What the run would open. */
    LoopResult wouldOpen(Assessment first, AppliedChanges nothing) {
        return LoopResult.of(first, stopped(nothing));
    }

    /** A run that needs the destination has not done all that was planned. */
    private AppliedChanges stopped(AppliedChanges made) {
        return made.and(new AppliedChanges(
                List.of(),
                Optional.of(new Stop(
                        "Only the source was opened. " + cause.getMessage().replaceFirst("\\.$", ""),
                        endpoints()
                                + "When the destination is back, run again: then the topics close there, and their"
                                + " consumers read what is left."))));
    }

    /** Joined clients know the destination's name servers only, and some of these may be down as well. */
    private String endpoints() {
        MigrationPlan plan = run.request().plan();
        boolean isJoin = plan.traffic()
                .filter(traffic -> traffic.routing().value() == Routing.JOIN)
                .isPresent();
        return isJoin
                ? "If none of the destination's name servers runs, restart the applications with the source's: "
                        + plan.source().nameServers().stream()
                                .map(Located::value)
                                .distinct()
                                .collect(joining(", "))
                        + ". "
                : "";
    }

    private static List<MoveTopic> moves(Assessment assessment) {
        List<MoveTopic> moves = new ArrayList<>();
        for (Change change : assessment.executable()) {
            moves.add((MoveTopic) change);
        }
        return moves;
    }
}
