package io.github.rocketmigrate.report;

import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.StatusRow.Progress;
import java.util.List;

/** Draws the way of a topic, so that a glance along a column finds those that lag behind or hold back messages. */
final class StageSquares {
    /** The stages on the way; {@code write-both} is half of the step to the next. */
    private static final List<Stage> WAY =
            List.of(Stage.SOURCE, Stage.READ_BOTH, Stage.WRITE_DESTINATION, Stage.DESTINATION);

    private static final String REACHED = "■";
    private static final String IN_FENCE = "▨";
    private static final String AHEAD = "□";

    private StageSquares() {}

    /** {@code ■■□□} is {@code read-both}, and {@code ■■▨□} a fence; empty at no stage. */
    static String of(Progress progress) {
        if (progress.fence().isPresent()) {
            // Both fences lie between these stages.
            return squares(reached(Stage.READ_BOTH), IN_FENCE);
        }
        return progress.place().map(stage -> squares(reached(stage), "")).orElse("");
    }

    private static int reached(Stage stage) {
        return WAY.indexOf(stage == Stage.WRITE_BOTH ? Stage.READ_BOTH : stage) + 1;
    }

    private static String squares(int reached, String next) {
        return REACHED.repeat(reached) + next + AHEAD.repeat(WAY.size() - reached - next.length());
    }
}
