package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.Measured;
import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.GoalCommand;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Suggests what to do after a goal.
 *
 * <p>Longer than 300 lines: the next steps of all goals are read side by side here, as their users meet them.
 *
 * @param what continues the word "Next:" and has no full stop
 * @param commands complete commands, each for a line of its own, so that they can be pasted
 * @param help the address of a page to read before
 */
record NextStep(String what, List<String> commands, Optional<String> help) {
    static final String REMOVE_EMPTY = "-Dmigrate.removeEmpty=true";
    /** The goal that releases topics from their holds. */
    static final String RESUME = "resume";

    private static final String OPENS_FENCE = ", so that consumers get new messages again";
    private static final String STEPS_BACK = "review the steps back, then roll back";
    private static final int MOST_ROWS = 3;
    private static final String WAIT = "wait for the run at work to end";

    /** Old figures must not send a topic forward in the middle of an outage. */
    static final NextStep WHILE_OLD =
            of("fix what is named above, and move no topic forward until the figures are current again");

    NextStep {
        requireNonNull(what, "what is null");
        commands = List.copyOf(commands);
        requireNonNull(help, "help is null");
    }

    private static NextStep of(String what, String... commands) {
        return new NextStep(what, List.of(commands), Optional.empty());
    }

    private NextStep withHelp(String page) {
        return new NextStep(what, commands, Optional.of(page));
    }

    static NextStep after(PlanReport plan) {
        Invocation invocation = plan.invocation();
        if (plan.hasRunAtWork()) {
            return of(plan.outcome() == Outcome.BLOCKED ? "do what is listed under 'To do'; " + WAIT : WAIT);
        }
        Optional<UnattendedFence> unattended = UnattendedFence.in(plan);
        if (unattended.isPresent()) {
            return of("run this now" + OPENS_FENCE, unattended.get().command());
        }
        if (invocation.isOfFiles() && plan.outcome() != Outcome.BLOCKED) {
            return of(
                    "when the source can be reached, compare the plan with it before you apply it",
                    invocation.comparing(List.of()).command(PlanReport.GOAL));
        }
        return switch (plan.outcome()) {
            case BLOCKED ->
                plan.removals().needOnlyPermission()
                        ? of("review what has to be removed, then allow it", invocation.command("apply", REMOVE_EMPTY))
                        : afterBlocked(plan);
            case DRIFT -> afterDrift(plan);
            case PENDING -> {
                String apply =
                        invocation.apply(plan.changeSet()) + (plan.figures().remove() > 0 ? " " + REMOVE_EMPTY : "");
                yield afterHold(plan, "then apply", apply)
                        .orElseGet(() -> of("review the changes, then apply them", apply));
            }
            default -> afterClean(plan, Optional.empty());
        };
    }

    static NextStep after(DiscoveryReport discovery) {
        String first = discovery.isUnchanged() ? "compare the plan" : "review the plan, then compare it";
        return discovery.outcome() == Outcome.CLEAN
                ? of(
                        first + (discovery.files().isEmpty() ? " with both clusters" : " with the destination"),
                        command(discovery, "plan"))
                : of("decide every TODO in the plan, then validate it", command(discovery, "validate"));
    }

    static NextStep after(AssessmentReport assessment) {
        String again = assessment.invocation().command(AssessmentReport.GOAL);
        return switch (assessment.outcome()) {
            case BLOCKED -> of(first(assessment) + ", then assess again", again).withHelp(page(assessment));
            case PENDING -> {
                List<String> commands =
                        new ArrayList<>(List.of(assessment.invocation().command(PlanReport.GOAL)));
                if (!assessment.unobserved().isEmpty()) {
                    commands.add(0, assessment.invocation().command(AssessmentReport.GOAL, Measured.OBSERVE));
                }
                yield new NextStep(first(assessment) + ", then plan", commands, Optional.of(page(assessment)));
            }
            default -> of("plan", assessment.invocation().command(PlanReport.GOAL));
        };
    }

    /** The explanation of the row that the step names first. */
    private static String page(AssessmentReport assessment) {
        List<AssessedRow> fired = urgent(assessment);
        List<AssessedRow> unobserved = assessment.unobserved();
        return HelpPages.row((fired.isEmpty() ? unobserved.isEmpty() ? assessment.open() : unobserved : fired)
                .get(0)
                .id());
    }

    private static List<AssessedRow> urgent(AssessmentReport assessment) {
        return assessment.fired(assessment.outcome() == Outcome.BLOCKED ? RowSeverity.BLOCKER : RowSeverity.RISK);
    }

