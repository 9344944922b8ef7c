package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.SandboxText;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.Sandbox;
import org.apache.maven.plugin.MojoExecution;

/** What the goals that start and stop the sandbox of a build have in common. */
abstract class BuildSandboxMojo extends GoalMojo {
    final Sandbox sandbox() {
        return Sandbox.in(build().sandbox());
    }

    final SandboxText text() {
        return new SandboxText(terminal());
    }

    /** An execution in a POM ends its servers with the build; servers started from the command line stay. */
    final Lifetime lifetime() {
        return execution().getSource() == MojoExecution.Source.CLI ? Lifetime.UNTIL_STOPPED : Lifetime.OF_THIS_PROCESS;
    }
}
