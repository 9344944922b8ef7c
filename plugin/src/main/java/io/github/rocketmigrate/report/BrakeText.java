package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.record.Brakes;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Collection;
import java.util.List;

/** Prints what a brake holds from now on, and what it does not hold. */
public final class BrakeText {
    private final Terminal terminal;
    private final Layout layout;

    public BrakeText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
    }

    /**
     * Prints what stands after the goal has put a brake on.
     *
     * @param written how many name servers have the note, in words
     * @param missing why others do not have it
     * @param inFence topics that are in a fence
     */
    public void pulled(
            Brakes brakes,
            List<String> written,
            List<String> missing,
            Collection<String> inFence,
            Invocation invocation) {
        layout.text(0, "The brake is on. No run begins a new step:", terminal::strong);
        brakes.words().forEach(line -> layout.item("  ! ", line, terminal::doubtful));
        layout.text(0, "Every run finds it within 2 s, at " + String.join(" and ", written) + ".");
        missing.forEach(why -> layout.warning("Not at every name server: " + why));
        layout.text(
                0,
                "Not stopped: steps that have begun, fences that are closed, and the way back"
                        + " (a lower stage in the plan, or migrate:rollback).");
        if (!inFence.isEmpty()) {
            layout.text(
                    0,
                    Counts.of(inFence.size(), "topic") + " " + Counts.isOrAre(inFence.size())
                            + " in a fence, and the run opens it as usual: "
                            + Names.of(inFence, Counts.MOST_NAMED) + ".");
        }
        layout.next(NextStep.afterBrake(invocation));
    }

    /** Prints which brakes {@code resume} has released. */
    public void released(List<String> brakes, Brakes left) {
        brakes.forEach(line -> layout.text(0, "Released the brake: " + line));
        left.words().forEach(line -> layout.warning("The brake is still on for " + line));
    }

    /** Prints the brakes that are on, first on a board or plan. */
    static void first(PlanReport plan, Layout layout, Terminal terminal) {
        Brakes brakes = plan.situation().brakes();
        if (!brakes.scopes().isEmpty()) {
            layout.blank();
            brakes.words().forEach(line -> layout.item("! ", "The brake is on for " + line, terminal::bad));
            layout.text(2, "No run begins a new step. When the reason is gone, release it:");
            layout.command(2, plan.invocation().releasing(brakes));
        }
    }
}
