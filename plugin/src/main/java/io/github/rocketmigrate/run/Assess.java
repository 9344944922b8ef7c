package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.assess.ClusterObservation;
import io.github.rocketmigrate.assess.Measured;
import io.github.rocketmigrate.assess.Observation;
import io.github.rocketmigrate.assess.RecordedPlans;
import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.assess.Rows;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.file.MetadataFiles;
import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.AssessmentComparison.EarlierAssessment;
import io.github.rocketmigrate.report.AssessmentReport;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Runs the goal {@code assess}: reads both clusters, changes nothing, and says what a migration has to expect. */
public final class Assess {
    private final BiFunction<Side, MigrationPlan, ClusterReader> opener;
    private final Optional<StoredCluster> files;
    private final Set<RowSeverity> failOn;
    private final Optional<EarlierAssessment> earlier;
    private final Timing timing;
    private final Duration observe;
    private final Outputs outputs;
    private final Consumer<String> progress;

    /**
     * Examines clusters that {@code opener} opens.
     *
     * @param files that stand for the source
     * @param failOn the severities that fail the build
     * @param earlier an examination to compare with
     * @param observe how long the load of the source is observed; zero for not at all
     * @param progress is called with a sentence before each reading that may take long
     */
    Assess(
            BiFunction<Side, MigrationPlan, ClusterReader> opener,
            Optional<StoredCluster> files,
            Set<RowSeverity> failOn,
            Optional<EarlierAssessment> earlier,
            Timing timing,
            Duration observe,
            Outputs outputs,
            Consumer<String> progress) {
        this.opener = requireNonNull(opener, "opener is null");
        this.files = requireNonNull(files, "files is null");
        this.failOn = Set.copyOf(failOn);
        this.earlier = requireNonNull(earlier, "earlier is null");
        this.timing = requireNonNull(timing, "timing is null");
        this.observe = requireNonNull(observe, "observe is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** Examines clusters with the protocol of their servers. */
    public static Assess of(
            ClusterAccess access,
            Optional<StoredCluster> files,
            Set<RowSeverity> failOn,
            Optional<EarlierAssessment> earlier,
            Timing timing,
            Duration observe,
            Outputs outputs,
            Consumer<String> progress) {
        return new Assess(access::open, files, failOn, earlier, timing, observe, outputs, progress);
    }

    /**
     * Examines both clusters.
     *
     * @param invocation of the goal, to repeat it in commands
     * @param shown gets the report before it is written, because writing may fail
     */
    public AssessmentReport run(Invocation invocation, MigrationPlan plan, Consumer<AssessmentReport> shown) {
        Observation seen = read(plan);
        requireSomeCluster(seen);
        AssessmentReport report = AssessmentReport.of(
                invocation, outputs.named(AssessmentReport.FILE), seen, Rows.of(seen), failOn, earlier);
        shown.accept(report);
        outputs.write(report);
        return report;
    }

    /** An examination of nothing must not pass, whatever fails the build. */
    private static void requireSomeCluster(Observation seen) {
        List<String> reasons = new ArrayList<>();
        for (Side side : Side.values()) {
            if (seen.at(side).metadata() instanceof Measured.Unread<Metadata> unread) {
                reasons.add(side.word() + ": " + unread.why());
            }
        }
        if (reasons.size() == Side.values().length) {
            throw new Fault(
                    "No cluster could be read: " + String.join("; ", reasons),
                    "Correct source and destination in the plan, or start what is down.");
        }
    }

    private Observation read(MigrationPlan plan) {
        AssessSurvey survey = new AssessSurvey(plan, timing, observe, progress);
        ClusterObservation source = source(survey, plan);
        if (plan.profile().managed()) {
            return survey.of(
                    source,
                    ClusterObservation.absent(
                            "a managed destination (" + plan.profile().title() + ") does not offer the admin protocol"),
                    Measured.of(RecordedPlans.NONE));
        }
        try (ClusterReader reader = opener.apply(Side.DESTINATION, plan)) {
            ClusterObservation destination =
                    survey.destination(reader, source.metadata().known());
            return survey.of(source, destination, survey.recorded(reader));
        }
    }

    private ClusterObservation source(AssessSurvey survey, MigrationPlan plan) {
        if (files.isPresent()) {
            MetadataFiles stored = StoredSource.of(files.get(), plan);
            return AssessSurvey.ofFiles(stored.metadata(stored.nameServers(), Set.of()), stored.names());
        }
        try (ClusterReader reader = opener.apply(Side.SOURCE, plan)) {
            return survey.source(reader);
        }
    }
}
