package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.check.Judgement.PassedOver;
import io.github.rocketmigrate.check.Verdict.Waived;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges a situation by the checks that are due, and holds the plan's waivers against what they find. */
public final class Checks {
    private final Situation situation;
    private final Map<ClusterCheck, Findings> ofClusters = new HashMap<>();
    private final boolean isAnyWaived;

    public Checks(Situation situation) {
        this.situation = requireNonNull(situation, "situation is null");
        this.isAnyWaived = situation.plan().batches().stream()
                .anyMatch(batch -> !batch.waivers().isEmpty());
    }

    /** Judges both clusters as a whole by what is due before these purposes, and by what is due anyway. */
    public List<Judgement> ofClusters(Collection<Purpose> purposes) {
        return CheckRegistry.all().stream()
                .filter(check -> !check.isMoot(situation))
                .filter(check ->
                        check.isDueAnyway(situation) || purposes.stream().anyMatch(check.before()::contains))
                .map(check -> judge(check, Optional.empty()))
                .toList();
    }

    /** Judges a topic by what is due before its next step; by nothing where there is no next step. */
    public List<Judgement> ofTopic(PlannedTopic topic, Rung rung) {
        Optional<TopicStep> step = Optional.of(new TopicStep(situation, topic, rung));
        return rung.purpose().stream()
                .flatMap(purpose -> CheckRegistry.of(situation.plan().conditionsOf(topic.batch())).stream()
                        .filter(check -> check.before().contains(purpose) && !check.isMoot(situation)))
                .map(check -> judge(check, step))
                .toList();
    }

    Judgement judge(Check check, Optional<TopicStep> step) {
        return judge(findings(check, step), check, step);
    }

    /** The same findings hold for every topic, of which there may be many. */
    private Findings findings(Check check, Optional<TopicStep> step) {
        if (!check.holdsBegunSteps() && step.filter(TopicStep::hasBegun).isPresent()) {
            return Findings.passed("the step has begun, so apply finishes it");
        }
        if (!check.holdsBegunSteps() && step.isEmpty() && isGoingBack()) {
            return Findings.passed("this run only goes back");
        }
        return check instanceof ClusterCheck one
                ? ofClusters.computeIfAbsent(one, key -> key.judge(situation))
                : check.judge(situation, step);
    }

    /** A rollback makes nothing but steps back and, after the end of the join, the join that they need. */
    private boolean isGoingBack() {
        return situation.scope().topics().stream().anyMatch(PlannedTopic::isRolledBack);
    }

    /** A waiver that names groups passes over the findings about them; the rest stands. */
    private Judgement judge(Findings findings, Check check, Optional<TopicStep> step) {
        Optional<String> topic = step.map(TopicStep::name);
        List<Finding> rest = new ArrayList<>();
        List<PassedOver> passedOver = new ArrayList<>();
        for (Finding finding : findings.all()) {
            waiver(check, topic, finding)
                    .ifPresentOrElse(
                            waiver -> passedOver.add(new PassedOver(finding, waiver)), () -> rest.add(finding));
        }
        if (!rest.isEmpty()) {
            return new Judgement(
                    check,
                    topic,
                    passedOver.isEmpty() ? findings.verdict() : findings.verdict(rest::contains),
                    rest,
                    step.map(check::outlook).orElse(Outlook.UNKNOWN),
                    passedOver);
        }
        Verdict verdict = passedOver.stream()
                .findFirst()
                .<Verdict>map(first -> new Waived(findings.verdict(), first.waiver()))
                .orElseGet(findings::verdict);
        return new Judgement(check, topic, verdict, List.of(), Outlook.UNKNOWN, passedOver);
    }

    /** A waiver that is valid today. One that names topics or groups is for these only. */
    private Optional<Waiver> waiver(Check check, Optional<String> topic, Finding finding) {
        if (!isAnyWaived || !check.isWaivable() || finding.isFinal()) {
            return Optional.empty();
        }
        LocalDate today = LocalDate.ofInstant(situation.readAt(), ZoneOffset.UTC);
        return situation.plan().batches().stream()
                .filter(batch -> topic.isEmpty() ? isInScope(batch) : holds(batch, topic.get()))
                .flatMap(batch -> batch.waivers().stream())
                .filter(waiver -> names(waiver.check().value(), check, finding))
                .filter(waiver -> !waiver.expires().value().isBefore(today))
                .filter(waiver -> waiver.groups().isEmpty()
                        || waiver.groups().stream()
                                .anyMatch(it -> finding.group().equals(Optional.of(it.value()))))
                .filter(waiver -> waiver.topics().isEmpty()
                        || waiver.topics().stream()
                                .anyMatch(it -> topic.isPresent() && it.value().equals(topic.get())))
                .findFirst();
    }

    /** A waiver names a check, or one part of it. */
    private static boolean names(String waived, Check check, Finding finding) {
        return waived.equals(check.name())
                || finding.item()
                        .filter(item -> waived.equals(check.part(item)))
                        .isPresent();
    }

    private boolean isInScope(Batch batch) {
        return situation.scope().topics().stream()
                        .anyMatch(topic -> topic.batch().equals(batch))
                || situation.scope().groups().stream()
                        .anyMatch(group -> group.batch().equals(batch));
    }

    private static boolean holds(Batch batch, String topic) {
        return batch.topics().stream().anyMatch(it -> it.name().value().equals(topic));
    }
}
