package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.Plans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/** Simulates the migration of a seed. As a function, it answers the violated invariants of a seed, one in a line. */
public final class Seeds implements LongFunction<String> {
    /** Reading a plan takes longer than applying it in a simulation. */
    private final Map<String, MigrationPlan> plans = new ConcurrentHashMap<>();

    /** A simulation that has ended. */
    record Ended(SimulationResult result, History history) {}

    Ended simulate(long seed) {
        return simulate(Scenario.of(seed));
    }

    Ended simulate(Scenario scenario) {
        return simulate(scenario, true);
    }

    /** What became of a migration, whose history nobody reads. */
    SimulationResult result(Scenario scenario) {
        return simulate(scenario, false).result();
    }

    private Ended simulate(Scenario scenario, boolean isRead) {
        try {
            Path folder = Files.createTempDirectory("simulation");
            try {
                Simulation simulation =
                        new Simulation(scenario, text -> plans.computeIfAbsent(text, Plans::whole), folder, isRead);
                return new Ended(simulation.run(), simulation.history());
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public String apply(long seed) {
        StringBuilder lines = new StringBuilder();
        result(Scenario.of(seed))
                .violations()
                .forEach(one -> lines.append(one.invariant())
                        .append(": ")
                        .append(one.what())
                        .append('\n'));
        return lines.toString();
    }
}
