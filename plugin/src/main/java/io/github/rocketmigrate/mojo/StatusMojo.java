package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.LiveBoard;
import io.github.rocketmigrate.report.OneSideReport;
import io.github.rocketmigrate.report.OneSideText;
import io.github.rocketmigrate.report.StatusChanges;
import io.github.rocketmigrate.report.StatusLook;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.report.StatusText;
import io.github.rocketmigrate.run.Status;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.SystemTiming;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows the stage of every topic and group, how many messages are unread, and which clients are connected.
 *
 * <p>Writes to no cluster. Writes {@code target/migrate/result.json} for pipelines and monitoring. Needs the same
 * {@code routePoll} and {@code maxFence} as {@code apply}. If one cluster cannot be read, shows the data of the other,
 * and fails.
 *
 * @since 0.1.0
 */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public class StatusMojo extends ClusterMojo {
    /**
     * Repeats the board every 10 seconds until Ctrl-C, and reads the plan again each time. A terminal shows the board in
     * place; a log shows it once, and then one line for each change. No outcome fails the build in this mode.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.watch", defaultValue = "false")
    private boolean watch;

    @Override
    String goal() {
        return StatusReport.GOAL;
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        FailOn failOn = failOn();
        FencePolicy policy = fencePolicy(false);
        Status goal = new Status(accounts(), new SystemTiming(), connected.outputs(), policy);
        if (watch) {
            connected.isWatched();
        }
        MigrationPlan plan = plan(connected, policy);
        if (watch) {
            watch(goal, plan, connected);
            return;
        }
        connected.reading("both clusters");
        StatusReport report = goal.run(file, plan, selection(), shown(connected));
        build().publish(report.outcome(), report.counts());
        failOn.check(report.outcomes(), report.verdict());
    }

    private Status.Shown shown(ConnectedGoal connected) {
        return new Status.Shown() {
            @Override
            public void board(StatusReport report) {
                new StatusText(terminal(), details()).print(report);
            }

            @Override
            public void oneSide(OneSideReport report) {
                connected.belowFault(() -> new OneSideText(terminal(), details()).print(report));
            }
        };
    }

    private void watch(Status goal, MigrationPlan plan, ConnectedGoal connected) {
        MavenTerminal terminal = terminal();
        Consumer<StatusLook> shown = LiveProgress.isLive(session()) && getLog().isInfoEnabled()
                ? new LiveBoard(
                                TerminalScreen.of(terminal),
                                terminal,
                                ZoneId.systemDefault(),
                                Status.BETWEEN_LOOKS,
                                details())::print
                : new StatusChanges(terminal, details())::print;
        goal.watch(new Invocation(file, selection()), plan, connected::read, shown, new StopSignal());
    }
}