    /** {@code RMA-201 (orders): correct the type in the plan; then do the next steps of RMA-204}. */
    private static String first(AssessmentReport assessment) {
        List<AssessedRow> rows = urgent(assessment);
        if (rows.isEmpty()) {
            return open(assessment);
        }
        AssessedRow first = rows.get(0);
        return first.id() + (first.objects().isEmpty() ? "" : " (" + Names.of(first.objects(), MOST_ROWS) + ")") + ": "
                + step(first.next().orElseThrow())
                + (rows.size() == 1
                        ? ""
                        : "; then do the next steps of " + Names.of(ids(rows.subList(1, rows.size())), MOST_ROWS));
    }

    /** What a measurement can tell has no answer of a person before it. */
    private static String open(AssessmentReport assessment) {
        List<String> unobserved = ids(assessment.unobserved());
        List<String> asked = ids(assessment.open());
        asked.removeAll(unobserved);
        String observe = "observe the load of the source for " + Names.of(unobserved, MOST_ROWS);
        String answer = "answer " + Names.of(asked, MOST_ROWS) + " in assess.answers of the plan";
        return unobserved.isEmpty() ? answer : asked.isEmpty() ? observe : observe + "; " + answer;
    }

    private static List<String> ids(List<AssessedRow> rows) {
        return rows.stream().map(AssessedRow::id).collect(toCollection(ArrayList::new));
    }

    /** The imperative of what is to do, without its reasons. */
    private static String step(String next) {
        String imperative = next.split("[.:] |\\.$", 2)[0];
        return imperative.substring(0, 1).toLowerCase(Locale.ROOT) + imperative.substring(1);
    }

    static NextStep after(ExportReport export) {
        return export.side() == Side.SOURCE && export.isMetadata()
                ? of(
                        "hand over the file; a plan is written from it without access to the source",
                        new Invocation(export.plan(), Selection.ALL)
                                .command(DiscoveryReport.GOAL, GoalCommand.parameter("from", export.file())))
                : of("review " + export.file());
    }

    private static String command(DiscoveryReport discovery, String goal) {
        return new Invocation(discovery.file(), Selection.ALL)
                .comparing(discovery.files())
                .command(goal);
    }

    /** A run undoes what was changed at the destination, and copies nothing that was changed at the source. */
    private static NextStep afterDrift(PlanReport plan) {
        Invocation invocation = plan.invocation();
        return plan.canRemoveDrift()
                ? of("find out who made the changes marked (drift), then undo them", invocation.apply(plan.changeSet()))
                : of(
                        "make the settings marked (drift) alike in both clusters, then plan again",
                        invocation.command("plan"));
    }

    /** Some tasks are possible only after the join, which nothing blocks. */
    private static NextStep afterBlocked(PlanReport plan) {
        Invocation invocation = plan.invocation();
        boolean isBeforeJoin = plan.unblocked().stream()
                .anyMatch(change -> change instanceof Change.RegisterBroker register
                        && register.joins()
                        && !(plan.decision(change) instanceof Decision.Held));
        if (isBeforeJoin) {
            return of("apply the join, then do what is listed under 'To do'", invocation.apply(plan.changeSet()));
        }
        long others = plan.figures().unblocked();
        return others == 0 || plan.figures().remove() > 0 || invocation.isOfFiles()
                ? of("do what is listed under 'To do', then plan again", invocation.command("plan"))
                : of(
                        "do what is listed under 'To do', then plan again; or apply the other "
                                + Counts.of(others, "object") + " now" + onceTheirChecksPass(plan),
                        invocation.command("plan"),
                        invocation.apply(plan.changeSet()));
    }

    /** The change set holds the blocked changes too, and a run makes each of them as soon as its checks pass. */
    private static String onceTheirChecksPass(PlanReport plan) {
        SortedSet<String> blocked = plan.changes().changes().stream()
                .filter(change -> plan.isBlocked(change) && !(change instanceof Change.Remove))
                .map(change -> change.subject().name())
                .collect(toCollection(TreeSet::new));
        return blocked.isEmpty()
                ? ""
                : ", and " + Names.of(blocked, MOST_ROWS) + " too if " + (blocked.size() == 1 ? "its" : "their")
                        + " checks pass by then";
    }

    private static NextStep afterClean(PlanReport plan, Optional<Traffic> shown) {
        Situation situation = plan.situation();
        if (!situation.brakes().scopes().isEmpty()) {
            // No stage that the plan asks for now would be reached.
            return of(
                    "when the reason for the brake is gone, release it",
                    plan.invocation().releasing(situation.brakes()));
        }
        NextStep nothing =
                of(situation.scope().partial() ? "nothing to do in the selected part of the plan" : "nothing to do");
        if (situation.plan().traffic().isEmpty()) {
            return nothing;
        }
        TrafficPlan traffic = situation.plan().traffic().get();
        if (traffic.complete()) {
            return situation.scope().partial() || situation.isAnyJoined() ? nothing : afterTheEnd(situation);
        }
        StageEdits edits = new StageEdits(situation, shown);
        String again = plan.invocation().command("plan");
        return edits.words()
                .map(words -> of(words, again))
                .orElseGet(() -> edits.isAtTheEnd() ? beforeTheEnd(plan, traffic) : nothing);
    }

