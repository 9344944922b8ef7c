package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.report.SandboxText;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.ShopTally;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Stops the clusters that {@code migrate:sandbox-start} started for this build, and no others. Removes their data.
 *
 * <p>If the shop's applications run, their producers stop first. Their consumers stop when every message is consumed or
 * no queue holds unread messages. Then the goal reports what happened to the messages, and fails if messages were lost,
 * arrived out of order, or were not read within 3 minutes.
 *
 * <p>An execution in a POM does not stop clusters that you started from the command line.
 *
 * @since 0.1.0
 */
@Mojo(
        name = "sandbox-stop",
        defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST,
        requiresProject = false,
        threadSafe = true)
public class SandboxStopMojo extends BuildSandboxMojo {
    /**
     * File with a text about what to try next. The goal prints it after a tally without losses.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.next")
    private File next;

    @Override
    void run() throws MojoFailureException {
        Sandbox sandbox = sandbox();
        SandboxText text = text();
        Sandbox.Stopped stopped = sandbox.finish(lifetime(), text);
        text.stopped(stopped, build().named(sandbox.folder()));
        Optional<ShopTally> bad = stopped.tally().filter(tally -> !tally.isGood());
        if (bad.isPresent()) {
            throw new MojoFailureException(SandboxText.problem(bad.get()) + " See the tally above.");
        }
        if (next != null && stopped.tally().isPresent()) {
            text.next(read(next.toPath()));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Fault(
                    "The file " + file + " cannot be read.",
                    "Set migrate.sandbox.next to a text file in UTF-8, or leave it out.",
                    e);
        }
    }
}
