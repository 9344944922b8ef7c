package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.plan.MigrationPlan;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** The parameters of every goal that judges whether topics may move, and fails the build if they may not. */
abstract class ClusterMojo extends PlanPartMojo {
    /**
     * Time within which every client asks its name servers for routes. Clients ask every 30 s unless configured
     * otherwise. A topic is quiet after this time without messages, and 300 s later if a cluster has proxies. The goal
     * refuses less than 30 s outside the sandbox, see {@code unsafeRoutePoll}.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.routePoll", defaultValue = "35s")
    private String routePoll;

    /**
     * Allows a {@code routePoll} below 30 s for clusters outside the sandbox. Unsafe: messages of a producer that polls
     * later stay in a closed topic, where nobody reads them, and messages of a FIFO topic can overtake each other.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.unsafeRoutePoll", defaultValue = "false")
    private boolean unsafeRoutePoll;

    /**
     * Longest time in which the consumers of a FIFO topic get no new messages, because they consume the old ones first.
     * It begins when all producers use the new route. At least {@code routePoll}.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.maxFence", defaultValue = "60s")
    private String maxFence;

    /**
     * Outcomes that fail the build: {@code blocked}, {@code drift} and {@code pending}, separated by commas, or
     * {@code none}. Errors always fail it. Default: {@code blocked}, and {@code none} for {@code status}.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.failOn")
    private String failOn;

    /**
     * Prints every topic, group, client and reason, and in {@code plan} the findings of the checks that pass. Default:
     * long lists are shortened.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.details", defaultValue = "false")
    private boolean details;

    final boolean details() {
        return details;
    }

    final FencePolicy fencePolicy(boolean mayReorder) {
        return ParameterValues.fencePolicy(routePoll, maxFence, mayReorder);
    }

    final MigrationPlan plan(ConnectedGoal connected, FencePolicy policy) throws MojoFailureException {
        return connected.plan(policy.routePoll(), unsafeRoutePoll, accounts());
    }

    /** The outcomes that the user chose, or the usual ones of the goal. */
    final FailOn failOn(Outcome... usual) {
        return ParameterValues.given(failOn)
                .map(FailOn::of)
                .orElseGet(() -> FailOn.of(null).and(usual));
    }
}
