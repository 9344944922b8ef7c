package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.discover.InferenceFile;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.report.AppliedPlanMarkdown;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.AssessedBlockers;
import io.github.rocketmigrate.report.AssessmentFile;
import io.github.rocketmigrate.report.AssessmentMarkdown;
import io.github.rocketmigrate.report.AssessmentReport;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.report.FailedPlanMarkdown;
import io.github.rocketmigrate.report.JUnitFile;
import io.github.rocketmigrate.report.PlanMarkdown;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Provenance;
import io.github.rocketmigrate.report.Result;
import io.github.rocketmigrate.report.ResultFile;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.report.ValidationReport;
import io.github.rocketmigrate.report.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes the files that a goal leaves for pipelines.
 *
 * <p>Longer than 300 lines: it has a method for the files of each goal.
 *
 * @param folder for reports
 * @param changeSet the file of the change set
 * @param changeSetName that file as the user would write it
 * @param provenance of the results
 */
public record Outputs(Path folder, Path changeSet, String changeSetName, Provenance provenance) {
    /** The default name of the change set's file. */
    public static final String CHANGE_SET = "change-set.json";

    private static final String ADDITIONS = "additions.yaml";

    /** Distinguishes a change set from other files, which must not be overwritten. */
    private static final String MARK = "\"fingerprint\"";

    /** Distinguishes exports from other files. */
    private static final List<String> EXPORTS = List.of("\"migrate\" : {", "# Written by migrate:export");

    private static final int BEGINNING = 1_000;

    public Outputs {
        requireNonNull(folder, "folder is null");
        requireNonNull(changeSet, "changeSet is null");
        requireNonNull(changeSetName, "changeSetName is null");
        requireNonNull(provenance, "provenance is null");
    }

    private interface Writing {
        void run() throws IOException;
    }

    /**
     * Deletes the files of an earlier run of the goal, so that they are not mistaken for the result of this run. A plan
     * also deletes the results of the applies before it, and the change set that it will replace.
     */
    public void clear(String goal) {
        attempt(() -> {
            Files.deleteIfExists(folder.resolve(ResultFile.NAME));
            clearResult(goal);
            if (goal.equals(AssessmentReport.GOAL)) {
                Files.deleteIfExists(folder.resolve(AssessmentReport.FILE));
                Files.deleteIfExists(folder.resolve(AssessmentMarkdown.NAME));
            }
            if (goal.equals(DiscoveryReport.GOAL)) {
                Files.deleteIfExists(folder.resolve(ADDITIONS));
            }
            if (goal.equals(PlanReport.GOAL)) {
                // A new plan begins a new round. The evidence of earlier runs stays.
                for (String after : List.of(ApplyReport.GOAL, ApplyReport.ROLLBACK, Resume.GOAL, StatusReport.GOAL)) {
                    clearResult(after);
                }
                Files.deleteIfExists(folder.resolve(PlanMarkdown.NAME));
                if (changeSet.equals(folder.resolve(CHANGE_SET))) {
                    Files.deleteIfExists(changeSet);
                }
            }
        });
        if (goal.equals(PlanReport.GOAL)) {
            checkChangeSet();
            attempt(() -> Files.deleteIfExists(changeSet));
        }
    }

    /**
     * Deletes the results of a {@code validate} that has failed: another goal has read the plan since, and found no error.
     * CI servers would still show these results as failed tests.
     */
    public void planIsValid() {
        attempt(() -> {
            if (JUnitFile.hasFailed(folder, ValidationReport.GOAL)) {
                clearResult(ValidationReport.GOAL);
            }
        });
    }

    private void clearResult(String goal) throws IOException {
        Files.deleteIfExists(folder.resolve(ResultFile.name(goal)));
        Files.deleteIfExists(folder.resolve(JUnitFile.name(goal)));
    }

    /** Refuses to overwrite a file that is not a change set. */
    private void checkChangeSet() {
        if (Files.isDirectory(changeSet)) {
            throw new Fault("migrate.out=" + changeSetName + " is a folder.", "Name a file in it for the change set.");
        }
        attempt(() -> {
            if (Files.exists(changeSet) && !beginning(changeSet).contains(MARK)) {
                throw new Fault(
                        "migrate.out=" + changeSetName + " exists and is not a change set.",
                        "Name another file or delete this one.");
            }
        });
    }

    private static String beginning(Path path) throws IOException {
        try (InputStream file = Files.newInputStream(path)) {
            return new String(file.readNBytes(BEGINNING), UTF_8);
        }
    }

    /** Writes the result of reading a plan, which may have problems. */
    public void write(String goal, ValidationReport report) {
        attempt(() -> {
            results().write(folder, report.result(goal));
            tests().write(folder, goal, report.tests(), provenance.at());
            if (report.outcome() == Outcome.INVALID) {
                if (goal.equals(ValidationReport.GOAL)) {
                    // The build ends before the goal plan, which would have replaced these.
                    clearResult(PlanReport.GOAL);
                }
                writeFailedPlan(report.name(), report.result(goal));
            }
        });
    }

    /**
     * Writes the result of a goal that failed.
     *
     * @param plan the name of the plan or, if it could not be read, its file
     */
    public void write(String plan, Result failed) {
        attempt(() -> {
            results().write(folder, failed);
            tests().write(folder, failed.goal(), failed.errors(), provenance.at());
            writeFailedPlan(plan, failed);
        });
    }

