package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.observe.PassedFence;
import io.github.rocketmigrate.observe.SwitchedClients;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.write.AppliedChange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes {@code result.json} for pipelines and alerts. Its keys are public, see {@code schema/result-1.json}.
 *
 * <p>Longer than 300 lines: all keys stand beside each other, as in their schema.
 */
public final class ResultFile {
    private static final int SCHEMA_VERSION = 1;

    public static final String NAME = "result.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Provenance provenance;

    public ResultFile(Provenance provenance) {
        this.provenance = requireNonNull(provenance, "provenance is null");
    }

    /** The file that only this goal replaces: {@code result-GOAL.json}. */
    public static String name(String goal) {
        return "result-" + goal + ".json";
    }

    public void write(Path folder, Result result) throws IOException {
        write(folder, root(result));
    }

    /** Writes the result of {@code status} with the rows of its board. */
    public void write(Path folder, Result result, List<StatusRow> rows) throws IOException {
        ObjectNode root = root(result);
        ArrayNode board = root.putArray("board");
        rows.forEach(row -> add(board.addObject(), row));
        write(folder, root);
    }

    /** Writes the result of {@code apply} with the outcome of every change. */
    public void write(Path folder, ApplyReport report) throws IOException {
        write(folder, root(report));
    }

    /** Writes the same to the evidence of a run, where no other goal writes. */
    public void archive(Path folder, ApplyReport report) throws IOException {
        WholeFile.write(folder.resolve(NAME), text(root(report)));
    }

    private ObjectNode root(ApplyReport report) {
        ObjectNode root = root(report.result());
        root.put("dryRun", report.isDryRun());
        report.evidence().ifPresent(folderName -> root.put("evidence", folderName));
        ArrayNode outcomes = root.putArray("outcomes");
        report.application().changes().forEach(one -> add(outcomes.addObject(), one));
        if (!report.run().fences().isEmpty()) {
            ArrayNode fences = root.putArray("fences");
            report.run().fences().forEach(fence -> add(fences.addObject(), fence));
        }
        if (!report.withheld().isEmpty()) {
            report.withheld().forEach(root.putArray("inFence")::add);
        }
        if (!report.overdue().isEmpty()) {
            ArrayNode overdue = root.putArray("overdue");
            report.overdue()
                    .forEach((topic, why) ->
                            overdue.addObject().put("topic", topic).put("message", why));
        }
        ArrayNode stale = root.putArray("stale");
        report.stale()
                .forEach(one -> stale.addObject()
                        .put("kind", one.kind())
                        .put("name", one.name())
                        .put("message", one.what()));
        return root;
    }

    private static void add(ObjectNode to, PassedFence fence) {
        to.put("topic", fence.topic())
                .put("closed", fence.closed().word())
                .put("seconds", fence.took().toSeconds());
        to.putObject("expected")
                .put("leastSeconds", fence.expected().closed().toSeconds())
                .put("mostSeconds", fence.expected().longest().toSeconds())
                .put("complete", fence.expected().isWhole());
    }

    private static void add(ObjectNode outcome, AppliedChange one) {
        outcome.put("change", one.change().word());
        outcome.put("side", one.change().subject().side().word());
        outcome.put("name", one.change().subject().name());
        one.change().subject().batch().ifPresent(batch -> outcome.put("batch", batch));
        if (one.change() instanceof Change.MoveTopic move) {
            outcome.put("from", move.from()).put("to", move.to());
        }
        outcome.put("ending", one.outcome().word());
        one.took().ifPresent(took -> outcome.put("millis", took.toMillis()));
        if (!one.outcome().isDone()) {
            outcome.put("message", one.why()).put("fix", one.fix());
        }
    }

    /** Writes the file of the goal, and the same as the result of the last goal. */
    private void write(Path folder, ObjectNode root) throws IOException {
        String text = text(root);
        WholeFile.write(folder.resolve(name(root.path("goal").asText())), text);
        WholeFile.write(folder.resolve(NAME), text);
    }

    private static String text(ObjectNode root) throws IOException {
        return Printable.json(JSON.writeValueAsString(root)) + "\n";
    }

