package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.apply.Applied;
import io.github.rocketmigrate.change.Stale;
import java.util.List;

/** Tells people what {@code apply} has done, and at more length what it has not. */
public final class ApplyText {
    private static final int WIDTH = 73;
    private static final int MOST_SHOWN = 20;

    private final Terminal terminal;

    public ApplyText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    public void print(ApplyReport report) {
        stale(report.stale());
        if (!report.isDryRun()) {
            unfinished(report.unfinished());
        }
        report.warnings().forEach(warning -> Wrapped.lines(warning, WIDTH).forEach(terminal::warning));
        terminal.line("");
        terminal.line(terminal.strong(report.summary()));
        terminal.line("Next: " + report.next() + ".");
    }

    private void stale(List<Stale> stale) {
        if (stale.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(terminal.strong("The change set fits no more; nothing was changed."));
        stale.stream().limit(MOST_SHOWN).forEach(one -> {
            terminal.line("  " + terminal.bad("!") + " " + one.kind() + "  " + one.name());
            Wrapped.lines(one.what(), WIDTH - 6).forEach(line -> terminal.line("      " + line));
        });
        more(stale.size());
    }

    private void unfinished(List<Applied> unfinished) {
        if (unfinished.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(terminal.strong("not done"));
        String last = "";
        for (Applied one : unfinished.subList(0, Math.min(MOST_SHOWN, unfinished.size()))) {
            terminal.line("  " + terminal.bad("!") + " " + one.ending().word().replace('-', ' ') + "  "
                    + ApplyReport.words(one));
            String reason = Sentences.of(one.why(), one.fix());
            if (!reason.equals(last)) {
                Wrapped.lines(reason, WIDTH - 6).forEach(line -> terminal.line("      " + line));
            }
            last = reason;
        }
        more(unfinished.size());
    }

    private void more(int all) {
        if (all > MOST_SHOWN) {
            terminal.line("  and " + (all - MOST_SHOWN) + " more, in " + ResultFile.NAME);
        }
    }
}
