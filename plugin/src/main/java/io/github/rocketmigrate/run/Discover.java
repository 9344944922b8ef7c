package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.discover.BatchSplit;
import io.github.rocketmigrate.discover.ClusterAddress;
import io.github.rocketmigrate.discover.Discovery;
import io.github.rocketmigrate.discover.InferenceFile;
import io.github.rocketmigrate.discover.PlanDraft;
import io.github.rocketmigrate.discover.PlanMerge;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Group;
import io.github.rocketmigrate.plan.MigrationPlan.Topic;
import io.github.rocketmigrate.plan.PlaceholderValues;
import io.github.rocketmigrate.plan.PlanEditor;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Rule;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.plan.WrittenPlan;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.report.DiscoveryReport.Merged;
import io.github.rocketmigrate.text.HelpPages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Runs the goal {@code discover}: reads a running source, and writes a plan for it or adds to a plan what is new.
 * It reads only the newest messages of each topic, and changes no offset and no group.
 *
 * <p>Longer than 300 lines: a new plan, an extended plan and a plan from files are steps of one goal.
 */
public final class Discover {
    private final SourceReading reading;
    private final List<String> files;
    private final Selection groups;
    private final BatchSplit split;
    private final PlaceholderValues values;
    private final LocalDate today;
    private final Outputs outputs;

    /** Opens the source of a plan for reading. */
    @FunctionalInterface
    interface Opener {
        ClusterReader open(MigrationPlan plan);
    }

    /** Reads the source of a plan. */
    private interface SourceReading {
        DiscoveredSource of(MigrationPlan plan, Selection selection) throws InterruptedException;
    }

    /**
     * Discovers a source that {@code opener} opens.
     *
     * @param progress is called with a sentence before each reading that may take long
     */
    Discover(Opener opener, PlaceholderValues values, InstantSource clock, Outputs outputs, Consumer<String> progress) {
        this(
                (plan, selection) -> {
                    try (ClusterReader reader = opener.open(plan)) {
                        return DiscoveredSource.read(reader, selection, clock, progress);
                    }
                },
                List.of(),
                Selection.ALL,
                BatchSplit.COUPLED,
                values,
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                outputs);
    }

    private Discover(
            SourceReading reading,
            List<String> files,
            Selection groups,
            BatchSplit split,
            PlaceholderValues values,
            LocalDate today,
            Outputs outputs) {
        this.groups = requireNonNull(groups, "groups is null");
        this.split = requireNonNull(split, "split is null");
        this.reading = requireNonNull(reading, "reading is null");
        this.files = List.copyOf(files);
        this.values = requireNonNull(values, "values is null");
        this.today = requireNonNull(today, "today is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
    }

    /**
     * Discovers a source by its metadata files.
     *
     * @param parameters of the goal that name the files
     */
    public static Discover ofFiles(
            StoredCluster source, List<String> parameters, PlaceholderValues values, LocalDate today, Outputs outputs) {
        return new Discover(
                (plan, selection) -> DiscoveredSource.stored(StoredSource.of(source, plan), selection),
                parameters,
                Selection.ALL,
                BatchSplit.COUPLED,
                values,
                today,
                outputs);
    }

    /** The same goal for those groups only whose names these patterns select. */
    public Discover choosing(Selection ofGroups) {
        return new Discover(reading, files, ofGroups, split, values, today, outputs);
    }

    /** The same goal with new batches as the user wants them. */
    public Discover splitting(BatchSplit wish) {
        return new Discover(reading, files, groups, wish, values, today, outputs);
    }

    /** Discovers a source with the protocol of its servers. */
    public static Discover of(
            ClusterAccess access,
            PlaceholderValues values,
            InstantSource clock,
            Outputs outputs,
            Consumer<String> progress) {
        return new Discover(plan -> access.open(Side.SOURCE, plan), values, clock, outputs, progress);
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
                            "Name another file with -Dmigrate.file, add what is new to this one with -Dmigrate.merge=true, or"
                                    + " replace it with -Dmigrate.overwrite=true.")
                    .withHelp(HelpPages.ADD_WHAT_IS_NEW);
        }
        DiscoveredSource seen = discover(clusters(plan), selection);
        Discovery discovery = seen.discovery();
        split.check(discovery.topics().keySet());
        ClusterAddress source = seen.isNamed() ? plan.source().named(discovery.cluster()) : plan.source();
        String text = new PlanDraft(
                        source, plan.destination(), seen.files().map(names -> "migrate:discover from " + names))
                .text(discovery);
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

