package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    /** {@code 3 to create, 2 blocked, 1 unchanged}. */
    String counts() {
        String changed = Arrays.stream(PlanRow.Mark.values())
                .filter(mark -> count(mark) > 0)
                .map(mark -> count(mark) + " " + mark.word())
                .collect(joining(", "));
        String rest = unchanged == 0 ? "" : unchanged + " unchanged";
        return changed.isEmpty() || rest.isEmpty() ? changed + rest : changed + ", " + rest;
    }

    private long count(PlanRow.Mark mark) {
        return rows.stream().filter(row -> row.mark() == mark).count();
    }
}
