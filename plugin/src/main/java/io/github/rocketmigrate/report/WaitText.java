package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import java.util.List;

/** Prints what a run waits for: each reason once, with its topics. */
public final class WaitText {
    private static final int MOST_NAMED = 3;

    private final Terminal terminal;

    public WaitText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    public void print(String how, List<WaitReason> reasons, int most) {
        Layout layout = new Layout(terminal);
        if (reasons.size() == 1) {
            layout.item("… ", how + " " + words(reasons.get(0)), terminal::doubtful);
            return;
        }
        layout.item("… ", how, terminal::doubtful);
        reasons.stream().limit(most).forEach(reason -> layout.item("  - ", words(reason), text -> text));
        if (reasons.size() > most) {
            layout.text(4, "and " + (reasons.size() - most) + " more");
        }
    }

    private static String words(WaitReason reason) {
        return reason.topics().isEmpty() ? reason.what() : Names.of(reason.topics(), MOST_NAMED) + ": " + reason.what();
    }
}
