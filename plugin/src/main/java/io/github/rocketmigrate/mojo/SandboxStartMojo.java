package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.SandboxReport;
import io.github.rocketmigrate.report.SandboxText;
import io.github.rocketmigrate.run.SandboxStart;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.SandboxProgress;
import io.github.rocketmigrate.sandbox.SandboxSettings;
import io.github.rocketmigrate.write.SystemTiming;
import java.nio.file.Files;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.RepositorySystem;

/**
 * Starts two real RocketMQ clusters on this machine, a source and a destination, and returns when both answer.
 *
 * <p>Sets their addresses as the properties {@code migrate.sandbox.source.nameServers},
 * {@code migrate.sandbox.destination.nameServers} and so on for the goals that follow, and writes them to
 * {@code target/migrate/sandbox/endpoints.properties}. Clusters started from the command line run until
 * {@code migrate:sandbox-stop}. Clusters started by an execution in a POM end with Maven, even if the build fails.
 *
 * @since 0.1.0
 */
@Mojo(
        name = "sandbox-start",
        defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
        requiresProject = false,
        threadSafe = true)
public class SandboxStartMojo extends BuildSandboxMojo {
    private final RepositorySystem repositories;

    /**
     * RocketMQ version of the source: any 4.x or 5.x release in a Maven repository.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.sourceVersion", defaultValue = "4.9.7")
    private String sourceVersion;

    /**
     * RocketMQ version of the destination: any 4.x or 5.x release in a Maven repository.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.destinationVersion", defaultValue = "5.5.0")
    private String destinationVersion;

    /**
     * Number of masters in each cluster, 1 to 4.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.brokers", defaultValue = "1")
    private int brokers;

    /**
     * Registers the source brokers with the destination's name server, too, when they start.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.joined", defaultValue = "false")
    private boolean joined;

    /**
     * Turns on ACL in both clusters. User {@code sandbox-admin} may do everything, user {@code sandbox-reader} may only
     * read. The secret of each is its name followed by {@code -secret}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.acl", defaultValue = "false")
    private boolean acl;

    /**
     * Fills the source with the example shop: topics of all types, groups, and messages, some of them unread.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.seed", defaultValue = "false")
    private boolean seed;

    /**
     * Runs the producers and consumers of the example shop. Includes {@code seed}. {@code sandbox-stop} reports what
     * happened to their messages.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.traffic", defaultValue = "false")
    private boolean traffic;

    /**
     * Side whose name servers the shop's producers and consumers use: {@code source}, as before a migration, or
     * {@code destination}, as applications that have been switched. {@code destination} requires {@code joined}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.endpoint", defaultValue = "source")
    private String endpoint;

    /**
     * Interval at which the shop's producers and consumers ask for routes. Its consumers send heartbeats and rebalance
     * at least this often. The default is that of RocketMQ's clients; a shorter interval shortens waits for clients.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.routePoll", defaultValue = "30s")
    private String clientRoutePoll;

    /**
     * Heap size of each broker, for example {@code 384m} or {@code 1g}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.brokerHeap", defaultValue = "384m")
    private String brokerHeap;

    /**
     * Time in which each server, and the example shop, must be ready. Increase it on a slow or busy machine.
     *
     * @since 0.1.0
     */
    @Parameter(property = SandboxSettings.START_TIMEOUT, defaultValue = "2m")
    private String startTimeout;

    @Inject
    public SandboxStartMojo(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    @Override
    void run() {
        Lifetime lifetime = lifetime();
        if (lifetime == Lifetime.OF_THIS_PROCESS) {
            start(lifetime, Optional.empty());
            return;
        }
        start(lifetime, Optional.of("mvn migrate:sandbox-stop"));
        String plan = build().planFile();
        text().planNext(plan, Files.exists(build().resolve(plan)));
    }

    /** Starts the clusters, and prints how the user stops them, if the user has to. */
    final void start(Lifetime lifetime, Optional<String> stop) {
        BuildFolder build = build();
        SandboxText text = text();
        SandboxProgress progress = LiveProgress.isLive(session())
                ? new LiveSandboxProgress(text, live -> {
                    System.out.print(live);
                    System.out.flush();
                })
                : text;
        SandboxStart goal = new SandboxStart(
                sandbox(),
                build.named(build.sandbox()),
                new MavenServerJars(repositories, session(), progress),
                new SystemTiming());
        SandboxReport report = goal.run(settings(), lifetime, progress);
        build.publish(report.endpoints().asProperties());
        text.running(report, stop);
    }

    private SandboxSettings settings() {
        return new SandboxSettings(
                SandboxSettings.version("migrate.sandbox.sourceVersion", sourceVersion),
                SandboxSettings.version("migrate.sandbox.destinationVersion", destinationVersion),
                brokers,
                joined,
                acl,
                seed,
                traffic,
                SandboxSettings.side("migrate.sandbox.endpoint", endpoint),
                ParameterValues.duration("migrate.sandbox.routePoll", clientRoutePoll),
                brokerHeap,
                ParameterValues.duration(SandboxSettings.START_TIMEOUT, startTimeout));
    }
}
