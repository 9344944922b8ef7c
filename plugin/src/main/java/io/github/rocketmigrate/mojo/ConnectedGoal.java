package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.PlanReader;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.WrittenPlan;
import io.github.rocketmigrate.report.FailedPlanMarkdown;
import io.github.rocketmigrate.report.Layout;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Result;
import io.github.rocketmigrate.report.SandboxText;
import io.github.rocketmigrate.report.ValidationReport;
import io.github.rocketmigrate.report.ValidationText;
import io.github.rocketmigrate.run.Accounts;
import io.github.rocketmigrate.run.ClusterProbe;
import io.github.rocketmigrate.run.Outputs;
import io.github.rocketmigrate.run.PlanReaders;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.wire.Preparation;
import io.github.rocketmigrate.write.SystemTiming;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/**
 * One run of a goal that reads a plan. Its result replaces that of the earlier run in any case, even if a parameter is
 * wrong, the plan is invalid, or another fault ends the goal.
 */
final class ConnectedGoal {
    private static final String STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

    private final String goal;
    private final String file;
    private final Outputs outputs;
    private final BuildFolder build;
    private final Log log;
    /** The lines of the plan once it was read. */
    private List<String> lines = List.of();
    /** The name of the plan or, until the plan has been read, its file. */
    private String name;
    /** Whether the goal repeats what it shows. */
    private boolean isWatched;
    /** Whether files stand for the source. */
    private boolean isOfFiles;
    /** Whether the goal reads what it can reach, and a managed destination is no problem. */
    private boolean isExamination;
    /** Whether the plan's clusters are those of the sandbox. */
    private boolean isOfSandbox;
    /** An address of the plan that is not of the sandbox, while others are. */
    private Optional<Located<String>> besideSandbox = Optional.empty();
    /** Prints what was found out in spite of the fault that ends the goal. */
    private Runnable belowFault = () -> {};

    ConnectedGoal(String goal, String file, Outputs outputs, BuildFolder build, Log log) {
        this.goal = goal;
        this.file = file;
        this.name = file;
        this.outputs = outputs;
        this.build = build;
        this.log = log;
    }

    /** What a goal does, its own parameters included. */
    interface Work {
        void with(ConnectedGoal goal) throws MojoFailureException;
    }

    /** Deletes the result of an earlier run, then works. */
    void run(Work work) throws MojoFailureException, MojoExecutionException {
        // Whatever ends the goal, no later goal of the build may take the outcome of an earlier one for this one's.
        build.publish(Outcome.ERROR, Map.of());
        try {
            outputs.clear(goal);
            work.with(this);
        } catch (Fault fault) {
            build.publish(Outcome.ERROR, Map.of());
            writeResult(fault);
            // Maven prints the stack trace of a cause; only -X should.
            StackTrace.print(log, fault);
            if (fault.at().isEmpty()) {
                belowFault.run();
                throw new MojoExecutionException(
                        FaultMessage.withHelp(fault, new MavenTerminal(log).width() - GoalMojo.LONGER_LEVEL));
            }
            new ValidationText(new MavenTerminal(log)).faults(file, lines, fault);
            belowFault.run();
            throw new MojoExecutionException(lastLine(fault));
        }
    }

    /** The sentence with which Maven ends, after the faults were printed at their positions in the plan. */
    private String lastLine(Fault fault) {
        int others = fault.all().size() - 1;
        String cause = Printable.of(fault.all().get(0).getMessage());
        return goal + " failed: " + Sentences.closed(Sentences.open(cause))
                + (others == 0 ? "" : " " + Counts.of(others, "more problem") + " above.");
    }

    /** Prints something below the fault that ends the goal, where it is read with the fault in mind. */
    void belowFault(Runnable print) {
        belowFault = print;
    }

    /** Files stand for the source, so the plan need not know its addresses. */
    void readsNoSource() {
        isOfFiles = true;
    }

    /** The goal reads what it can reach: a managed destination is no problem. */
    void examines() {
        isExamination = true;
    }

    /** A board that refreshes itself shows what is down now; a notice above it would stay when the server is back. */
    void isWatched() {
        isWatched = true;
    }

    Outputs outputs() {
        return outputs;
    }

    /** Says what happens before the first result: large clusters take some seconds. */
    void reading(String what) {
        new Layout(new MavenTerminal(log)).text(0, "Reading " + what + "…");
    }

    /** Reads the plan for its name and clusters only: in an emergency, errors in the rest do not matter. */
    MigrationPlan clustersOfPlan() throws MojoFailureException {
        PlanReading reading = read(build.placeholders());
        if (reading.plan().isPresent() || reading.servers().isEmpty()) {
            return plan();
        }
        lines = reading.lines();
        name = reading.servers().get().name().value();
        new Layout(new MavenTerminal(log))
                .warning(file + " has errors; this goal uses only its name, source and destination.");
        return reading.servers().get();
    }

