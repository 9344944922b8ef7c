package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.model.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What differs from an earlier examination.
 *
 * @param file of the earlier examination as the user named it
 * @param appeared the rows that have fired since
 * @param gone the rows that had fired, and are fine now
 * @param changed the other rows whose state, severity, value or objects differ, if they have fired or cannot be measured
 */
public record AssessmentComparison(
        String file, List<RowChange> appeared, List<RowChange> gone, List<RowChange> changed) {
    private static final String FIRED = "fired";

    public AssessmentComparison {
        requireNonNull(file, "file is null");
        appeared = List.copyOf(appeared);
        gone = List.copyOf(gone);
        changed = List.copyOf(changed);
    }

    boolean isEmpty() {
        return appeared.isEmpty() && gone.isEmpty() && changed.isEmpty();
    }

    /**
     * One row then and now, in words.
     *
     * @param before empty if the earlier examination did not have the row
     */
    record RowChange(String id, String title, Optional<String> before, String now) {
        RowChange {
            requireNonNull(id, "id is null");
            requireNonNull(title, "title is null");
            requireNonNull(before, "before is null");
            requireNonNull(now, "now is null");
        }

        String words() {
            return id + " " + title + ": " + before.map(then -> then + " → ").orElse("") + now;
        }
    }

    /** A row as a file has it. */
    private record EarlierRow(String state, String severity, String value, List<String> objects) {
        static EarlierRow of(JsonNode row) {
            return new EarlierRow(
                    row.path("state").asText(),
                    row.path("severity").asText(),
                    row.path("value").asText(),
                    StreamSupport.stream(row.path("objects").spliterator(), false)
                            .map(JsonNode::asText)
                            .toList());
        }

        static EarlierRow of(AssessedRow row) {
            return new EarlierRow(
                    row.state().word(),
                    row.state().severity().map(severity -> severity.word()).orElse(""),
                    row.value().orElse(""),
                    row.objects());
        }

        boolean hasFired() {
            return state.equals(FIRED);
        }

        String words() {
            return hasFired() ? severity + ": " + value : state;
        }
    }

    /** An examination that was saved. */
    public record EarlierAssessment(String name, Map<String, JsonNode> rows) {
        public EarlierAssessment {
            requireNonNull(name, "name is null");
            rows = Map.copyOf(rows);
        }

        /**
         * Reads a file of an earlier examination.
         *
         * @param name of the file as the user named it
         */
        public static EarlierAssessment read(Path file, String name) {
            if (!Files.exists(file)) {
                throw new Fault(
                        "migrate.assess.earlier=" + name + " does not exist.",
                        "Name a copy of an earlier assessment.json: each run deletes the one in target/migrate when it"
                                + " begins.");
            }
            try {
                JsonNode all = new ObjectMapper().readTree(file.toFile()).path("rows");
                if (!all.isArray()) {
                    throw new Fault(
                            "migrate.assess.earlier=" + name + " has no rows.",
                            "Name an assessment.json that migrate:assess has written.");
                }
                Map<String, JsonNode> rows = new HashMap<>();
                all.forEach(row -> rows.put(row.path("id").asText(), row));
                return new EarlierAssessment(name, rows);
            } catch (IOException e) {
                throw new Fault(
                        "migrate.assess.earlier=" + name + " cannot be read: " + e.getMessage(),
                        "Name an assessment.json that migrate:assess has written.",
                        e);
            }
        }
    }

    static AssessmentComparison of(EarlierAssessment earlier, List<AssessedRow> rows) {
        List<RowChange> appeared = new ArrayList<>();
        List<RowChange> gone = new ArrayList<>();
        List<RowChange> changed = new ArrayList<>();
        for (AssessedRow row : rows) {
            Optional<EarlierRow> before =
                    Optional.ofNullable(earlier.rows().get(row.id())).map(EarlierRow::of);
            EarlierRow now = EarlierRow.of(row);
            RowChange change = new RowChange(row.id(), row.title(), before.map(EarlierRow::words), now.words());
            boolean hadFired = before.filter(EarlierRow::hasFired).isPresent();
            if (now.hasFired() && !hadFired) {
                appeared.add(change);
            } else if (hadFired && row.state().isFine()) {
                gone.add(change);
            } else if (before.isPresent() && isChange(before.get(), now)) {
                changed.add(change);
            }
        }
        return new AssessmentComparison(earlier.name(), appeared, gone, changed);
    }

    /** The values of rows that are fine change all the time, and mean nothing. */
    private static boolean isChange(EarlierRow before, EarlierRow now) {
        return now.hasFired() ? !before.equals(now) : !before.state().equals(now.state());
    }
}
