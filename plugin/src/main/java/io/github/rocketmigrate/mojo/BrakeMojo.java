package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.BrakeText;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.Result;
import io.github.rocketmigrate.run.Brake;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.SystemTiming;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Stops the migration: after two seconds at the latest, no run begins a new step until {@code migrate:resume}. Runs
 * still finish steps that have begun, open closed fences and move topics back.
 *
 * <p>Needs no lease, so it works while another run is active. Of the plan, it needs only {@code name}, {@code source}
 * and {@code destination}. It writes a note to the name servers of both clusters, or of the one that it reaches.
 *
 * @since 0.1.0
 */
@Mojo(name = "brake", requiresProject = false, threadSafe = true)
public class BrakeMojo extends ServersMojo {
    /**
     * Reason, in a few words. Required. Every run prints it while the brake is on.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.reason")
    private String reason;

    /**
     * Batches to hold, separated by commas. Default: the whole plan, with new topics, settings and the join.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.batch")
    private String batch;

    @Override
    String goal() {
        return Brake.GOAL;
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        List<String> batches = Selection.of(batch, null, null).batches();
        MigrationPlan plan = connected.clustersOfPlan();
        Brake.BrakeReport report = new Brake(accounts(), new SystemTiming(), Origin.ofThisMachine())
                .pull(plan, batches, ParameterValues.given(reason));
        connected.outputs().write(Result.of(Brake.GOAL, file, Outcome.APPLIED));
        build().publish(Outcome.APPLIED, Map.of());
        new BrakeText(terminal())
                .pulled(
                        report.after(),
                        report.written(),
                        report.missing(),
                        report.inFence(),
                        new Invocation(file, Selection.ALL));
    }
}
