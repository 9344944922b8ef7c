package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.discover.BatchSplit;
import io.github.rocketmigrate.discover.ClusterAddress;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.report.DiscoveryText;
import io.github.rocketmigrate.report.Layout;
import io.github.rocketmigrate.run.Discover;
import io.github.rocketmigrate.write.SystemTiming;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes a migration plan from a running source: its topics with their message types, its groups with their order, and
 * batches of topics and groups that should move together. If the cluster does not show a value, the plan has
 * {@code TODO} and a comment with the evidence.
 *
 * <p>With {@code migrate.merge}, adds what is new at the source to a plan that exists, and keeps every character of it.
 *
 * <p>Writes to no cluster. Samples the newest messages of each topic without consuming them. Writes the evidence to
 * {@code target/migrate/inference.json}.
 *
 * @since 0.1.0
 */
@Mojo(name = "discover", requiresProject = false, threadSafe = true)
public class DiscoverMojo extends LimitedLoadMojo {
    /**
     * All name servers of the source, separated by commas; a missing name server hides topics. Default: the property
     * {@code source.nameServers}, or the source of a sandbox; the plan then has this property instead of addresses.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.source.nameServers")
    private String sourceNameServers;

    /**
     * Name of the source cluster. Default: the only cluster that its name servers list.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.source.cluster")
    private String sourceCluster;

    /**
     * Id of the server in {@code settings.xml} that has the source's account. Default: no account.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.source.credentials")
    private String sourceCredentials;

    /**
     * Whether connections to the source use TLS: {@code true}, {@code false}, or {@code insecure} for certificates that are
     * not verified. Default: {@code false}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.source.tls")
    private String sourceTls;

    /**
     * Name servers of the destination, separated by commas. The goal writes them to the plan and does not connect to
     * them. Default: the property {@code destination.nameServers}, or the destination of a sandbox.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.destination.nameServers")
    private String destinationNameServers;

    /**
     * Patterns of topics to plan, separated by commas: {@code *} matches any text, {@code ?} one character. The groups
     * that consume these topics are included. Default: all topics and groups.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.topic")
    private String topic;

    /**
     * Patterns of topics to leave out, separated by commas. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.excludeTopic")
    private String excludeTopic;

    /**
     * Patterns of groups to plan, separated by commas. Default: all groups that consume the planned topics.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.group")
    private String group;

    /**
     * Patterns of groups to leave out, separated by commas. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.excludeGroup")
    private String excludeGroup;

    /**
     * How new batches divide the topics: {@code coupled} puts topics together that groups, producers or programs couple;
     * {@code prefix} those whose names begin with the same word; patterns such as {@code order-*,pay*} make a batch each,
     * in this order. Topics that remain are divided by what couples them. Default: {@code coupled}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.batches")
    private String batches;

    /**
     * Replaces an existing plan. Default: the goal fails if the file exists.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.overwrite", defaultValue = "false")
    private boolean overwrite;

    /**
     * Adds to a plan that exists the topics and groups that are new at its source, and changes nothing that the plan has.
     * Without a file, the goal writes a new plan.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.merge", defaultValue = "false")
    private boolean merge;

    /**
     * Metadata files that stand for the source, separated by commas: of {@code mqadmin exportMetadata}, of
     * {@code migrate:export}, or of a broker's store, or the folders that have them. Default: the source is read.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.from")
    private String from;

    /**
     * The number of masters whose queues the files add up, if they are of {@code mqadmin exportMetadata -c}. Default: as
     * the files say.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.fromMasters")
    private Integer fromMasters;

    @Override
    String goal() {
        return DiscoveryReport.GOAL;
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        if (merge && overwrite) {
            throw new Fault(
                    "migrate.merge and migrate.overwrite exclude each other: one keeps the plan, the other replaces it.",
                    "Remove one of them.");
        }
        Layout layout = new Layout(terminal());
        Clock clock = new SystemTiming().clock();
        FromParameter files = new FromParameter(from, fromMasters);
        Discover all = files.isGiven()
                ? Discover.ofFiles(
                        files.read(build()),
                        files.parameters(),
                        build().placeholders(),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        connected.outputs())
                : Discover.of(
                        access(),
                        build().placeholders(),
                        clock,
                        connected.outputs(),
                        reading -> layout.text(0, reading));
        Discover discover =
                all.choosing(Selection.of(null, group, excludeGroup)).splitting(BatchSplit.of(batches));
        Selection selection = Selection.of(null, topic, excludeTopic);
        DiscoveryReport report = merge && Files.exists(build().resolve(file))
                ? discover.merge(new Discover.ExistingPlan(file, connected.planToExtend(), given()), selection)
                : discover.run(newPlan(files.isGiven()), selection);
        new DiscoveryText(terminal()).print(report);
        build().publish(report.outcome(), report.counts());
    }

    private Discover.NewPlan newPlan(boolean isOfFiles) {
        BuildProperties properties = build().placeholders();
        NameServerParameter source = new NameServerParameter("source", sourceNameServers);
        Optional<ClusterAddress> sourceAddress =
                isOfFiles ? source.found(properties).or(() -> Optional.of(source.unset())) : source.found(properties);
        NameServerParameter destination = new NameServerParameter("destination", destinationNameServers);
        return new Discover.NewPlan(
                file,
                build().resolve(file),
                overwrite,
                sourceAddress
                        .map(address -> new ClusterAddress(
                                address.nameServers(),
                                address.comment(),
                                ParameterValues.given(sourceCluster),
                                ParameterValues.given(sourceCredentials),
                                tls()))
                        .orElseThrow(source::missing),
                destination.found(properties).orElseGet(destination::unset));
    }

    /** The parameters that name a cluster, as far as the user has set them. */
    private Map<String, String> given() {
        Map<String, String> given = new TreeMap<>();
        ParameterValues.given(sourceNameServers).ifPresent(it -> given.put("migrate.source.nameServers", it));
        ParameterValues.given(sourceCluster).ifPresent(it -> given.put("migrate.source.cluster", it));
        ParameterValues.given(sourceCredentials).ifPresent(it -> given.put("migrate.source.credentials", it));
        tls().ifPresent(it -> given.put("migrate.source.tls", it));
        ParameterValues.given(destinationNameServers).ifPresent(it -> given.put("migrate.destination.nameServers", it));
        return given;
    }

    private Optional<String> tls() {
        return ParameterValues.given(sourceTls).map(tls -> {
            if (!tls.matches("true|false|insecure")) {
                throw new Fault("migrate.source.tls=" + tls + " is not known.", "Set it to true, false or insecure.");
            }
            return tls;
        });
    }
}
