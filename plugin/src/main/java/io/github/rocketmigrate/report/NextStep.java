package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Suggests what to do after a goal.
 *
 * @param what continues the word "Next:" and has no full stop
 * @param commands complete commands, each for a line of its own, so that they can be pasted
 */
record NextStep(String what, List<String> commands) {
    private static final String REMOVE_EMPTY = "-Dmigrate.removeEmpty=true";
    private static final String WAIT = "wait for the run at work to end";
    private static final int MOST_BATCHES = 3;

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
                        : of("do what is listed under 'To do', then plan again", invocation.command("plan"));
            case DRIFT ->
                of("find out who made the changes marked (drift), then undo them", invocation.apply(plan.changeSet()));
            case PENDING ->
                of(
                        "review the changes, then apply them",
                        invocation.apply(plan.changeSet()) + (plan.figures().remove() > 0 ? " " + REMOVE_EMPTY : ""));
            default -> afterClean(plan);
        };
    }

    private static NextStep afterClean(PlanReport plan) {
        Situation situation = plan.situation();
        if (situation.plan().traffic().filter(traffic -> !traffic.complete()).isEmpty()) {
            return of("nothing to do");
        }
        Map<Stage, List<Batch>> ready = new TreeMap<>();
        for (Batch batch : situation.plan().batches()) {
            Optional<Stage> following = following(batch.wanted());
            if (!batch.topics().isEmpty() && following.isPresent() && hasArrived(situation, batch)) {
                ready.computeIfAbsent(following.get(), key -> new ArrayList<>()).add(batch);
            }
        }
        if (ready.isEmpty()) {
            return isAtTheEnd(situation)
                    ? of("set complete: true in traffic, once you no longer need to move back")
                    : of("nothing to do");
        }
        List<String> edits = new ArrayList<>();
        ready.forEach((stage, batches) -> edits.add(edit(stage, batches, situation)));
        return of(String.join("; ", edits), plan.invocation().command("plan"));
    }

    /** {@code set stage: read-both for batches web, mail (lines 19, 32) once …}. */
    private static String edit(Stage stage, List<Batch> batches, Situation situation) {
        List<String> names = batches.stream().map(batch -> batch.name().value()).toList();
        List<String> lines = batches.stream()
                .map(batch -> Integer.toString(position(batch).line()))
                .toList();
        return "set stage: " + stage.word() + " for "
                + Counts.noun(batches.size(), "batch") + " "
                + Names.of(names, MOST_BATCHES)
                + " (" + Counts.noun(batches.size(), "line") + " "
                + Names.of(lines, MOST_BATCHES) + ") once "
                + condition(stage, situation);
    }

    private static Position position(Batch batch) {
        return batch.stage()
                .map(stage -> stage.at())
                .orElseGet(() -> batch.name().at());
    }

    private static boolean hasArrived(Situation situation, Batch batch) {
        return batch.topics().stream()
                .allMatch(topic -> situation
                        .standing(topic.name().value())
                        .pair()
                        .equals(Optional.of(Pair.of(batch.wanted(topic)))));
    }

    /** The stage after one; {@code write-both} is only for those who ask for it. */
    private static Optional<Stage> following(Stage stage) {
        return switch (stage) {
            case SOURCE -> Optional.of(Stage.READ_BOTH);
            case READ_BOTH, WRITE_BOTH -> Optional.of(Stage.WRITE_DESTINATION);
            case WRITE_DESTINATION -> Optional.of(Stage.DESTINATION);
            case DESTINATION -> Optional.empty();
        };
    }

    private static String condition(Stage stage, Situation situation) {
        return switch (stage) {
            case READ_BOTH ->
                situation.routing().equals(Optional.of(Routing.JOIN))
                        ? "all consumers use the destination's name servers"
                        : "the consumers also run at the destination";
            case WRITE_DESTINATION -> "the consumers receive from both clusters and the producers have switched too";
            default -> "the backlog at the source is consumed";
        };
    }

    /** Whether all topics of the plan are at the last stage, and only the join is left. */
    private static boolean isAtTheEnd(Situation situation) {
        return situation.plan().topics().findAny().isPresent()
                && situation.plan().batches().stream()
                        .allMatch(batch -> batch.wanted() == Stage.DESTINATION && hasArrived(situation, batch));
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

    /** In one line, for pages without a terminal. */
    String words() {
        return what + (commands.isEmpty() ? "" : ": " + String.join(", ", commands));
    }
}
