package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.report.SandboxText;
import io.github.rocketmigrate.sandbox.Sandbox;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Ends the clusters that {@code migrate:sandbox-start} started here, exactly those, and removes their data.
 *
 * <p>Where the shop's applications run, their producers stop first, and their consumers go on until all is consumed or
 * nothing comes any more. Then it tells what became of their messages, and fails when some were lost or out of order.
 *
 * <p>Bound to a phase, it leaves clusters alone that were started from the command line.
 *
 * @since 0.1.0
 */
@Mojo(
        name = "sandbox-stop",
        defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST,
        requiresProject = false,
        threadSafe = true)
public class SandboxStopMojo extends AbstractMojo {
    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    /**
     * Does nothing when set.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.skip", defaultValue = "false")
    private boolean skip;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped: migrate.skip is set.");
            return;
        }
        BuildFolder workplace = new BuildFolder(session);
        Sandbox sandbox = Sandbox.in(workplace.sandbox());
        SandboxText text = new SandboxText(new MavenTerminal(getLog()));
        try {
            Sandbox.Stopped stopped = sandbox.finish(BuildFolder.lifetime(execution), text);
            text.stopped(stopped, workplace.named(sandbox.folder()));
            if (stopped.tally().filter(it -> !it.isGood()).isPresent()) {
                throw new MojoFailureException("The shop's messages were lost, or came out of order.");
            }
        } catch (Fault fault) {
            throw Told.of(fault, getLog());
        }
    }
}
