package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.Layout;
import io.github.rocketmigrate.report.Result;
import io.github.rocketmigrate.run.Unlock;
import io.github.rocketmigrate.write.SystemTiming;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Releases the lease of a run that was killed, so that the next run does not wait until the lease expires. Without a
 * lease id, shows which run holds the lease.
 *
 * @since 0.1.0
 */
@Mojo(name = "unlock", requiresProject = false, threadSafe = true)
public class UnlockMojo extends ServersMojo {
    private static final String GOAL = "unlock";

    /**
     * Id of the lease to release. A run that waits for the lease prints it, and so does this goal without an id.
     * Default: release no lease.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.leaseId")
    private String leaseId;

    @Override
    String goal() {
        return GOAL;
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        Optional<String> id = ParameterValues.given(leaseId);
        Outcome outcome = id.isPresent() ? Outcome.APPLIED : Outcome.CLEAN;
        List<Unlock.Paragraph> paragraphs = new Unlock(accounts(), new SystemTiming())
                .run(new Invocation(file, Selection.ALL), connected.plan(), id);
        connected.outputs().write(Result.of(GOAL, file, outcome));
        build().publish(outcome, Map.of());
        Layout layout = new Layout(terminal());
        paragraphs.forEach(paragraph -> {
            layout.text(0, paragraph.what());
            paragraph.command().ifPresent(command -> layout.command(2, command));
        });
    }
}
