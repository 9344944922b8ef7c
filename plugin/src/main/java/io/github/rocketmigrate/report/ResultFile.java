package io.github.rocketmigrate.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.plan.Problem;
import java.io.IOException;
import java.nio.file.Path;

/** Writes {@code result.json}, for pipelines and alerts; its keys are public, see {@code schema/result-1.json}. */
public final class ResultFile {
    private static final String NAME = "result.json";

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public void write(Path folder, ValidationReport report) throws IOException {
        ObjectNode result = json.createObjectNode();
        result.put("goal", ValidationReport.GOAL);
        result.put("outcome", report.outcome().word());
        result.put("file", report.name());
        ObjectNode counts = result.putObject("counts");
        report.counts().forEach(counts::put);
        ArrayNode problems = result.putArray("problems");
        for (Problem problem : report.reading().problems()) {
            problems.addObject()
                    .put("code", problem.rule().code())
                    .put("severity", problem.severity().word())
                    .put("line", problem.at().line())
                    .put("column", problem.at().column())
                    .put("message", problem.what());
        }
        WholeFile.write(folder.resolve(NAME), json.writeValueAsString(result) + "\n");
    }
}
