package io.github.rocketmigrate.report;

import static java.util.function.Predicate.not;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.write.AppliedChange;
import java.util.List;
import java.util.Optional;

/** Suggests what to do after a goal; each suggestion continues the word "Next:" and has no full stop. */
final class NextStep {
    private static final String CONTINUE = "run again to continue";
    private static final String USUAL_FILE = "migration.yaml";

    private NextStep() {}

    static String after(PlanReport plan) {
        return switch (plan.outcome()) {
            case BLOCKED -> "fix what is marked with !, then plan again";
            case DRIFT -> "find out who made the changes marked (drift), then undo them with mvn migrate:apply";
            case PENDING -> "review the changes, then run mvn migrate:apply -Dmigrate.changeSet=" + plan.changeSet();
            default ->
                isAtTheEnd(plan.situation())
                        ? "set complete: true in traffic, once you no longer need to move back"
                        : "nothing to do";
        };
    }

    /** Whether all topics of the plan are at the last stage, and only the join is left. */
    private static boolean isAtTheEnd(Situation situation) {
        return situation.plan().traffic().filter(traffic -> !traffic.complete()).isPresent()
                && situation.plan().topics().findAny().isPresent()
                && situation
                        .plan()
                        .topics()
                        .allMatch(topic -> situation
                                .standing(topic.name().value())
                                .pair()
                                .equals(Optional.of(Pair.of(Stage.DESTINATION))));
    }

    static String after(ApplyReport apply) {
        return switch (apply.outcome()) {
            case STALE -> "run mvn migrate:plan, review the new change set, then apply it";
            case INCOMPLETE -> afterStop(apply);
            case BLOCKED -> apply.left().outcomes().contains(Outcome.BLOCKED) ? after(apply.left()) : CONTINUE;
            case PENDING, DRIFT -> apply.isDryRun() ? "run again without -Dmigrate.dryRun" : CONTINUE;
            case APPLIED -> "mvn migrate:status";
            default -> after(apply.left());
        };
    }

    private static String afterStop(ApplyReport apply) {
        return apply.application()
                .stopped()
                .map(stop -> Sentences.open(stop.fix()))
                .or(() -> apply.unfinished().stream()
                        .map(AppliedChange::fix)
                        .filter(not(String::isEmpty))
                        .findFirst()
                        .map(Sentences::open))
                .orElse(CONTINUE);
    }

    /** The command that explains what the board only shows. */
    static String after(StatusReport status) {
        if (status.outcome() == Outcome.CLEAN) {
            return after(status.plan()) + ".";
        }
        String file = status.plan().file();
        return "mvn migrate:plan" + (file.equals(USUAL_FILE) ? "" : " -Dmigrate.file=" + file)
                + argument("batch", status.selection().batches())
                + argument("topic", status.selection().topics())
                + argument("excludeTopic", status.selection().excluded());
    }

    private static String argument(String name, List<String> values) {
        return values.isEmpty() ? "" : " -Dmigrate." + name + "=" + String.join(",", values);
    }
}
