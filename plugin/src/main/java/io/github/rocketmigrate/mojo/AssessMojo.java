package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.AssessmentComparison.EarlierAssessment;
import io.github.rocketmigrate.report.AssessmentReport;
import io.github.rocketmigrate.report.AssessmentText;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.Layout;
import io.github.rocketmigrate.run.Assess;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.write.SystemTiming;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Examines both clusters before anything starts: releases, settings, topics, messages, groups and their members. Each row
 * has fired, has not fired, or could not be measured, with its numbers and what to do.
 *
 * <p>Needs the name, the source and the destination of the plan; the rest may be missing. Writes to no cluster. Writes
 * {@code target/migrate/assessment.json} and {@code assessment.md}. A managed destination is not connected to; its profile
 * is compared with the source.
 *
 * @since 0.1.0
 */
@Mojo(name = "assess", requiresProject = false, threadSafe = true)
public class AssessMojo extends LimitedLoadMojo {
    private static final String NOTHING = "none";
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * Severities that fail the build: {@code blocker}, {@code risk} and {@code note}, separated by commas, or {@code none}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.assess.failOn", defaultValue = "blocker")
    private String assessFailOn;

    /**
     * An {@code assessment.json} of an earlier run to compare with: which rows are new, gone or changed. Each run deletes the
     * one in {@code target/migrate} when it begins, so name a copy. Default: nothing is compared.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.assess.earlier")
    private String earlier;

    /**
     * How long the load of the source is observed, at most {@code 10m}: the goal takes so much longer. With {@code 0s}, the
     * rows about the load are not measured.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.observe", defaultValue = "0s")
    private String observe;

    /**
     * Prints the rows that are fine, too. Default: their number.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.details", defaultValue = "false")
    private boolean details;

    /**
     * Metadata files that stand for the source, separated by commas: of {@code mqadmin exportMetadata}, of
     * {@code migrate:export}, or of a broker's store, or the folders that have them. What only a running cluster shows is
     * not measurable then. Default: the source is read.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.from")
    private String from;

    /**
     * The number of masters whose queues the files add up, if they are of {@code mqadmin exportMetadata -c}. Default: as
     * the files say.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.fromMasters")
    private Integer fromMasters;

    @Override
    String goal() {
        return AssessmentReport.GOAL;
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        Set<RowSeverity> failOn = severities();
        FromParameter files = new FromParameter(from, fromMasters);
        connected.examines();
        if (files.isGiven()) {
            connected.readsNoSource();
        }
        Layout layout = new Layout(terminal());
        AssessmentReport report = Assess.of(
                        access(),
                        files.isGiven() ? Optional.of(files.read(build())) : Optional.empty(),
                        failOn,
                        ParameterValues.given(earlier).map(name -> EarlierAssessment.read(build().resolve(name), name)),
                        new SystemTiming(),
                        observed(),
                        connected.outputs(),
                        reading -> layout.text(0, reading))
                .run(
                        new Invocation(file, Selection.ALL).comparing(files.parameters()),
                        connected.clustersOfPlan(),
                        shown -> new AssessmentText(terminal(), details).print(shown));
        build().publish(report.outcome(), report.counts());
        if (report.fails()) {
            throw new MojoFailureException(Printable.of(report.verdict()));
        }
    }

    private Duration observed() {
        Duration time = ParameterValues.duration("migrate.observe", observe);
        if (time.compareTo(LONGEST) > 0) {
            throw new Fault(
                    "migrate.observe=" + observe + " is longer than " + LONGEST.toMinutes() + "m.",
                    "Observe for a minute or some minutes, at a time with the usual load.");
        }
        return time;
    }

    private Set<RowSeverity> severities() {
        Set<RowSeverity> severities = EnumSet.noneOf(RowSeverity.class);
        for (String word : ParameterValues.names(assessFailOn)) {
            String name = word.toLowerCase(Locale.ROOT);
            if (!name.equals(NOTHING)) {
                severities.add(Arrays.stream(RowSeverity.values())
                        .filter(severity -> severity.word().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Fault(
                                "migrate.assess.failOn=" + assessFailOn + ": the build cannot fail on '" + word + "'.",
                                "Use blocker, risk and note, separated by commas, or none.")));
            }
        }
        return severities;
    }
}
