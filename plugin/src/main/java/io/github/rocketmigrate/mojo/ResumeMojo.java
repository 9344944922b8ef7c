package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.BrakeText;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.Result;
import io.github.rocketmigrate.report.ResumeText;
import io.github.rocketmigrate.run.Apply;
import io.github.rocketmigrate.run.Brake;
import io.github.rocketmigrate.run.Brake.BrakeReport;
import io.github.rocketmigrate.run.Resume;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.SystemTiming;
import io.github.rocketmigrate.write.Timeouts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Releases the brake, and topics that {@code migrate:rollback} has put on hold, so that the next {@code apply} moves them
 * again as the plan asks. Moves nothing itself.
 *
 * <p>With {@code migrate.batch}, it releases the brakes of these batches and not that of the whole plan; with {@code
 * migrate.topic}, it releases no brake.
 *
 * @since 0.1.0
 */
@Mojo(name = "resume", requiresProject = false, threadSafe = true)
public class ResumeMojo extends PlanPartMojo {
    /**
     * Longest time to wait for another run that changes the same cluster: {@code 90s}, {@code 15m}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.wait", defaultValue = "0s")
    private String wait;

    @Override
    String goal() {
        return Resume.GOAL;
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        Apply.Settings settings = new Apply.Settings(
                false,
                ParameterValues.duration("migrate.wait", wait),
                Set.of(),
                Lease.Terms.USUAL,
                Timeouts.USUAL,
                FencePolicy.USUAL);
        MigrationPlan plan = connected.plan();
        Selection selection = selection();
        BrakeReport brakes = selection.topics().isEmpty()
                        && selection.excluded().isEmpty()
                ? new Brake(accounts(), new SystemTiming(), Origin.ofThisMachine()).release(plan, selection.batches())
                : BrakeReport.NONE;
        if (!brakes.missing().isEmpty()) {
            throw new Fault(
                    "Not every name server has released the brake: " + String.join("; ", brakes.missing()) + ".",
                    "Run again.");
        }
        new BrakeText(terminal()).released(brakes.released(), brakes.after());
        Resume resume = new Resume();
        ApplyReport report = new Apply(
                        accounts(), new SystemTiming(), connected.outputs(), Origin.ofThisMachine(), settings)
                .resuming(resume)
                .run(
                        new Apply.ApplyRequest(file, plan, selection, Optional.empty()),
                        planned -> {},
                        new StopSignal(),
                        ApplyProgress.SILENT);
        report.warnings().stream().findFirst().ifPresent(why -> {
            throw new Fault("Not every name server has released the topics: " + why, "Run again.");
        });
        Outcome outcome = resume.released().isEmpty() && brakes.released().isEmpty() ? Outcome.CLEAN : Outcome.APPLIED;
        connected.outputs().write(Result.of(Resume.GOAL, file, outcome));
        build().publish(outcome, Map.of());
        new ResumeText(terminal())
                .print(
                        resume.released(),
                        !brakes.released().isEmpty(),
                        !brakes.after().scopes().isEmpty(),
                        new Invocation(file, selection()));
    }
}
