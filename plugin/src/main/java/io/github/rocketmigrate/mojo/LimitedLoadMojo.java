package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.run.ClusterAccess;
import java.util.OptionalInt;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals have in common that read much of a cluster once, and can take their time. */
abstract class LimitedLoadMojo extends ServersMojo {
    private static final int MOST = 10_000;

    /**
     * The most requests in a second that the goal sends to a cluster, from 1 to 10000. Default: as fast as the cluster answers.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.maxRequestsPerSecond")
    private Integer maxRequestsPerSecond;

    final ClusterAccess access() {
        if (maxRequestsPerSecond == null) {
            return new ClusterAccess(accounts(), OptionalInt.empty());
        }
        if (maxRequestsPerSecond < 1 || maxRequestsPerSecond > MOST) {
            throw new Fault(
                    "migrate.maxRequestsPerSecond=" + maxRequestsPerSecond + " is not between 1 and " + MOST + ".",
                    "Set it to what the cluster can answer beside its traffic, for example 500.");
        }
        return new ClusterAccess(accounts(), OptionalInt.of(maxRequestsPerSecond));
    }
}