    private static NextStep beforeTheEnd(PlanReport plan, TrafficPlan traffic) {
        return UnplannedTopics.task(plan.situation())
                .map(task -> of(task, plan.invocation().command(DiscoveryReport.GOAL, "-Dmigrate.merge=true")))
                .orElseGet(() -> of(
                        "set complete: true in traffic (line "
                                + traffic.routing().at().line()
                                + "), once you no longer need to move back",
                        plan.invocation().command(PlanReport.GOAL)))
                .withHelp(HelpPages.LEAVE_THE_JOIN);
    }

    /** A broker whose configuration still names the destination would join again at its next start. */
    private static NextStep afterTheEnd(Situation situation) {
        String off = "switch off the source, once nothing else uses it";
        return situation.isJoining()
                ? of("remove the destination's name servers from the configuration of the source's brokers, if you manage"
                                + " it elsewhere; then "
                                + off)
                        .withHelp(HelpPages.LEAVE_THE_JOIN)
                : of(off);
    }

    static NextStep after(ApplyReport apply) {
        Invocation invocation = apply.plan().invocation();
        String again = invocation.again();
        return switch (apply.outcome()) {
            case STALE -> of("plan again, review the new change set, then apply it", invocation.command("plan"));
            case INCOMPLETE -> of(afterStop(apply), again);
            case BLOCKED ->
                apply.left().outcomes().contains(Outcome.BLOCKED)
                        ? afterBlocked(invocation, again)
                        : afterHold(apply.left(), "then run again", again)
                                .orElseGet(() -> of(afterOverdue(apply), again));
            case PENDING, DRIFT ->
                apply.isDryRun()
                        ? of(
                                apply.goal().equals(ApplyReport.ROLLBACK)
                                        ? STEPS_BACK
                                        : "run again without -Dmigrate.dryRun",
                                again)
                        : afterHold(apply.left(), "then run again", again)
                                .orElseGet(() -> of("run again to continue", again));
            default ->
                apply.goal().equals(ApplyReport.ROLLBACK)
                        ? afterRollback(apply)
                        : apply.isDryRun() ? after(apply.left()) : afterApplied(apply);
        };
    }

    /** What was rolled back stays on hold: a pipeline that applies the plan again must not undo it. */
    private static NextStep afterRollback(ApplyReport rollback) {
        Invocation invocation = rollback.plan().invocation();
        if (rollback.isDryRun()) {
            return rollback.plan().changes().changes().isEmpty()
                    ? of("nothing to do: no selected topic is ahead of that stage")
                    : of(STEPS_BACK, invocation.again());
        }
        return rollback.furtherBack()
                .map(stage -> of(
                        "find the cause. With the first command the topics go back further, to " + stage.word()
                                + (stage == Stage.READ_BOTH ? ", where producers write to the source again" : "")
                                + "; with the second they may move forward again",
                        invocation.further(stage),
                        invocation.resume()))
                .orElseGet(
                        () -> of("find the cause; when the topics may move again, release them", invocation.resume()));
    }

    static NextStep afterBrake(Invocation invocation) {
        return of("see where each topic is; when the reason is gone, run migrate:resume", invocation.command("status"));
    }

    /** A brake of the whole plan still holds what was released for a batch. */
    static NextStep afterResume(Invocation invocation, boolean isBrakeLeft) {
        if (isBrakeLeft) {
            return of(
                    "topics move again when every brake is released",
                    new Invocation(invocation.file(), Selection.ALL).command(RESUME));
        }
        return of("see how the topics move on", invocation.command("plan"));
    }

    /** Some tasks are done in the plan, and then a saved change set no longer fits it. */
    private static NextStep afterBlocked(Invocation invocation, String again) {
        return invocation.changeSet().isPresent()
                ? of(
                        "do what is listed under 'To do', then run again or, if you have edited the plan, plan again",
                        again,
                        invocation.command("plan"))
                : of("do what is listed under 'To do', then run again", again);
    }

    /** What clusters are started for. */
    static NextStep afterStart(Invocation invocation, boolean hasPlan) {
        return hasPlan
                ? of("see what the plan would change", invocation.command("plan"))
                : of("write a first plan from the running source", invocation.command("discover"))
                        .withHelp(HelpPages.DISCOVER);
    }