    private ObjectNode root(Result result) {
        ObjectNode root = JSON.createObjectNode();
        root.put("goal", result.goal());
        root.put("outcome", result.outcome().word());
        root.put("file", result.file());
        provenance.revision().sha256().ifPresent(hash -> root.put("fileSha256", hash));
        root.put("schemaVersion", SCHEMA_VERSION);
        root.put("pluginVersion", provenance.version());
        // The name under which earlier files have it, which readers may use.
        root.put("version", provenance.version());
        root.put("time", provenance.at().truncatedTo(ChronoUnit.SECONDS).toString());
        provenance.revision().commit().ifPresent(commit -> root.put("commit", commit));
        if (provenance.revision().isChanged()) {
            root.put("uncommittedChanges", true);
        }
        provenance.page().ifPresent(page -> root.put("run", page));
        result.routePoll().ifPresent(time -> root.put("routePollSeconds", time.toSeconds()));
        if (!result.details().unverified().isEmpty()) {
            ArrayNode unverified = root.putArray("unverified");
            result.details().unverified().forEach(side -> unverified.add(side.word()));
        }
        result.details().fault().ifPresent(fault -> add(root.putObject("error"), fault));
        ObjectNode counts = root.putObject("counts");
        result.counts().forEach(counts::put);
        ArrayNode problems = root.putArray("problems");
        for (Problem problem : result.details().problems()) {
            problems.addObject()
                    .put("code", problem.rule().code())
                    .put("severity", problem.severity().word())
                    .put("line", problem.at().line())
                    .put("column", problem.at().column())
                    .put("message", problem.what())
                    .put("help", problem.rule().help());
        }
        result.details()
                .fault()
                .ifPresent(fault -> fault.all().forEach(one -> {
                    ObjectNode problem = problems.addObject().put("severity", Severity.ERROR.word());
                    one.at().ifPresent(at -> problem.put("line", at.line()).put("column", at.column()));
                    problem.put("message", one.getMessage())
                            .put("fix", one.nextStep())
                            .put("help", one.help().orElse(HelpPages.ERROR));
                }));
        ArrayNode checks = root.putArray("checks");
        result.details().checks().forEach(judgement -> add(checks.addObject(), judgement));
        ArrayNode impossible = root.putArray("impossible");
        for (Impossible one : result.details().impossible()) {
            impossible
                    .addObject()
                    .put("kind", one.subject().kind().word())
                    .put("name", one.subject().name())
                    .put("side", one.subject().side().word())
                    .put("reason", one.reason().word())
                    .put("line", one.subject().at().map(Position::line).orElse(1))
                    .put("message", one.what())
                    .put("fix", one.fix())
                    .put("help", one.reason().help());
        }
        if (!result.details().ofSource().isEmpty()) {
            ArrayNode drift = root.putArray("sourceDrift");
            result.details()
                    .ofSource()
                    .forEach(one -> drift.addObject()
                            .put("kind", one.subject().kind().word())
                            .put("name", one.subject().name())
                            .put("message", one.what())
                            .put("fix", one.fix()));
        }
        PlanFields.add(result.details(), root);
        if (!result.details().held().isEmpty()) {
            ArrayNode held = root.putArray("held");
            result.details()
                    .held()
                    .forEach((removal, reason) -> held.addObject()
                            .put("change", removal.word())
                            .put("name", removal.subject().name())
                            .put("side", removal.subject().side().word())
                            .put("message", reason.what())
                            .put("fix", reason.fix()));
        }
        addBlocked(result.details().blocked(), root);
        return root;
    }

    /** An object for which nobody has to act is not blocked, as in the counts. */
    private static void addBlocked(List<BlockedObject> all, ObjectNode root) {
        Set<Optional<Subject>> blocked = all.stream()
                .filter(one -> one.task().isPresent())
                .map(BlockedObject::subject)
                .collect(toSet());
        for (BlockedObject one : all) {
            add(
                    root.withArray(blocked.contains(one.subject()) ? "blocked" : "waiting")
                            .addObject(),
                    one);
        }
    }

    private static void add(ObjectNode object, BlockedObject one) {
        object.put("kind", one.subject().map(subject -> subject.kind().word()).orElse("clusters"));
        one.subject().ifPresent(subject -> {
            object.put("name", subject.name());
            subject.batch().ifPresent(batch -> object.put("batch", batch));
            subject.at().ifPresent(at -> object.put("line", at.line()));
        });
        one.owner().ifPresent(owner -> object.put("owner", owner));
        object.put(one.because().isCheck() ? "check" : "reason", one.because().word());
        one.because().group().ifPresent(group -> object.put("group", group));
        object.put("message", one.because().message());
        one.task()
                .ifPresent(task -> object.put("fix", task.fix())
                        .put("command", task.command())
                        .put("help", task.help()));
    }

    private static void add(ObjectNode error, Fault fault) {
        error.put("message", fault.getMessage());
        error.put("fix", fault.nextStep());
        fault.at().ifPresent(at -> error.put("line", at.line()).put("column", at.column()));
        error.put("help", fault.help().orElse(HelpPages.ERROR));
    }

    private static void add(ObjectNode object, StatusRow row) {
        object.put("kind", row.item().kind().word());
        object.put("batch", row.item().batch());
        object.put("name", row.name());
        row.progress().wanted().ifPresent(wanted -> object.put("wanted", wanted.word()));
        object.put("now", row.progress().now());
        row.progress().since().ifPresent(since -> object.put("since", since.toString()));
        ObjectNode backlog = object.putObject("backlog");
        row.traffic().forEach((side, traffic) -> traffic.backlog().ifPresent(it -> backlog.put(side.word(), it)));
        ObjectNode delayed = object.putObject("delayed");
        row.traffic().forEach((side, traffic) -> traffic.delayed().ifPresent(it -> delayed.put(side.word(), it)));
        ObjectNode members = object.putObject("members");
        row.traffic().forEach((side, traffic) -> members.put(side.word(), traffic.members()));
        row.clients().switched().ifPresent(clients -> add(object.putObject("clients"), clients));
        object.put("missing", row.missing().words());
        ArrayNode reasons = object.putArray("reasons");
        row.missing().reasons().forEach(reasons::add);
    }

    private static void add(ObjectNode object, SwitchedClients clients) {
        object.put("old", clients.old().size());
        object.put("new", clients.switched().size());
        object.put("unknown", clients.unknown().size());
        ArrayNode names = object.putArray("oldClients");
        clients.old().values().forEach(old -> {
            ObjectNode client = names.addObject()
                    .put("id", old.client().id())
                    .put("address", old.client().address());
            ArrayNode nameServers = client.putArray("nameServers");
            old.nameServers().forEach(nameServers::add);
        });
        ArrayNode silent = object.putArray("unknownClients");
        clients.unknown().forEach((id, why) -> silent.addObject().put("id", id).put("message", why));
    }

    private static void add(ObjectNode check, Judgement judgement) {
        check.put("check", judgement.check().name());
        judgement.topic().ifPresent(topic -> check.put("topic", topic));
        check.put("verdict", judgement.verdict().word());
        check.put("message", judgement.verdict().what());
        if (!judgement.verdict().fix().isEmpty()) {
            check.put("fix", judgement.verdict().fix());
        }
        check.put("help", judgement.check().help());
    }
}
