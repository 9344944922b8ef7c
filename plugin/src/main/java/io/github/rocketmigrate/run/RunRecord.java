package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.apply.ApplyLoop.LoopResult;
import io.github.rocketmigrate.apply.Arrival;
import io.github.rocketmigrate.apply.RecordUpdate;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.RecordCopy;
import io.github.rocketmigrate.write.RecordKeeper;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Records with the destination's name servers which masters a run found, and how it left each object. */
final class RunRecord {
    private final Apply.Run run;
    private final Set<String> forgotten;
    private final ForgottenPlan forgottenPlan;
    /** The record that the run found, and what it wrote in its place before anything else. */
    private Optional<Begun> begun = Optional.empty();

    private record Begun(MigrationRecord found, MigrationRecord written) {}

    RunRecord(Apply.Run run, Set<String> forgotten, ForgottenPlan forgottenPlan) {
        this.forgottenPlan = requireNonNull(forgottenPlan, "forgottenPlan is null");
        this.run = requireNonNull(run, "run is null");
        this.forgotten = Set.copyOf(forgotten);
    }

    /** Whether a run without changes still has to write its record; not while a broker is missing. */
    boolean isDue(Assessment first) throws InterruptedException {
        return forgottenPlan.isAnotherRecorded()
                || run.assessments().changesHolds(first)
                || (first.mayRecord()
                        && !keeper(first).isKept(record(first, AppliedChanges.NONE, AppliedChanges.NONE, Map.of())));
    }

    /** What the user wants to be removed. */
    List<String> forgotten() {
        return forgottenPlan.words();
    }

    /** Records the masters and the objects to create or remove before the run writes anything else. Returns warnings. */
    List<String> begin(Assessment now) throws InterruptedException {
        List<String> warnings = new ArrayList<>(forgottenPlan.removeAnother());
        warnings.addAll(beginRecord(now));
        return warnings;
    }

    private List<String> beginRecord(Assessment now) throws InterruptedException {
        boolean changesHolds = run.assessments().changesHolds(now);
        if (!now.mayRecord()) {
            return changesHolds ? keepHolds(now) : List.of();
        }
        MigrationRecord before = RecordUpdate.before(now.situation(), announced(now), forgotten);
        if (before.equals(run.assessments().recorded()) && !changesHolds) {
            return List.of();
        }
        begun = Optional.of(new Begun(now.situation().recorded(), before));
        List<String> warnings =
                new ArrayList<>(keeper(now).keep(before).stream().toList());
        if (now.changesTraffic() || changesHolds) {
            warnings.addAll(copy(now, before));
        }
        return warnings;
    }

    /** A hold does not wait for a master that is absent, nor for a record that was lost. */
    private List<String> keepHolds(Assessment now) throws InterruptedException {
        SortedMap<String, Hold> holds = RecordUpdate.holds(now.situation());
        List<String> warnings =
                new ArrayList<>(keeper(now).keepHolds(holds).stream().toList());
        Notes source = run.clusters().writers().get(Side.SOURCE);
        keeper(now, new RecordCopy(source)).keepHolds(holds).ifPresent(warnings::add);
        return warnings;
    }

    /** Copies the record to the source, which has to be able to take its topics back without the destination. */
    private List<String> copy(Assessment now, MigrationRecord record) throws InterruptedException {
        Notes source = run.clusters().writers().get(Side.SOURCE);
        boolean isCopied = keeper(now, new RecordCopy(source)).keep(record).isEmpty();
        if (isCopied) {
            run.assessments().recordCopied();
        }
        return isCopied
                ? List.of()
                : List.of("The record could not be copied to the source's name servers. Without the copy, topics cannot"
                        + " go back while the destination is down.");
    }

    /** The changes that the run makes, and the steps that it may make later. */
    private static Set<Change> announced(Assessment now) {
        Set<Change> announced = new LinkedHashSet<>(now.executable());
        now.changes().changes().stream()
                .filter(Change.MoveTopic.class::isInstance)
                .forEach(announced::add);
        return announced;
    }

    /** Records the result. Returns a warning if that fails, because the changes are made all the same. */
    List<String> end(LoopResult result, RunLeases leases) throws InterruptedException {
        Assessment last = result.last();
        if (!last.mayRecord()) {
            return List.of();
        }
        try {
            if (!leases.isDestinationOurs()) {
                return List.of("The result was not recorded, because another run may be writing by now."
                        + " The next run records it.");
            }
            MigrationRecord after = record(last, result.all(), result.since(), arrivals(result));
            List<String> warnings =
                    new ArrayList<>(keeper(last).keep(after).stream().toList());
            if (leases.isSourceOurs()) {
                warnings.addAll(copy(last, after));
            }
            return warnings;
        } catch (Fault fault) {
            return List.of("The result could not be recorded: " + fault.getMessage());
        }
    }

    private MigrationRecord record(
            Assessment assessment, AppliedChanges all, AppliedChanges since, Map<String, Arrival> arrivals) {
        Situation situation = assessment.situation();
        // A run with one assessment has not read what it wrote when it began.
        Situation now = begun.filter(it -> it.found().equals(situation.recorded()))
                .map(it -> situation.withRecorded(it.written()))
                .orElse(situation);
        return RecordUpdate.after(now, assessment.unchanged(), all, since, forgotten, arrivals);
    }

    /** How each topic made its last step, which may be long before the end of the run. */
    private Map<String, Arrival> arrivals(LoopResult result) {
        Timing timing = run.control().timing();
        Instant now = timing.clock().instant();
        Map<String, Arrival> arrivals = new HashMap<>();
        for (AppliedChange one : result.all().changes()) {
            if (one.change() instanceof Change.MoveTopic && one.endedAt().isPresent()) {
                Duration ago = timing.elapsed().minus(one.endedAt().get());
                String topic = one.change().subject().name();
                arrivals.put(topic, new Arrival(now.minus(ago), result.sourceEnd(topic)));
            }
        }
        return arrivals;
    }

    private RecordKeeper keeper(Assessment assessment) {
        return keeper(assessment, run.clusters().destination());
    }

    private static RecordKeeper keeper(Assessment assessment, Notes notes) {
        Situation situation = assessment.situation();
        boolean needsJoin = situation.isJoining()
                && situation.plan().traffic().filter(TrafficPlan::complete).isEmpty();
        return new RecordKeeper(notes, assessment.changes().plan(), needsJoin);
    }
}
