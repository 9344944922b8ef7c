package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Consumers;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.discover.ClusterAddress;
import io.github.rocketmigrate.discover.Discovery;
import io.github.rocketmigrate.discover.InferenceFile;
import io.github.rocketmigrate.discover.PlanDraft;
import io.github.rocketmigrate.discover.SourceReadings;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.PlaceholderValues;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Rule;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.text.Counts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Runs the goal {@code discover}: reads a running source and writes a plan for it. It reads no more of a topic than its
 * newest messages, and changes no offset and no group.
 */
public final class Discover {
    /** Of each topic, to learn who sends to it. */
    private static final long MESSAGES_WITH_SENDERS = 32;

    private final Opener opener;
    private final PlaceholderValues values;
    private final LocalDate today;
    private final Outputs outputs;
    private final Consumer<String> progress;

    /** Opens the source of a plan for reading. */
    @FunctionalInterface
    interface Opener {
        ClusterReader open(MigrationPlan plan);
    }

    /**
     * Discovers a source that {@code opener} opens.
     *
     * @param progress is called with a sentence before each reading that may take long
     */
    Discover(Opener opener, PlaceholderValues values, LocalDate today, Outputs outputs, Consumer<String> progress) {
        this.opener = requireNonNull(opener, "opener is null");
        this.values = requireNonNull(values, "values is null");
        this.today = requireNonNull(today, "today is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** Discovers a source with the protocol of its servers. */
    public static Discover of(
            Accounts accounts, PlaceholderValues values, LocalDate today, Outputs outputs, Consumer<String> progress) {
        return new Discover(plan -> SourceConnection.open(plan, accounts), values, today, outputs, progress);
    }

    /**
     * How the plan names its clusters and its file.
     *
     * @param name of the file as the user named it
     * @param mayOverwrite whether a file with this name may be replaced
     */
    public record NewPlan(
            String name, Path file, boolean mayOverwrite, ClusterAddress source, ClusterAddress destination) {
        public NewPlan {
            requireNonNull(name, "name is null");
            requireNonNull(file, "file is null");
            requireNonNull(source, "source is null");
            requireNonNull(destination, "destination is null");
        }
    }

    /** Discovers the topics that are selected, and the groups that consume them. */
    public DiscoveryReport run(NewPlan plan, Selection selection) {
        if (!plan.mayOverwrite() && Files.exists(plan.file())) {
            throw new Fault(
                    plan.name() + " exists already.",
                    "Name another file with -Dmigrate.file, or replace this one with -Dmigrate.overwrite=true.");
        }
        Discovery discovery;
        try (ClusterReader reader = opener.open(clusters(plan))) {
            discovery = discover(reader, selection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Reading the source was interrupted.", "Run again.", e);
        }
        String text = new PlanDraft(plan.source().named(discovery.cluster()), plan.destination()).text(discovery);
        DiscoveryReport report = report(plan, discovery, text);
        outputs.write(plan.file(), text, InferenceFile.text(discovery), report.result());
        return report;
    }

    /** The beginning of the plan, read as the goals will read it that connect. */
    private MigrationPlan clusters(NewPlan plan) {
        String head = new PlanDraft(plan.source(), plan.destination()).head("discovered");
        PlanReading reading = PlanReaders.offline(values, today).read(plan.file(), head);
        // The head of a plan has no batches yet.
        return reading.servers()
                .orElseThrow(() -> new Fault(
                        reading.problems().stream()
                                .filter(problem ->
                                        problem.severity() == Severity.ERROR && problem.rule() != Rule.MISSING_KEY)
                                .map(Problem::what)
                                .collect(joining("; ", "The parameters of the clusters are not valid: ", ".")),
                        "Correct the parameters -Dmigrate.source.nameServers, -Dmigrate.source.cluster and"
                                + " -Dmigrate.destination.nameServers, or the properties that they come from."));
    }

    private Discovery discover(ClusterReader reader, Selection selection) throws InterruptedException {
        progress.accept("Reading topics and groups…");
        Metadata metadata = reader.metadata(reader.nameServers(), Set.of());
        SortedSet<String> topics = metadata.topics();
        topics.removeIf(topic -> !selection.includes(topic));
        ConsumerOffsets offsets = reader.consumerOffsets(metadata);
        Consumers consumers = new Consumers(reader.subscribers(metadata, topics), offsets);
        SortedSet<String> groups = groups(metadata, consumers, topics, selection);
        if (topics.isEmpty() && groups.isEmpty()) {
            throw new Fault(
                    selection.isPartial()
                            ? "No topic of " + metadata.cluster() + " matches " + selection.words() + "."
                            : metadata.cluster() + " has neither topics nor groups beside RocketMQ's own.",
                    "Check that -Dmigrate.source.nameServers lists the name servers of the right cluster, and correct the"
                            + " patterns if there are any.");
        }
        progress.accept("Reading the clients of " + Counts.of(groups.size(), "group") + "…");
        Set<String> andProxies = new TreeSet<>(groups);
        andProxies.addAll(Proxies.groups(metadata));
        Clients clients = reader.clients(metadata, andProxies);
        ClientReports reports = reader.clientReports(metadata, clients, members(clients, groups));
        progress.accept("Sampling the newest messages of " + Counts.of(topics.size(), "topic") + "…");
        QueueOffsets queues = reader.queueOffsets(metadata, topics);
        Map<String, Long> newest = topics.stream().collect(toMap(topic -> topic, topic -> MESSAGES_WITH_SENDERS));
        Clients andSenders =
                clients.and(new Clients(Map.of(), clients.producers(), reader.senders(metadata, queues, newest)));
        Set<String> published = new TreeSet<>();
        reader.orderedTopics().values().forEach(published::addAll);
        return Discovery.of(
                new SourceReadings(
                        metadata,
                        consumers,
                        queues,
                        reader.samples(metadata, queues, topics),
                        andSenders,
                        reports,
                        published),
                topics,
                groups);
    }

    /** All groups, or those that consume a selected topic. Offsets may be of a group that has no settings any more. */
    private static SortedSet<String> groups(
            Metadata metadata, Consumers consumers, Collection<String> topics, Selection selection) {
        SortedSet<String> groups = new TreeSet<>();
        topics.forEach(topic -> groups.addAll(consumers.of(topic)));
        if (!selection.isPartial()) {
            groups.addAll(metadata.groups());
        }
        groups.removeIf(SystemNames::isGroup);
        return groups;
    }

    private static Map<String, Collection<String>> members(Clients clients, SortedSet<String> groups) {
        Map<String, Collection<String>> members = new TreeMap<>();
        groups.forEach(
                group -> members.put(group, clients.group(group).members().keySet()));
        return members;
    }

    private DiscoveryReport report(NewPlan plan, Discovery discovery, String text) {
        return new DiscoveryReport(
                plan.name(),
                discovery.cluster(),
                outputs.named(InferenceFile.NAME),
                Map.of(
                        "topics", (long) discovery.topics().size(),
                        "groups", (long) discovery.groups().size(),
                        "batches", (long) discovery.batches().size()),
                discovery.confidences(),
                PlanReaders.offline(values, today).read(plan.file(), text).problems());
    }
}
