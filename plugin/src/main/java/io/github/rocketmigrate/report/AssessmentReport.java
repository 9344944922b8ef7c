package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.Observation;
import io.github.rocketmigrate.assess.RowGroup;
import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.assess.RowState;
import io.github.rocketmigrate.assess.RowState.Answered;
import io.github.rocketmigrate.assess.RowState.NotFired;
import io.github.rocketmigrate.assess.RowState.NotMeasurable;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.report.AssessmentComparison.EarlierAssessment;
import io.github.rocketmigrate.report.JUnitFile.Case;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Sentences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The result of {@code assess}: every row of the examination.
 *
 * @param plan the name of the plan
 * @param folderFile the file with all rows as the user would write it
 * @param failOn the severities that fail the build
 * @param comparison with an earlier examination, if the user has named one
 */
public record AssessmentReport(
        Invocation invocation,
        String plan,
        String folderFile,
        ClusterRoute route,
        List<AssessedRow> rows,
        Set<RowSeverity> failOn,
        Optional<AssessmentComparison> comparison,
        Instant readAt) {
    public static final String GOAL = "assess";

    /** The file with all rows. */
    public static final String FILE = "assessment.json";

    public AssessmentReport {
        requireNonNull(invocation, "invocation is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(folderFile, "folderFile is null");
        requireNonNull(route, "route is null");
        rows = List.copyOf(rows);
        failOn = Set.copyOf(failOn);
        requireNonNull(comparison, "comparison is null");
        requireNonNull(readAt, "readAt is null");
    }

    public static AssessmentReport of(
            Invocation invocation,
            String folderFile,
            Observation seen,
            List<AssessedRow> rows,
            Set<RowSeverity> failOn,
            Optional<EarlierAssessment> earlier) {
        return new AssessmentReport(
                invocation,
                seen.plan().name().value(),
                folderFile,
                ClusterRoute.of(seen),
                rows,
                failOn,
                earlier.map(before -> AssessmentComparison.of(before, rows)),
                seen.readAt());
    }

    /** The rows of each group that has any. */
    Map<RowGroup, List<AssessedRow>> byGroup() {
        Map<RowGroup, List<AssessedRow>> groups = new EnumMap<>(RowGroup.class);
        rows.forEach(row ->
                groups.computeIfAbsent(row.group(), key -> new ArrayList<>()).add(row));
        return groups;
    }

    /** The rows that nobody could measure or has answered. */
    List<AssessedRow> open() {
        return rows.stream().filter(AssessmentReport::isOpen).toList();
    }

    /** The rows that are measured only while the source is observed. */
    List<AssessedRow> unobserved() {
        return rows.stream()
                .filter(row -> row.state() instanceof NotMeasurable open && open.isUnobserved())
                .toList();
    }

    private static boolean isOpen(AssessedRow row) {
        return row.state() instanceof NotMeasurable;
    }

    /** The rows that have fired with a severity. */
    List<AssessedRow> fired(RowSeverity severity) {
        return rows.stream()
                .filter(row -> row.state().severity().equals(Optional.of(severity)))
                .toList();
    }

    /** Blocked by what must not be, pending while something has to be looked at or answered. */
    public Outcome outcome() {
        if (!fired(RowSeverity.BLOCKER).isEmpty()) {
            return Outcome.BLOCKED;
        }
        return fired(RowSeverity.RISK).isEmpty() && rows.stream().noneMatch(AssessmentReport::isOpen)
                ? Outcome.CLEAN
                : Outcome.PENDING;
    }

    /** The counts by their public names. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("rows", (long) rows.size());
        for (RowSeverity severity : RowSeverity.values()) {
            counts.put(severity.word() + "s", (long) fired(severity).size());
        }
        counts.put("notFired", count(NotFired.class));
        counts.put("notMeasurable", count(NotMeasurable.class));
        counts.put("answered", count(Answered.class));
        return counts;
    }

    private long count(Class<? extends RowState> state) {
        return rows.stream().filter(row -> state.isInstance(row.state())).count();
    }

    /** The line that other tools may read. */
    String summary() {
        Map<String, Long> counts = counts();
        long unobserved = unobserved().size();
        List<String> fired = Arrays.stream(RowSeverity.values())
                .filter(severity -> counts.get(severity.word() + "s") > 0)
                .map(severity -> Counts.of(counts.get(severity.word() + "s"), severity.word()))
                .toList();
        return ObjectTally.line(
                "Assessment",
                String.join(", ", fired),
                ObjectTally.some(List.of(
                        ObjectTally.some(counts.get("notMeasurable") - unobserved, "not measurable"),
                        ObjectTally.some(unobserved, "not observed"),
                        ObjectTally.some(counts.get("answered"), "answered"),
                        ObjectTally.some(counts.get("notFired"), "fine"))));
    }

    /** Whether the build fails. */
    public boolean fails() {
        return rows.stream().anyMatch(this::isFailing);
    }

    private boolean isFailing(AssessedRow row) {
        return row.state().severity().filter(failOn::contains).isPresent();
    }

    /** The message of a failed build. */
    public String verdict() {
        List<String> ids =
                rows.stream().filter(this::isFailing).map(AssessedRow::id).toList();
        return "The examination found " + Counts.of(ids.size(), "row") + " that "
                + Counts.verb(ids.size(), "fails", "fail") + " the build: " + String.join(", ", ids) + ". " + folderFile
                + " has all rows.";
    }

    /** What was found, with its limit: {@code 72 h (limit: 24 to 720 h)}. */
    static String found(AssessedRow row) {
        String value = row.value().orElseGet(row.state()::remark);
        return value + row.limit().map(limit -> " (limit: " + limit + ")").orElse("");
    }

    /** The result for pipelines. */
    public Result result() {
        return new Result(GOAL, outcome(), invocation.file(), counts(), Result.Details.NONE);
    }

    /** A test case for each row. */
    public List<Case> tests() {
        return rows.stream().map(this::test).toList();
    }

    private Case test(AssessedRow row) {
        String name = row.id() + " " + row.title();
        if (isFailing(row)) {
            FailureText text = new FailureText(Sentences.closed(found(row)))
                    .fix(row.next().orElse(""))
                    .help(HelpPages.row(row.id()));
            return Case.failed(name, row.state().severity().orElseThrow().word(), found(row), text);
        }
        if (row.state() instanceof NotMeasurable open) {
            return Case.skipped(name, Sentences.closed(open.why()) + " " + open.question());
        }
        return row.state()
                .severity()
                .map(severity -> Case.skipped(name, severity.word() + ": " + found(row)))
                .orElseGet(() -> Case.passed(name));
    }
}
