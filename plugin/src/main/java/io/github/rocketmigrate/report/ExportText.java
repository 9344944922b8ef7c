package io.github.rocketmigrate.report;

import io.github.rocketmigrate.text.Counts;

/** Prints what was exported. */
public final class ExportText {
    private final Layout layout;

    public ExportText(Terminal terminal) {
        this.layout = new Layout(terminal);
    }

    public void print(ExportReport report) {
        layout.strong(report.cluster() + " (" + report.side().word() + "): " + count(report, "topics", "topic") + ", "
                + count(report, "groups", "group") + " of " + count(report, "brokers", "broker") + " → "
                + report.file());
        layout.blank();
        layout.next(NextStep.after(report));
    }

    private static String count(ExportReport report, String name, String noun) {
        return Counts.of(report.counts().get(name), noun);
    }
}
