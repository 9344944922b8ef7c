package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of reading a plan's file, with its problems or without.
 *
 * @param lines the lines of the text; empty if the file could not be read
 * @param plan absent if the file has errors
 * @param servers the plan if its name and its clusters have no errors, whatever the rest has
 * @param problems in the order of the text
 * @param size the size of the part that could be read
 */
public record PlanReading(
        Path file,
        List<String> lines,
        Optional<MigrationPlan> plan,
        Optional<MigrationPlan> servers,
        List<Problem> problems,
        Size size) {
    public PlanReading {
        requireNonNull(file, "file is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(servers, "servers is null");
        requireNonNull(size, "size is null");
        lines = List.copyOf(lines);
        problems = problems.stream().sorted(Problem.BY_POSITION).distinct().toList();
    }

    /** A file of which nothing can be used. */
    static PlanReading unusable(Path file, List<String> lines, List<Problem> problems) {
        return new PlanReading(file, lines, Optional.empty(), Optional.empty(), problems, Size.NOTHING);
    }

    /** The numbers of batches, topics and groups. */
    public record Size(int batches, int topics, int groups) {
        static final Size NOTHING = new Size(0, 0, 0);

        static Size of(MigrationPlan plan) {
            return new Size(plan.batches().size(), (int) plan.topics().count(), (int)
                    plan.groups().count());
        }
    }

    /**
     * The same of a file that the user named so.
     *
     * @param written the plan's file as it has to stand in commands
     */
    public PlanReading named(String written) {
        return new PlanReading(
                file, lines, plan.map(it -> it.named(written)), servers.map(it -> it.named(written)), problems, size);
    }

    /** Whether something can be added to the plan: its text has the form of a plan, and its clusters have no errors. */
    public boolean isExtensible() {
        return servers.isPresent()
                && problems.stream()
                        .noneMatch(problem -> problem.severity() == Severity.ERROR
                                && problem.rule().isOfForm());
    }

    public long count(Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }
}
