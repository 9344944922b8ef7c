package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Stage;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rows of one batch, or of the join.
 *
 * @param stage that the batch should have; empty for the join and for plans without traffic
 * @param unchanged the number of objects that already agree with the plan
 */
record PlanBatch(String name, Optional<String> owner, Optional<Stage> stage, List<PlanRow> rows, int unchanged) {
    PlanBatch {
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(stage, "stage is null");
        rows = List.copyOf(rows);
    }

    /** The name, the owner and the stage, for a heading. */
    String title(String separator) {
        return Stream.of(Optional.of(name), owner, stage.map(it -> "stage " + it.word()))
                .flatMap(Optional::stream)
                .collect(joining(separator));
    }

    /** {@code 3 to create; 2 blocked; 1 unchanged}, in the words of the summary of the plan. */
    String counts() {
        ObjectTally tally = new ObjectTally();
        rows.forEach(row -> row.actions()
                .forEach(action -> tally.add(
                        new ObjectKey(row.subject().kind(), row.name(), row.mark() == PlanRow.Mark.LEAVE), action)));
        return ObjectTally.parts(
                tally.planned(),
                ObjectTally.some(List.of(
                        ObjectTally.some(count(PlanRow.Mark::isBlocked), "blocked"),
                        ObjectTally.some(count(mark -> mark == PlanRow.Mark.WAITING), "waiting"))),
                ObjectTally.some(unchanged, "unchanged"));
    }

    private long count(Predicate<PlanRow.Mark> such) {
        return rows.stream().map(PlanRow::mark).filter(such).count();
    }
}
