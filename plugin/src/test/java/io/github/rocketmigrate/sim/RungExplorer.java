package io.github.rocketmigrate.sim;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Explores rungs. As a function, it answers what is violated in the rung of a name, with the timeline that leads there, or
 * nothing.
 */
public final class RungExplorer implements Function<String, String> {
    private final int most;

    /** Leaves out what needs more than {@code most} steps and kills together. */
    public RungExplorer(int most) {
        this.most = most;
    }

    ExplorationResult explore(RungCase rung) {
        try {
            Path folder = Files.createTempDirectory("exploration");
            try {
                return new Exploration(rung, most, folder).explore();
            } finally {
                Seeds.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String apply(String name) {
        return violations(explore(RungCase.named(name)));
    }

    private static String violations(ExplorationResult result) {
        StringBuilder lines = new StringBuilder();
        result.violations()
                .forEach(one -> lines.append(one.invariant())
                        .append(": ")
                        .append(one.what())
                        .append('\n'));
        result.timeline().forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    /** Explores rungs on all processors and prints what is found. Returns whether nothing is violated. */
    boolean all(List<RungCase> rungs, PrintStream out) throws InterruptedException {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<ExplorationResult>> running = rungs.stream()
                    .map(rung -> threads.submit(() -> explore(rung)))
                    .toList();
            List<ExplorationResult> results = new ArrayList<>();
            for (Future<ExplorationResult> one : running) {
                ExplorationResult result = one.get();
                results.add(result);
                out.println(result.line());
                out.print(violations(result));
            }
            out.printf(
                    Locale.ROOT,
                    "%n%d rungs, %,d states, %,d kill points%n",
                    results.size(),
                    results.stream().mapToLong(ExplorationResult::states).sum(),
                    results.stream().mapToLong(ExplorationResult::killPoints).sum());
            return results.stream().allMatch(result -> result.violations().isEmpty());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
