package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.JUnitFile;
import io.github.rocketmigrate.report.PlanMarkdown;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Result;
import io.github.rocketmigrate.report.ResultFile;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.report.ValidationReport;
import io.github.rocketmigrate.report.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a goal leaves what pipelines take.
 *
 * @param folder for reports
 * @param changeSet for the change set
 * @param changeSetName how the user would call that file
 */
public record Outputs(Path folder, Path changeSet, String changeSetName) {
    /** What a change set is called where the user does not say. */
    public static final String CHANGE_SET = "change-set.json";

    /** What tells a change set from a file that somebody may miss. */
    private static final String MARK = "\"fingerprint\"";

    private static final int BEGINNING = 1_000;

    public Outputs {
        requireNonNull(folder, "folder is null");
        requireNonNull(changeSet, "changeSet is null");
        requireNonNull(changeSetName, "changeSetName is null");
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** Takes away what an earlier run of the goal has left, so that nobody takes it for the result of this one. */
    public void clear(String goal) {
        attempt(() -> {
            Files.deleteIfExists(folder.resolve(ResultFile.NAME));
            Files.deleteIfExists(folder.resolve(JUnitFile.name(goal)));
            if (goal.equals(PlanReport.GOAL)) {
                Files.deleteIfExists(folder.resolve(PlanMarkdown.NAME));
                if (changeSet.equals(folder.resolve(CHANGE_SET))) {
                    Files.deleteIfExists(changeSet);
                }
            }
        });
        if (goal.equals(PlanReport.GOAL)) {
            checkChangeSet();
        }
    }

    /** Refuses to write a change set over anything but a change set. */
    private void checkChangeSet() {
        if (Files.isDirectory(changeSet)) {
            throw new Fault(
                    "migrate.out=" + changeSetName + " is a folder.", "Name a file in it: the change set is one file.");
        }
        attempt(() -> {
            if (Files.exists(changeSet) && !beginning().contains(MARK)) {
                throw new Fault(
                        "migrate.out=" + changeSetName + " is there already, and it is no change set.",
                        "Name another file, or remove this one.");
            }
        });
    }

    private String beginning() throws IOException {
        try (InputStream file = Files.newInputStream(changeSet)) {
            return new String(file.readNBytes(BEGINNING), UTF_8);
        }
    }

    /** Writes that a plan's file cannot be used. */
    public void write(String goal, ValidationReport report) {
        attempt(() -> {
            new ResultFile().write(folder, report.result(goal));
            new JUnitFile().write(folder, goal, report.tests());
        });
    }

    /** Writes that a goal could not work. */
    public void write(String goal, String file, Fault fault) {
        attempt(() -> new ResultFile().write(folder, Result.of(goal, file, fault)));
    }

    /** Writes what a goal came to that has no report. */
    public void write(Result result) {
        attempt(() -> new ResultFile().write(folder, result));
    }

    void write(PlanReport report, String changes) {
        attempt(() -> {
            WholeFile.write(changeSet, changes);
            PlanMarkdown.write(folder, report);
            new ResultFile().write(folder, report.result());
            new JUnitFile().write(folder, PlanReport.GOAL, report.tests());
        });
    }

    /** How the user would call {@link #evidence}. */
    String evidenceName(String run) {
        return Path.of(changeSetName).resolveSibling("evidence").resolve(run).toString();
    }

    /** The same for a goal that saves no change set, but every outcome. */
    Outputs withoutChangeSet() {
        Path result = Path.of(changeSetName).resolveSibling(ResultFile.NAME);
        return new Outputs(folder, changeSet, result.toString());
    }

    /** Where what belongs to one run is kept for good. */
    Path evidence(String run) {
        return folder.resolve("evidence").resolve(run);
    }

    /**
     * Writes what was applied.
     *
     * @param evidence where to keep it for good, if something was attempted
     * @param changes the change set
     */
    void write(ApplyReport report, Optional<Path> evidence, String changes) {
        attempt(() -> {
            new ResultFile().write(folder, report);
            new JUnitFile().write(folder, ApplyReport.GOAL, report.tests());
            if (evidence.isPresent()) {
                WholeFile.write(evidence.get().resolve(CHANGE_SET), changes);
                new ResultFile().write(evidence.get(), report);
            }
        });
    }

    void write(StatusReport report) {
        attempt(() -> new ResultFile().write(folder, report.result(), report.rows()));
    }

    private void attempt(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new Fault(
                    "The result cannot be written: " + e,
                    "Check that " + folder + " is a folder that can be written.",
                    e);
        }
    }
}
