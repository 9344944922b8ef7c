package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.PlanRevision;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.AssessmentReport;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Provenance;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.wire.Credentials;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.SystemTiming;
import io.github.rocketmigrate.write.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs goals against a sandbox, as their mojos do.
 *
 * <p>Longer than 300 lines: it has a method for each goal, as tests call it.
 */
public final class Goals {
    /** Short terms, so that tests see the end of them. */
    static final Apply.Settings SETTINGS = new Apply.Settings(
            false,
            Duration.ZERO,
            Set.of(),
            new Lease.Terms(Duration.ofMillis(500), Duration.ofSeconds(6), Duration.ofMillis(400)),
            new Timeouts(
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(4)),
            new FencePolicy(Duration.ofSeconds(4), Duration.ofSeconds(60), false));

    /** The same for tests that load the machine so much that a beat of the lease may come late. */
    static final Apply.Settings STEADY = new Apply.Settings(
            false,
            Duration.ZERO,
            Set.of(),
            new Lease.Terms(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMillis(400)),
            SETTINGS.timeouts(),
            SETTINGS.policy());

    static final Provenance PROVENANCE = new Provenance(
            "0.1.0",
            Instant.parse("2026-11-21T12:00:00Z"),
            new PlanRevision(Optional.empty(), Optional.of("abc123"), false),
            Optional.empty(),
            Optional.empty(),
            false);

    static final Origin ORIGIN = new Origin("tester", "here", Optional.of("abc123"), Optional.empty());

    private final Endpoints endpoints;
    private final Path folder;
    private final Entrance entrance;

    public Goals(Endpoints endpoints, Path folder) {
        this(endpoints, folder, endpoints.reader());
    }

    public Goals(Endpoints endpoints, Path folder, Optional<Credentials> credentials) {
        this(endpoints, folder, Entrance.of(credentials));
    }

    /** Goals that get into each cluster otherwise. */
    Goals(Endpoints endpoints, Path folder, Entrance entrance) {
        this.endpoints = endpoints;
        this.folder = folder;
        this.entrance = entrance;
    }

    /** Runs goals with plans that know their addresses themselves. */
    Goals(Path folder) {
        this(new Endpoints(Map.of(), false), folder, Optional.empty());
    }

    /** The plan of the quickstart, its addresses filled in, with {@code traffic} if there is any. */
    public String shop(String traffic) throws IOException {
        String text = Files.readString(Path.of("../samples/quickstart/migration.yaml"), UTF_8);
        return head(traffic) + text.substring(text.indexOf("\nbatches:"));
    }

    /** A plan of one batch with these topics, all FIFO, and these groups. */
    String batch(List<String> topics, List<String> groups) {
        StringBuilder lines = new StringBuilder(head("")).append("batches:\n  - name: all\n");
        if (!topics.isEmpty()) {
            lines.append("    topics:\n");
            topics.forEach(name -> lines.append("      - { name: ").append(name).append(", type: FIFO }\n"));
        }
        if (!groups.isEmpty()) {
            lines.append("    groups:\n");
            groups.forEach(name -> lines.append("      - { name: ").append(name).append(", order: ORDERLY }\n"));
        }
        return lines.toString();
    }

    /** A plan of one batch with the topics of live traffic, at a stage. */
    String ladder(String traffic, List<LiveTopic> topics, Stage stage) {
        StringBuilder lines = new StringBuilder(head(traffic))
                .append("batches:\n  - name: all\n    stage: ")
                .append(stage.word())
                .append("\n    topics:\n");
        topics.forEach(topic -> lines.append("      - { name: ")
                .append(topic.name())
                .append(", type: ")
                .append(topic.kind())
                .append(" }\n"));
        if (topics.stream().anyMatch(topic -> !topic.groups().isEmpty())) {
            lines.append("    groups:\n");
        }
        topics.stream()
                .flatMap(topic -> topic.groups().stream())
                .forEach(group -> lines.append("      - { name: ")
                        .append(group.name())
                        .append(", order: ")
                        .append(group.order())
                        .append(" }\n"));
        return lines.toString();
    }

    /** The beginning of a plan between both clusters. */
    String head(String traffic) {
        StringBuilder head = new StringBuilder("version: 1\nname: test\n");
        for (Side side : Side.values()) {
            Endpoints.SandboxCluster cluster = endpoints.cluster(side);
            head.append(side.word())
                    .append(": { nameServers: [\"")
                    .append(cluster.nameServers().replace(";", "\", \""))
                    .append("\"], cluster: ")
                    .append(cluster.name())
                    .append(entrance.keys(side))
                    .append(" }\n");
        }
        return head + traffic;
    }

    public PlanReport plan(String text, Selection selection) {
        return new Plan(accounts(), new SystemTiming(), outputs(), FencePolicy.USUAL, false)
                .run("migration.yaml", read(text), selection, shown -> {});
    }

    AssessmentReport assess(String text) {
        return assess(text, Duration.ZERO);
    }

    /** Examines both clusters, and observes the load of the source for so long. */
    AssessmentReport assess(String text, Duration observe) {
        return Assess.of(
                        new ClusterAccess(accounts(), OptionalInt.empty()),
                        Optional.empty(),
                        Set.of(RowSeverity.BLOCKER),
                        Optional.empty(),
                        new SystemTiming(),
                        observe,
                        outputs(),
                        reading -> {})
                .run(new Invocation("migration.yaml", Selection.ALL), Plans.whole(text), shown -> {});
    }

