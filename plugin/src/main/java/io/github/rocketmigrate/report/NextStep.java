package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.Situation;
import java.util.List;

/**
 * Suggests what to do after a goal.
 *
 * @param what continues the word "Next:" and has no full stop
 * @param commands complete commands, each for a line of its own, so that they can be pasted
 */
record NextStep(String what, List<String> commands) {
    private static final String REMOVE_EMPTY = "-Dmigrate.removeEmpty=true";
    private static final String WAIT = "wait for the run at work to end";

    NextStep {
        requireNonNull(what, "what is null");
        commands = List.copyOf(commands);
    }

    private static NextStep of(String what, String... commands) {
        return new NextStep(what, List.of(commands));
    }

    static NextStep after(PlanReport plan) {
        Invocation invocation = plan.invocation();
        if (plan.atWork().filter(RunAtWork::isAlive).isPresent()) {
            return of(plan.outcome() == Outcome.BLOCKED ? "do what is listed under 'To do'; " + WAIT : WAIT);
        }
        return switch (plan.outcome()) {
            case BLOCKED ->
                plan.removals().needOnlyPermission()
                        ? of("review what has to be removed, then allow it", invocation.command("apply", REMOVE_EMPTY))
                        : afterBlocked(plan);
            case DRIFT ->
                of("find out who made the changes marked (drift), then undo them", invocation.apply(plan.changeSet()));
            case PENDING ->
                of(
                        "review the changes, then apply them",
                        invocation.apply(plan.changeSet()) + (plan.figures().remove() > 0 ? " " + REMOVE_EMPTY : ""));
            default -> afterClean(plan);
        };
    }

    /** Some tasks are possible only after the join, which nothing blocks. */
    private static NextStep afterBlocked(PlanReport plan) {
        Invocation invocation = plan.invocation();
        boolean isBeforeJoin = plan.unblocked().stream()
                .anyMatch(change -> change instanceof Change.RegisterBroker register
                        && register.joins()
                        && !(plan.decision(change) instanceof Decision.Held));
        return isBeforeJoin
                ? of("apply the join, then do what is listed under 'To do'", invocation.apply(plan.changeSet()))
                : of("do what is listed under 'To do', then plan again", invocation.command("plan"));
    }

    private static NextStep afterClean(PlanReport plan) {
        Situation situation = plan.situation();
        String nothing =
                situation.scope().partial() ? "nothing to do in the selected part of the plan" : "nothing to do";
        if (situation.plan().traffic().filter(traffic -> !traffic.complete()).isEmpty()) {
            return of(nothing);
        }
        StageEdits edits = new StageEdits(situation);
        return edits.words()
                .map(words -> of(words, plan.invocation().command("plan")))
                .orElseGet(() -> of(
                        edits.isAtTheEnd()
                                ? "set complete: true in traffic, once you no longer need to move back"
                                : nothing));
    }

    static NextStep after(ApplyReport apply) {
        Invocation invocation = apply.plan().invocation();
        String again =
                invocation.changeSet().map(invocation::apply).orElseGet(() -> invocation.command(ApplyReport.GOAL));
        return switch (apply.outcome()) {
            case STALE -> of("plan again, review the new change set, then apply it", invocation.command("plan"));
            case INCOMPLETE -> of(afterStop(apply), again);
            case BLOCKED ->
                apply.left().outcomes().contains(Outcome.BLOCKED)
                        ? of("do what is listed under 'To do', then run again", again)
                        : of("run again to continue", again);
            case PENDING, DRIFT ->
                apply.isDryRun() ? of("run again without -Dmigrate.dryRun", again) : of("run again to continue", again);
            default -> apply.isDryRun() ? after(apply.left()) : afterApplied(apply);
        };
    }

    /** After a join, applications change their endpoint before any topic moves. */
    private static NextStep afterApplied(ApplyReport apply) {
        NextStep next = afterClean(apply.left());
        return apply.endpoint().isPresent() && !next.commands().isEmpty()
                ? new NextStep(
                        "change the name servers of all applications and restart them; then " + next.what(),
                        next.commands())
                : next;
    }

    private static String afterStop(ApplyReport apply) {
        String where = apply.unfinished().isEmpty() ? "'Stopped'" : "'Not done'";
        return "do what is listed under " + where + ", then run again to continue";
    }

    /** The command that explains what the board only shows. */
    static NextStep after(StatusReport status) {
        if (status.plan().atWork().filter(RunAtWork::isAlive).isPresent()) {
            return of(WAIT);
        }
        return switch (status.outcome()) {
            case CLEAN -> afterClean(status.plan());
            case BLOCKED ->
                of("see what to do, and for whom", status.plan().invocation().command("plan"));
            default -> of("see the changes to make", status.plan().invocation().command("plan"));
        };
    }

    /** The same for a merge request, where the pipeline runs the goals: it plans each commit, and applies after the merge. */
    NextStep inReview(Outcome outcome) {
        return switch (outcome) {
            case PENDING -> of("review the changes, then merge to apply them");
            case BLOCKED ->
                of("do what is listed under 'To do'; the pipeline plans again for each commit, and applies what is not"
                        + " blocked after the merge");
            default -> of(what);
        };
    }

    /** In one line, for pages without a terminal. */
    String words() {
        return what + (commands.isEmpty() ? "" : ": " + String.join(", ", commands));
    }
}
