package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.run.Outputs;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * What the goals that read a migration plan have in common: the plan's file, and a result
 * that never outlives the start of the next run.
 */
abstract class PlanFileMojo extends GoalMojo {
    /**
     * The migration plan. A relative path starts at the project's folder or, without a POM, at the current folder.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.file", defaultValue = "migration.yaml")
    String file;

    /** The goal's name in its result. */
    abstract String goal();

    /** Does the work of the goal. A fault, such as a wrong parameter, becomes the result of {@code goal}. */
    abstract void run(ConnectedGoal goal) throws MojoFailureException;

    /** Where the goal writes its result. */
    Outputs outputs() {
        return build().outputs(file);
    }

    /** Only {@link #run()} refuses them, because there the fault becomes the goal's result. */
    @Override
    final void checkProperties(String plan) {}

    @Override
    final void run() throws MojoFailureException, MojoExecutionException {
        new ConnectedGoal(goal(), file, outputs(), build(), getLog()).run(goal -> {
            super.checkProperties(file);
            run(goal);
        });
    }
}