    /** Plans with {@code migrate.removeEmpty}. */
    PlanReport planRemoving(String text) {
        return new Plan(accounts(), new SystemTiming(), outputs(), FencePolicy.USUAL, true)
                .run("migration.yaml", read(text), Selection.ALL, shown -> {});
    }

    public StatusReport status(String text, Selection selection) {
        return status(text, selection, new PrintedBoards());
    }

    StatusReport status(String text, Selection selection, Status.Shown shown) {
        return new Status(accounts(), new SystemTiming(), outputs(), FencePolicy.USUAL)
                .run("migration.yaml", read(text), selection, shown);
    }

    /** Watches the board; a reading that fails ends the test. */
    void watch(String text, Consumer<StatusReport> shown, StopSignal stopping) {
        new Status(accounts(), new SystemTiming(), outputs(), FencePolicy.USUAL)
                .watch(
                        new Invocation("migration.yaml", Selection.ALL),
                        read(text),
                        () -> Plans.read(text, Map.of()),
                        look -> {
                            look.faults().forEach(fault -> {
                                throw fault;
                            });
                            look.last().ifPresent(shown);
                        },
                        stopping);
    }

    public ApplyReport apply(String text) {
        return apply(text, Selection.ALL, Optional.empty());
    }

    /** Applies with a lease that a busy machine keeps, for tests that are not about the lease. */
    ApplyReport applySteadily(String text) {
        return apply(text, Selection.ALL, Optional.empty(), STEADY, new StopSignal());
    }

    ApplyReport apply(String text, Selection selection, Optional<Apply.ChangeSetSource> saved) {
        return apply(text, selection, saved, SETTINGS, new StopSignal());
    }

    ApplyReport apply(
            String text,
            Selection selection,
            Optional<Apply.ChangeSetSource> saved,
            Apply.Settings settings,
            StopSignal stopping) {
        return new Apply(accounts(), new SystemTiming(), outputs(), ORIGIN, settings)
                .run(
                        new Apply.ApplyRequest("migration.yaml", read(text), selection, saved),
                        shown -> {},
                        stopping,
                        ApplyProgress.SILENT);
    }

    /** Tells what it waits for, and whatever else there is to tell on the way. */
    ApplyReport apply(String text, Apply.Settings settings, StopSignal stopping, ApplyProgress progress) {
        return new Apply(accounts(), new SystemTiming(), outputs(), ORIGIN, settings)
                .run(
                        new Apply.ApplyRequest("migration.yaml", read(text), Selection.ALL, Optional.empty()),
                        shown -> {},
                        stopping,
                        progress);
    }

    /** Tells what is to be done before it is begun. */
    ApplyReport apply(
            String text, Selection selection, Optional<Apply.ChangeSetSource> saved, Consumer<PlanReport> shown) {
        return new Apply(accounts(), new SystemTiming(), outputs(), ORIGIN, SETTINGS)
                .run(
                        new Apply.ApplyRequest("migration.yaml", read(text), selection, saved),
                        shown,
                        new StopSignal(),
                        ApplyProgress.SILENT);
    }

    /** Takes topics back against the plan. */
    ApplyReport rollback(String text, Selection selection, RollbackOrder order, Apply.Settings settings) {
        return carryOut(
                text,
                selection,
                new Apply(accounts(), new SystemTiming(), outputs(), ORIGIN, settings).rollingBack(order));
    }

    /** Releases topics that were rolled back. */
    void resume(String text, Selection selection) {
        carryOut(
                text,
                selection,
                new Apply(accounts(), new SystemTiming(), outputs(), ORIGIN, SETTINGS).resuming(new Resume()));
    }

    /** Puts the brake on some batches of a plan, or on all of them. */
    Brake.BrakeReport brake(String text, List<String> batches) {
        return new Brake(accounts(), new SystemTiming(), ORIGIN)
                .pull(read(text), batches, Optional.of("Checkout errors"));
    }

    Brake.BrakeReport release(String text, List<String> batches) {
        return new Brake(accounts(), new SystemTiming(), ORIGIN).release(read(text), batches);
    }

    private ApplyReport carryOut(String text, Selection selection, Apply goal) {
        return goal.run(
                new Apply.ApplyRequest("migration.yaml", read(text), selection, Optional.empty()),
                shown -> {},
                new StopSignal(),
                ApplyProgress.SILENT);
    }

    String unlock(String text, Optional<String> leaseId) {
        return new Unlock(accounts(), new SystemTiming())
                .run(new Invocation("migration.yaml", Selection.ALL), read(text), leaseId).stream()
                        .map(answer -> answer.what()
                                + answer.command().map(it -> " " + it).orElse(""))
                        .collect(joining(" "));
    }

    static MigrationPlan read(String text) {
        return Plans.whole(text);
    }

    private Accounts accounts() {
        return entrance;
    }

    private Outputs outputs() {
        return outputs(folder);
    }

    public static Outputs outputs(Path folder) {
        return new Outputs(folder, folder.resolve("change-set.json"), "change-set.json", PROVENANCE);
    }
}