    /** Reads the plan, and prepares connections meanwhile. */
    MigrationPlan plan() throws MojoFailureException {
        Preparation.begin();
        BuildProperties properties = build.placeholders();
        PlanReading reading = read(properties);
        lines = reading.lines();
        ValidationReport report = new ValidationReport(file, reading);
        new ValidationText(new MavenTerminal(log)).problems(report);
        Optional<MigrationPlan> plan = reading.plan();
        if (plan.isEmpty()) {
            throw invalid(report);
        }
        outputs.planIsValid();
        name = plan.get().name().value();
        isOfSandbox = properties.isOfSandbox(plan.get());
        besideSandbox = properties.besideSandbox(plan.get());
        properties
                .sandboxUsed()
                .filter(state -> !isWatched)
                .ifPresent(new SandboxText(new MavenTerminal(log))::incomplete);
        return plan.get();
    }

    /**
     * Reads the plan as {@link #plan()} does, and refuses a time in which clients of its clusters do not poll their routes.
     *
     * @param isUnsafeAllowed whether the user takes any time
     * @param accounts to find out what is wrong with an address that is not of the sandbox, beside others that are
     */
    MigrationPlan plan(Duration routePoll, boolean isUnsafeAllowed, Accounts accounts) throws MojoFailureException {
        MigrationPlan plan = plan();
        boolean isAllowed = isUnsafeAllowed || isOfSandbox;
        if (!ParameterValues.mayPoll(routePoll, isAllowed) && besideSandbox.isPresent() && !isOfFiles) {
            new ClusterProbe(accounts, new SystemTiming()).reach(plan);
        }
        ParameterValues.checkRoutePoll(routePoll, isAllowed, besideSandbox);
        return plan;
    }

    /** Reads the plan to add to it: its values may be undecided, and it may lack batches. */
    WrittenPlan planToExtend() throws MojoFailureException {
        WrittenPlan text = PlanReaders.extending(build.placeholders(), LocalDate.now(ZoneOffset.UTC))
                .readText(build.resolve(file));
        lines = text.reading().lines();
        if (!text.reading().isExtensible()) {
            ValidationReport report = new ValidationReport(file, text.reading());
            new ValidationText(new MavenTerminal(log)).problems(report);
            throw invalid(report);
        }
        return text;
    }

    private MojoFailureException invalid(ValidationReport report) {
        build.publish(report.outcome(), report.counts());
        outputs.write(goal, report);
        addToStepSummary(name, report.result(goal));
        return invalid(report, " Nothing was sent to any cluster.");
    }

    /** Reads the plan's file as it is now, and prints nothing. */
    PlanReading read() {
        return read(build.placeholders());
    }

    private PlanReading read(BuildProperties properties) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return reader(properties, today).read(build.resolve(file)).named(file);
    }

    private PlanReader reader(BuildProperties properties, LocalDate today) {
        if (isExamination) {
            return PlanReaders.examining(properties, today, isOfFiles);
        }
        return isOfFiles ? PlanReaders.comparing(properties, today) : PlanReaders.connecting(properties, today);
    }

    /**
     * The sentence with which Maven ends.
     *
     * @param effect what did not happen
     */
    static MojoFailureException invalid(ValidationReport report, String effect) {
        return new MojoFailureException(Printable.of(report.verdict() + effect));
    }

    private void writeResult(Fault fault) {
        Result failed = Result.of(goal, file, fault);
        addToStepSummary(name, failed);
        try {
            outputs.write(name, failed);
        } catch (Fault unwritable) {
            // The build fails with the first fault.
            StackTrace.print(log, unwritable);
        }
    }

    private void addToStepSummary(String plan, Result failed) {
        if (goal.equals(PlanReport.GOAL)) {
            addToStepSummary(page -> FailedPlanMarkdown.append(page, plan, failed, outputs.provenance()));
        }
    }

    /** Appends to a Markdown page. */
    interface Addition {
        void to(Path page) throws IOException;
    }

    /** Appends to the page that GitHub Actions shows for the build, if it runs there. */
    void addToStepSummary(Addition addition) {
        String page = System.getenv(STEP_SUMMARY);
        if (page == null || page.isBlank()) {
            return;
        }
        try {
            addition.to(Path.of(page));
        } catch (IOException | InvalidPathException e) {
            new Layout(new MavenTerminal(log))
                    .warning("The report could not be added to " + STEP_SUMMARY + "=" + page + ": " + e.getMessage());
        }
    }
}
