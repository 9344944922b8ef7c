package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.text.Spelling;
import io.github.rocketmigrate.write.Origin;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a user asks of {@code rollback}.
 *
 * @param to the stage to which topics go back; empty for one stage from where each is
 * @param reason why, for those who find the topics on hold
 * @param waived the check that this run passes over, for the same reason
 */
public record RollbackOrder(Optional<Stage> to, String reason, Optional<Check> waived) {
    private static final String PREVIOUS = "previous";
    /** Stands for the reason that a dry run may leave out. */
    private static final String WHY = "WHY";

    private static final List<Stage> STAGES = List.of(Stage.SOURCE, Stage.READ_BOTH, Stage.WRITE_DESTINATION);

    public RollbackOrder {
        requireNonNull(to, "to is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(waived, "waived is null");
    }

    /**
     * Reads the parameters as a user writes them.
     *
     * @param waive the name of a check
     * @param called how the goal was called
     * @param isDryRun whether nothing is written, so that no reason is needed
     */
    public static RollbackOrder of(
            String to, Optional<String> reason, Optional<String> waive, Invocation called, boolean isDryRun) {
        String why = reason.or(() -> isDryRun ? Optional.of(WHY) : Optional.empty())
                .orElseThrow(() -> new Fault(
                                "migrate.reason is missing. Later runs report it for the topics that this run holds back.",
                                "Replace " + WHY + " by a few words, such as Checkout errors since 03:10: "
                                        + called.rollback(given(to, waive)))
                        .withHelp(HelpPages.GOING_BACK));
        return new RollbackOrder(stage(to), why, waive.map(RollbackOrder::waivable));
    }

    private static SortedMap<String, String> given(String to, Optional<String> waive) {
        SortedMap<String, String> given = new TreeMap<>();
        if (!to.equals(PREVIOUS)) {
            given.put("to", to);
        }
        waive.ifPresent(check -> given.put("waive", check));
        return given;
    }

    private static Optional<Stage> stage(String to) {
        return to.equals(PREVIOUS)
                ? Optional.empty()
                : Optional.of(STAGES.stream()
                        .filter(stage -> stage.word().equals(to))
                        .findFirst()
                        .orElseThrow(() -> new Fault(
                                "migrate.to=" + to + " is no stage to go back to.",
                                "Use previous to go back one stage from where each topic is, or one of "
                                        + STAGES.stream().map(Stage::word).collect(joining(", ")) + ".")));
    }

    private static Check waivable(String name) {
        Check check = CheckRegistry.of(name)
                .orElseThrow(() -> new Fault(
                        Sentences.closed("There is no check '" + name + "'" + Spelling.hint(name, waivableNames())),
                        "Use the name of a check that a waiver can pass over: " + String.join(", ", waivableNames())
                                + "."));
        if (!check.isWaivable()) {
            throw new Fault(
                    "No waiver passes over the check " + name + ": it " + check.protects() + ".",
                    "Do what the check asks for.");
        }
        return check;
    }

    private static List<String> waivableNames() {
        return CheckRegistry.all().stream()
                .filter(Check::isWaivable)
                .map(Check::name)
                .toList();
    }

    /** The plan with what this run passes over. The waiver ends with the day. */
    MigrationPlan in(MigrationPlan plan, Origin by, Instant now) {
        return waived.map(check ->
                        plan.waiving(check.name(), reason, by.words(), LocalDate.ofInstant(now, ZoneOffset.UTC)))
                .orElse(plan);
    }

    /** The parameters that repeat it, by name. */
    SortedMap<String, String> parameters() {
        SortedMap<String, String> parameters = new TreeMap<>();
        parameters.put("to", to.map(Stage::word).orElse(PREVIOUS));
        parameters.put("reason", reason);
        waived.ifPresent(check -> parameters.put("waive", check.name()));
        return parameters;
    }
}