    /** Replaces the comment with the plan of an earlier run. */
    private void writeFailedPlan(String plan, Result failed) throws IOException {
        if (failed.goal().equals(PlanReport.GOAL) || failed.goal().equals(ValidationReport.GOAL)) {
            FailedPlanMarkdown.write(folder, plan, failed, provenance);
        }
    }

    /** Writes the result of a goal without a report. */
    public void write(Result result) {
        attempt(() -> results().write(folder, result));
    }

    void write(PlanReport report, String changes) {
        attempt(() -> {
            WholeFile.write(changeSet, changes);
            PlanMarkdown.write(folder, report, provenance);
            results().write(folder, report.result());
            tests().write(
                            folder,
                            PlanReport.GOAL,
                            report.tests(),
                            report.situation().readAt());
        });
    }

    /** Writes a new plan, with the evidence for it among the reports, and the result. */
    void write(Path plan, String text, String evidence, Result result) {
        attempt(() -> {
            WholeFile.write(folder.resolve(InferenceFile.NAME), evidence);
            WholeFile.write(plan, text);
            new ResultFile(provenance.ofNew(plan)).write(folder, result);
        });
    }

    /**
     * Replaces the text of a plan, with the evidence for what is new in it among the reports, and the result. A plan that
     * somebody has changed in the meantime is not replaced.
     *
     * @param before the text that was read
     */
    void write(Path plan, String before, String after, String evidence, Result result) {
        attempt(() -> {
            if (!Files.readString(plan, UTF_8).equals(before)) {
                throw new Fault(
                        result.file() + " was changed while the source was read. It was not touched.", "Run again.");
            }
            WholeFile.write(folder.resolve(InferenceFile.NAME), evidence);
            if (!after.equals(before)) {
                WholeFile.edit(plan, after);
            }
            new ResultFile(provenance.ofNew(plan)).write(folder, result);
        });
    }

    /** Refuses to replace a file that is not an export. */
    void checkExport(Path file, String name) {
        attempt(() -> {
            if (Files.isDirectory(file)) {
                throw new Fault("migrate.exportFile=" + name + " is a folder.", "Name a file in it.");
            }
            if (Files.exists(file) && EXPORTS.stream().noneMatch(beginning(file)::contains)) {
                throw new Fault(
                        name + " exists and was not written by migrate:export.",
                        "Name another file or delete this one.");
            }
        });
    }

    /** Writes the topics and groups of a cluster, and the result. */
    void writeExport(Path file, String text, Result result) {
        attempt(() -> {
            WholeFile.write(file, text);
            results().write(folder, result);
        });
    }

    /** Writes what a person has to add to the plan. Returns the file as the user would write it. */
    String writeAdditions(String text) {
        attempt(() -> WholeFile.write(folder.resolve(ADDITIONS), text));
        return named(ADDITIONS);
    }

    /** A report as the user would write its file. */
    String named(String report) {
        return Path.of(changeSetName).resolveSibling(report).toString();
    }

    /** What the last examination of the plan has found, if its file is still there. */
    Optional<String> assessedBlockers(Situation situation) {
        return AssessedBlockers.in(
                folder.resolve(AssessmentReport.FILE),
                named(AssessmentReport.FILE),
                situation.plan().name().value(),
                situation.readAt());
    }

    /** The folder {@link #evidence} as the user would write it. */
    String evidenceName(String run) {
        return Path.of(changeSetName).resolveSibling("evidence").resolve(run).toString();
    }

    /** The outputs of a goal that saves results and no change set. */
    Outputs withoutChangeSet() {
        Path result = Path.of(changeSetName).resolveSibling(ResultFile.NAME);
        return new Outputs(folder, changeSet, result.toString(), provenance);
    }

    /** The folder with the evidence of one run, which no later run changes. */
    Path evidence(String run) {
        return folder.resolve("evidence").resolve(run);
    }

    /**
     * Writes the results of a run.
     *
     * @param evidence the folder for its evidence, if something was attempted
     * @param changes the change set
     */
    void write(ApplyReport report, Optional<Path> evidence, String changes) {
        attempt(() -> {
            results().write(folder, report);
            tests().write(
                            folder,
                            report.goal(),
                            report.tests(),
                            report.left().situation().readAt());
            AppliedPlanMarkdown.mark(folder, report);
            if (evidence.isPresent()) {
                WholeFile.write(evidence.get().resolve(CHANGE_SET), changes);
                results().archive(evidence.get(), report);
            }
        });
    }

    void write(AssessmentReport report) {
        attempt(() -> {
            new AssessmentFile(provenance).write(folder, report);
            AssessmentMarkdown.write(folder, report, provenance);
            results().write(folder, report.result());
            tests().write(folder, AssessmentReport.GOAL, report.tests(), report.readAt());
        });
    }

    void write(StatusReport report) {
        attempt(() -> results().write(folder, report.result(), report.rows()));
    }

    private JUnitFile tests() {
        return new JUnitFile(provenance);
    }

    private ResultFile results() {
        return new ResultFile(provenance);
    }

    private void attempt(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new Fault(
                    "The result could not be written: " + e, "Check that " + folder + " is a writable folder.", e);
        }
    }
}
