package io.github.rocketmigrate.run;

import io.github.rocketmigrate.report.OneSideReport;
import io.github.rocketmigrate.report.OneSideText;
import io.github.rocketmigrate.report.PlainTerminal;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.report.StatusText;
import java.util.ArrayList;
import java.util.List;

/** What {@code status} prints in a narrow terminal. */
final class PrintedBoards implements Status.Shown {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void board(StatusReport report) {
        new StatusText(new PlainTerminal(lines), false).print(report);
    }

    @Override
    public void oneSide(OneSideReport report) {
        new OneSideText(new PlainTerminal(lines), false).print(report);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** All in one line, without runs of spaces. */
    String text() {
        return String.join(" ", lines).replaceAll(" +", " ");
    }
}
