package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.model.Position;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out whether a plan names its clusters without errors. In an emergency, errors in the rest do not matter. */
final class ClustersOfPlan {
    private static final List<String> PARTS = List.of("/name", "/source", "/destination");

    private final YamlTree tree;
    private final Set<Position> errors;

    ClustersOfPlan(YamlTree tree, List<Problem> problems) {
        this.tree = requireNonNull(tree, "tree is null");
        this.errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(Problem::at)
                .collect(toSet());
    }

    boolean areUsable(MigrationPlan plan) {
        boolean areNamed = !plan.name().value().isEmpty()
                && Stream.of(plan.source(), plan.destination())
                        .noneMatch(cluster -> cluster.nameServers().isEmpty());
        return areNamed
                && tree.positions().entrySet().stream()
                        .filter(element -> PARTS.stream()
                                .anyMatch(part -> element.getKey().equals(part)
                                        || element.getKey().startsWith(part + "/")))
                        .noneMatch(element -> errors.contains(element.getValue().key())
                                || errors.contains(element.getValue().value()));
    }
}
