package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.RowState.Answered;
import io.github.rocketmigrate.assess.RowState.NotMeasurable;
import io.github.rocketmigrate.report.AssessmentComparison.RowChange;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes all rows of an examination as JSON. Its keys are public, see {@code schema/assessment-1.json}. */
public final class AssessmentFile {
    private static final int SCHEMA_VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Provenance provenance;

    public AssessmentFile(Provenance provenance) {
        this.provenance = requireNonNull(provenance, "provenance is null");
    }

    public void write(Path folder, AssessmentReport report) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("schemaVersion", SCHEMA_VERSION);
        root.put("pluginVersion", provenance.version());
        root.put("plan", report.plan());
        root.put("file", report.invocation().file());
        root.put("time", report.readAt().truncatedTo(ChronoUnit.SECONDS).toString());
        root.put("outcome", report.outcome().word());
        ObjectNode counts = root.putObject("counts");
        report.counts().forEach(counts::put);
        ArrayNode rows = root.putArray("rows");
        report.rows().forEach(row -> add(rows.addObject(), row));
        report.comparison().ifPresent(comparison -> {
            ObjectNode object = root.putObject("comparison").put("file", comparison.file());
            add(object.putArray("new"), comparison.appeared());
            add(object.putArray("gone"), comparison.gone());
            add(object.putArray("changed"), comparison.changed());
        });
        WholeFile.write(folder.resolve(AssessmentReport.FILE), Printable.json(JSON.writeValueAsString(root)) + "\n");
    }

    private static void add(ArrayNode array, List<RowChange> changes) {
        for (RowChange change : changes) {
            ObjectNode object = array.addObject().put("id", change.id()).put("now", change.now());
            change.before().ifPresent(before -> object.put("before", before));
        }
    }

    private static void add(ObjectNode object, AssessedRow row) {
        object.put("id", row.id());
        object.put("group", row.group().title());
        object.put("title", row.title());
        object.put("state", row.state().word());
        row.state().severity().ifPresent(severity -> object.put("severity", severity.word()));
        row.value().ifPresent(value -> object.put("value", value));
        row.limit().ifPresent(limit -> object.put("limit", limit));
        object.put("source", row.source());
        object.put("verified", row.verified().toString());
        row.effort()
                .ifPresent(effort ->
                        object.putObject("effort").put("count", effort.count()).put("unit", effort.unit()));
        ArrayNode objects = object.putArray("objects");
        row.objects().forEach(objects::add);
        row.next().ifPresent(next -> object.put("next", next));
        if (!row.commands().isEmpty()) {
            ArrayNode commands = object.putArray("commands");
            row.commands().forEach(commands::add);
        }
        if (row.state() instanceof NotMeasurable open) {
            object.put("why", open.why()).put("question", open.question());
        }
        if (row.state() instanceof Answered answered) {
            object.put("answer", answered.answer())
                    .put("owner", answered.owner())
                    .put("date", answered.date().toString());
        }
        object.put("help", HelpPages.row(row.id()));
    }
}
