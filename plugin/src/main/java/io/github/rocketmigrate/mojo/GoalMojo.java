package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** The parameters of every goal. A fault that has no position in a plan becomes a failed build here. */
abstract class GoalMojo extends AbstractMojo {
    static final int LONGER_LEVEL = "[ERROR] ".length() - "[INFO] ".length();

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Parameter(defaultValue = "${plugin.version}", readonly = true, required = true)
    private String version;

    /**
     * Skips the goal.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.skip", defaultValue = "false")
    private boolean skip;

    /** Does the work of the goal. */
    abstract void run() throws MojoFailureException, MojoExecutionException;

    void checkProperties(String plan) {
        new UserProperties(session, execution.getMojoDescriptor()).check(build().resolve(plan));
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped: migrate.skip is set.");
            return;
        }
        new QuietHeading(session, getLog()).print(execution);
        try {
            checkProperties(build().planFile());
            run();
        } catch (Fault fault) {
            // Maven prints the stack trace of a cause; only -X should.
            StackTrace.print(getLog(), fault);
            throw new MojoExecutionException(FaultMessage.of(fault, terminal().width() - LONGER_LEVEL));
        }
    }

    final MavenSession session() {
        return session;
    }

    final MojoExecution execution() {
        return execution;
    }

    final BuildFolder build() {
        return new BuildFolder(session, version);
    }

    final MavenTerminal terminal() {
        return new MavenTerminal(getLog());
    }
}
