package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.report.SandboxReport;
import io.github.rocketmigrate.report.SandboxText;
import io.github.rocketmigrate.run.SandboxStart;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.SandboxSettings;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.RepositorySystem;

/**
 * Starts two real RocketMQ clusters on this machine, a source and a destination, and returns when both answer.
 *
 * <p>Their addresses become the properties {@code migrate.sandbox.source.nameServers},
 * {@code migrate.sandbox.destination.nameServers} and so on for the goals that follow, and are written to
 * {@code target/migrate/sandbox/endpoints.properties}. Started from the command line, the clusters run until
 * {@code migrate:sandbox-stop}; started by an execution in a POM, they end with Maven, also when the build fails.
 *
 * @since 0.1.0
 */
@Mojo(
        name = "sandbox-start",
        defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
        requiresProject = false,
        threadSafe = true)
public class SandboxStartMojo extends AbstractMojo {
    private final RepositorySystem repositories;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    /**
     * The RocketMQ release of the source: any 4.x or 5.x that is in a Maven repository.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.sourceVersion", defaultValue = "4.9.7")
    private String sourceVersion;

    /**
     * The RocketMQ release of the destination.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.destinationVersion", defaultValue = "5.5.0")
    private String destinationVersion;

    /**
     * How many masters each cluster has, 1 to 4.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.brokers", defaultValue = "1")
    private int brokers;

    /**
     * Whether the source brokers register with the destination's name server too, from their start on.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.joined", defaultValue = "false")
    private boolean joined;

    /**
     * Whether both clusters ask who is calling. Users: {@code sandbox-admin} may do everything,
     * {@code sandbox-reader} may look and change nothing; the secret is the name followed by {@code -secret}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.acl", defaultValue = "false")
    private boolean acl;

    /**
     * Whether the source holds the example shop: topics of all types, groups, messages, backlog.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.seed", defaultValue = "false")
    private boolean seed;

    /**
     * Whether the shop's producers and consumers run; includes {@code seed}. {@code sandbox-stop} tells what became of
     * their messages.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.traffic", defaultValue = "false")
    private boolean traffic;

    /**
     * Whose name servers the shop's producers and consumers know: those of the {@code source}, as before a migration,
     * or only those of the {@code destination}, as applications do that were switched. For these the source must be
     * {@code joined}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.endpoint", defaultValue = "source")
    private String endpoint;

    /**
     * How often the shop's producers and consumers ask for routes, and at least how often consumers tell brokers of
     * themselves and divide their queues: every 30 s unless clients are told otherwise. What waits for clients, waits
     * shorter when they ask more often.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.routePoll", defaultValue = "30s")
    private String clientRoutePoll;

    /**
     * The heap of each broker.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.brokerHeap", defaultValue = "384m")
    private String brokerHeap;

    /**
     * Does nothing when set.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.skip", defaultValue = "false")
    private boolean skip;

    @Inject
    public SandboxStartMojo(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    @Override
    public void execute() throws MojoExecutionException {
        if (skip) {
            getLog().info("Skipped: migrate.skip is set.");
            return;
        }
        try {
            run();
        } catch (Fault fault) {
            throw Told.of(fault, getLog());
        }
    }

    /** Starts the sandbox; it lives as long as the kind of execution says. */
    void run() {
        start(BuildFolder.lifetime(execution), "mvn migrate:sandbox-stop");
    }

    final Sandbox sandbox() {
        return Sandbox.in(new BuildFolder(session).sandbox());
    }

    final void start(Lifetime lifetime, String stop) {
        BuildFolder workplace = new BuildFolder(session);
        SandboxText text = new SandboxText(new MavenTerminal(getLog()));
        SandboxReport report = new SandboxStart(
                        sandbox(), workplace.named(workplace.sandbox()), new MavenServerJars(repositories, session))
                .run(settings(), lifetime, text);
        workplace.publish(report.endpoints().asProperties());
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
                SandboxSettings.endpoint(endpoint),
                ParameterValues.length("migrate.sandbox.routePoll", clientRoutePoll),
                brokerHeap);
    }
}