    /**
     * A plan that exists.
     *
     * @param name of the file as the user named it
     * @param text its text, which is {@link PlanReading#isExtensible() extensible}
     * @param given the values of the parameters that name a cluster, by the parameter
     */
    public record ExistingPlan(String name, WrittenPlan text, Map<String, String> given) {
        public ExistingPlan {
            requireNonNull(name, "name is null");
            requireNonNull(text, "text is null");
            given = Map.copyOf(given);
        }

        Path file() {
            return text.reading().file();
        }
    }

    /** Adds to a plan what is selected, new at its source, and not ignored. No character of the plan changes. */
    public DiscoveryReport merge(ExistingPlan existing, Selection selection) {
        MigrationPlan plan = existing.text().reading().servers().orElseThrow();
        existing.given().forEach((parameter, value) -> SameSource.check(parameter, value, plan));
        if (files.isEmpty()) {
            SameSource.checkKnown(plan);
        }
        DiscoveredSource seen = discover(plan, selection);
        PlanMerge merge = new PlanMerge(plan, seen.discovery());
        String after = merge.additions().isEmpty() ? existing.text().text() : edited(existing, merge);
        DiscoveryReport report = report(existing, seen, merge, after);
        outputs.write(
                existing.file(),
                existing.text().whole(),
                existing.text().mark() + after,
                InferenceFile.text(merge.discovery()),
                report.result());
        return report;
    }

    private String edited(ExistingPlan existing, PlanMerge merge) {
        try {
            return PlanEditor.add(existing.text().text(), merge.additions());
        } catch (PlanEditor.NotEditable e) {
            throw new Fault(
                    existing.name() + " cannot be edited safely: " + e.getMessage() + ". It was not changed.",
                    "Paste the lines of " + outputs.writeAdditions(merge.text()) + " into the plan.",
                    e);
        }
    }

    private DiscoveredSource discover(MigrationPlan plan, Selection selection) {
        try {
            return reading.of(plan, selection).choosing(groups).splitting(split);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Reading the source was interrupted.", "Run again.", e);
        }
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
                Optional.empty(),
                files,
                PlanReaders.offline(values, today).read(plan.file(), text).problems());
    }

    private DiscoveryReport report(ExistingPlan existing, DiscoveredSource seen, PlanMerge merge, String after) {
        PlanReading reading = PlanReaders.offline(values, today).read(existing.file(), after);
        MigrationPlan plan = reading.servers().orElseThrow();
        return new DiscoveryReport(
                existing.name(),
                seen.discovery().cluster(),
                outputs.named(InferenceFile.NAME),
                Map.of(
                        "topics", (long) reading.size().topics(),
                        "groups", (long) reading.size().groups(),
                        "batches", (long) reading.size().batches()),
                seen.discovery().confidences(merge.topics(), merge.groups()),
                Optional.of(new Merged(
                        topics(plan, topic -> merge.topics().contains(topic)),
                        groups(plan, group -> merge.groups().contains(group)),
                        topics(plan, topic -> !seen.topics().contains(topic)),
                        groups(plan, group -> !seen.groups().contains(group)))),
                files,
                reading.problems());
    }

    private static List<Located<String>> topics(MigrationPlan plan, Predicate<String> fits) {
        return inWords("topic", plan, batch -> batch.topics().stream().map(Topic::name), fits);
    }

    private static List<Located<String>> groups(MigrationPlan plan, Predicate<String> fits) {
        return inWords("group", plan, batch -> batch.groups().stream().map(Group::name), fits);
    }

    private static List<Located<String>> inWords(
            String noun, MigrationPlan plan, Function<Batch, Stream<Located<String>>> names, Predicate<String> fits) {
        return plan.batches().stream()
                .flatMap(batch -> names.apply(batch)
                        .filter(name -> fits.test(name.value()))
                        .map(name -> inWords(noun, name, batch)))
                .toList();
    }

    private static Located<String> inWords(String noun, Located<String> name, Batch batch) {
        return new Located<>(
                noun + " '" + name.value() + "' in batch '" + batch.name().value() + "'", name.at());
    }
}
