package io.github.rocketmigrate.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was seen of a scene in the real and in the simulated world, side by side. */
final class SceneComparison {
    private final List<Row> rows = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();

    /** An event as it came in each world. */
    private record Row(Optional<SceneEvent> real, Optional<SceneEvent> simulated) {
        SceneEvent event() {
            return real.or(() -> simulated).orElseThrow();
        }

        boolean isInTime() {
            return real.isPresent() && simulated.isPresent() && real.get().isInTime(simulated.get());
        }

        /** Whether this one comes before the other on real servers, and after it in the simulator. */
        boolean isReversed(Row other) {
            return event().act() == other.event().act()
                    && real.isPresent()
                    && other.real.isPresent()
                    && simulated.isPresent()
                    && other.simulated.isPresent()
                    && real.get().isBefore(other.real.get())
                    && other.simulated.get().isBefore(simulated.get());
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%s %15s %15s %8s  %s",
                    isInTime() ? " " : "!",
                    real.map(Row::time).orElse("-"),
                    simulated.map(Row::time).orElse("-"),
                    event().tolerance().isZero()
                            ? ""
                            : "± " + event().tolerance().toMillis() / 1_000.0,
                    event().what());
        }

        private static String time(SceneEvent event) {
            return String.format(
                    Locale.ROOT,
                    "%.2f to %.2f",
                    event.from().toMillis() / 1_000.0,
                    event.to().toMillis() / 1_000.0);
        }
    }

    SceneComparison(List<SceneEvent> real, List<SceneEvent> simulated) {
        List<SceneEvent> left = new ArrayList<>(simulated);
        for (SceneEvent event : real) {
            Optional<SceneEvent> same = left.stream().filter(event::isSame).findFirst();
            same.ifPresent(left::remove);
            rows.add(new Row(Optional.of(event), same));
        }
        left.forEach(event -> rows.add(new Row(Optional.empty(), Optional.of(event))));
        rows.sort(Comparator.comparingInt((Row row) -> row.event().act())
                .thenComparing(row -> row.event().to()));
        compare();
    }

    private void compare() {
        for (Row row : rows) {
            if (row.real().isEmpty()) {
                differences.add("only the simulator has: " + row.event().what());
            } else if (row.simulated().isEmpty()) {
                differences.add("only real servers have: " + row.event().what());
            } else if (!row.isInTime()) {
                differences.add("at another time: " + row.event().what());
            }
            rows.stream()
                    .filter(row::isReversed)
                    .forEach(other -> differences.add("in another order: "
                            + row.event().what() + " / " + other.event().what()));
        }
    }

    boolean isSame() {
        return differences.isEmpty();
    }

    List<String> differences() {
        return differences;
    }

    /** All events with their times in both worlds; those that differ are marked. */
    String sideBySide() {
        StringBuilder text = new StringBuilder(String.format("  %15s %15s %8s%n", "real", "simulated", "seconds"));
        rows.forEach(row -> text.append(row.line()).append('\n'));
        return text.toString();
    }
}