    /** After a join, applications change their endpoint before any topic moves. */
    private static NextStep afterApplied(ApplyReport apply) {
        NextStep next = afterClean(apply.left(), Optional.empty());
        boolean isToMove = new StageEdits(apply.left().situation(), Optional.empty())
                .words()
                .isPresent();
        return apply.endpoint().isPresent() && isToMove
                ? new NextStep(
                        "change the name servers of all applications and restart them; then " + next.what(),
                        next.commands(),
                        next.help())
                : next;
    }

    /** What a run leaves in a fence comes first; a run that somebody stopped asks for nothing else than another run. */
    private static String afterStop(ApplyReport apply) {
        String again = apply.withheld().isEmpty() ? "run again to continue" : "run again at once" + OPENS_FENCE;
        if (apply.isStoppedOnRequest()
                || (apply.unfinished().isEmpty() && apply.stopped().isEmpty())) {
            return again;
        }
        return "do what is listed under " + (apply.unfinished().isEmpty() ? "'Stopped'" : "'Not done'") + ", then "
                + again;
    }

    private static String afterOverdue(ApplyReport apply) {
        return apply.late().isEmpty() ? "run again to continue" : "do what 'Overdue' names, then run again to continue";
    }

    /** Nothing but messages that brokers hold back is left to wait for: running again at once would change nothing. */
    private static Optional<NextStep> afterHold(PlanReport plan, String then, String command) {
        return HeldByMessages.next(plan)
                .map(hold -> of(hold.what() + "; " + then, command).withHelp(HelpPages.check(hold.check())));
    }

    /** The command that explains what the board only shows. */
    static NextStep after(StatusReport status) {
        if (status.plan().hasRunAtWork()) {
            return of(WAIT);
        }
        Optional<UnattendedFence> unattended = UnattendedFence.in(status.plan());
        if (unattended.isPresent()) {
            return of("run this now" + OPENS_FENCE, unattended.get().command());
        }
        if (status.outcome() == Outcome.BLOCKED) {
            return of("see what to do, and for whom", status.plan().invocation().command("plan"));
        }
        List<ClientsLeftBehind> behind = status.leftBehind();
        if (!behind.isEmpty()) {
            return afterClientsCameBack(behind, status);
        }
        return switch (status.outcome()) {
            case CLEAN -> afterClean(status.plan(), Optional.of(status.traffic()));
            default ->
                afterHold(status.plan(), "then run", status.plan().invocation().command(ApplyReport.GOAL))
                        .orElseGet(() -> of(
                                (status.oldProducers().isEmpty()
                                                ? ""
                                                : "do what is listed under 'Producers to switch', then ")
                                        + "see the changes to make",
                                status.plan().invocation().command("plan")));
        };
    }

    /** No step and no end of the join helps clients that look for messages at the source. */
    private static NextStep afterClientsCameBack(List<ClientsLeftBehind> behind, StatusReport status) {
        Map<String, List<String>> groups = new TreeMap<>();
        behind.forEach(one -> groups.computeIfAbsent(one.owner(status.plan().situation()), key -> new ArrayList<>())
                .add(one.group()));
        return of(
                "have "
                        + groups.entrySet().stream()
                                .map(one -> one.getKey() + " switch the clients of "
                                        + Names.of(one.getValue(), Counts.MOST_NAMED))
                                .collect(joining(", and "))
                        + " that are named above, then look again",
                status.plan().invocation().command(StatusReport.GOAL));
    }

    /** While a cluster cannot be read, nothing else can be planned; how to go back without the destination is known. */
    static NextStep after(OneSideReport report) {
        return of(
                        "fix the problem named first, then look again",
                        report.invocation().command(StatusReport.GOAL))
                .withHelp(report);
    }

    /** The same below a board that refreshes itself. */
    static NextStep whileOneSide(OneSideReport report) {
        return of("fix what is named above; this board shows both clusters again once they can be read")
                .withHelp(report);
    }

    private NextStep withHelp(OneSideReport report) {
        return report.isDestinationUnread() ? withHelp(HelpPages.DESTINATION_DOWN) : this;
    }

    /** The same for a merge request, where the pipeline runs the goals: it plans each commit, and applies after the merge. */
    NextStep inReview(Outcome outcome) {
        return switch (outcome) {
            case PENDING -> of("review the changes, then merge to apply them");
            case BLOCKED ->
                of("do what is listed under 'To do'; the pipeline plans again for each commit, and applies what is not"
                        + " blocked after the merge");
            default -> new NextStep(what, List.of(), help);
        };
    }

    /** In one line, for pages without a terminal. */
    String words() {
        return what + (commands.isEmpty() ? "" : ": " + String.join(", ", commands));
    }
}
