package io.github.rocketmigrate.report;

import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.text.Counts;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the rows that a board has no room for, and orders rows so that these are the healthy ones. */
final class FoldedRows {
    /** What nobody has to look at comes last. */
    static final Comparator<StatusRow> PROBLEMS_FIRST = Comparator.comparingInt(FoldedRows::urgency);

    private static final int IN_FENCE = 0;
    private static final int TO_FIX = 1;
    private static final int TO_CHANGE = 2;
    private static final int HEALTHY = 3;

    private FoldedRows() {}

    static boolean isHealthy(StatusRow row) {
        return urgency(row) == HEALTHY;
    }

    /** Consumers in a fence get no new messages, which is more urgent than what is blocked. */
    private static int urgency(StatusRow row) {
        if (row.progress().fence().isPresent()) {
            return IN_FENCE;
        }
        if (row.missing().isStuck()) {
            return TO_FIX;
        }
        return row.missing().isNone() ? HEALTHY : TO_CHANGE;
    }

    /**
     * {@code 2 more topics to fix, 14 more topics at destination}.
     *
     * @param more the word between the number and its noun, with a space, or nothing
     */
    static String words(List<StatusRow> rows, String more) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, StatusRow> kinds = new LinkedHashMap<>();
        rows.stream().sorted(PROBLEMS_FIRST).forEach(row -> {
            String key = row.item().kind() + state(row);
            kinds.putIfAbsent(key, row);
            counts.merge(key, 1, Integer::sum);
        });
        return counts.entrySet().stream()
                .map(count -> {
                    StatusRow row = kinds.get(count.getKey());
                    return count.getValue() + " " + more
                            + Counts.noun(count.getValue(), row.item().kind().word()) + " " + state(row);
                })
                .collect(joining(", "));
    }

    /**
     * {@code … 7 more topics and 2 more groups in 3 batches}.
     *
     * @param more the word between the number and its noun, with a space, or nothing
     */
    static String count(List<StatusRow> rows, String more) {
        Map<Subject.Kind, Long> kinds = new TreeMap<>(reverseOrder());
        rows.forEach(row -> kinds.merge(row.item().kind(), 1L, Long::sum));
        long batches = rows.stream().map(row -> row.item().batch()).distinct().count();
        return "… "
                + kinds.entrySet().stream()
                        .map(kind -> kind.getValue() + " " + more
                                + Counts.noun(kind.getValue(), kind.getKey().word()))
                        .collect(joining(" and "))
                + " in " + Counts.of(batches, "batch");
    }

    private static String state(StatusRow row) {
        if (row.progress().fence().isPresent()) {
            return row.progress().now();
        }
        return switch (urgency(row)) {
            case IN_FENCE, TO_FIX -> "to fix";
            case TO_CHANGE -> "to change";
            default ->
                row.progress()
                        .place()
                        .map(Stage::word)
                        .map(stage -> "at " + stage)
                        .orElse(row.progress().now());
        };
    }
}
