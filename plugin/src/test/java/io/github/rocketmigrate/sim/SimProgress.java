package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.ApplyProgress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Notes in the history what a run says while it goes on. */
final class SimProgress implements ApplyProgress {
    private final History history;
    private final SimProcess process;
    private final Consumer<Change> witness;
    private String last = "";
    private List<WaitReason> lastReasons = List.of();

    /** Tells {@code witness} of every change that was tried. */
    SimProgress(History history, SimProcess process, Consumer<Change> witness) {
        this.history = history;
        this.process = process;
        this.witness = witness;
    }

    @Override
    public void waiting(List<WaitReason> reasons) {
        if (!history.isRead() || reasons.equals(lastReasons)) {
            return;
        }
        lastReasons = reasons;
        String words = reasons.toString();
        if (!words.equals(last)) {
            history.say(process.name(), "waits for " + words);
            last = words;
        }
    }

    @Override
    public void done(int done, int all) {
        // The writes themselves are in the history.
    }

    @Override
    public void made(List<AppliedChange> changes, Duration took) {
        changes.forEach(change -> witness.accept(change.change()));
        changes.forEach(change -> history.say(
                process.name(),
                () -> change.outcome() + " " + change.change().getClass().getSimpleName() + " "
                        + change.change().subject().name()
                        + (change.why().isEmpty() ? "" : ": " + change.why())));
    }

    @Override
    public void overruled(String what) {
        history.say(process.name(), "overrules " + what);
    }
}
