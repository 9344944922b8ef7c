package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.report.StatusText;
import io.github.rocketmigrate.run.Status;
import io.github.rocketmigrate.write.SystemTiming;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Shows the stage of every topic and group, how many messages are unread, and which clients are connected.
 *
 * <p>Writes to no cluster. Writes {@code target/migrate/result.json} for pipelines and monitoring. Needs the same
 * {@code routePoll} and {@code maxFence} as {@code apply}.
 *
 * @since 0.1.0
 */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public class StatusMojo extends ClusterMojo {
    @Override
    String goal() {
        return StatusReport.GOAL;
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        FailOn failOn = failOn();
        Status goal = new Status(accounts(), new SystemTiming(), connected.outputs(), fencePolicy(false));
        StatusText text = new StatusText(terminal());
        StatusReport report = goal.run(file, connected.plan(), selection(), text::print);
        build().publish(report.outcome(), report.counts());
        failOn.check(report.outcomes(), report.verdict());
    }
}
