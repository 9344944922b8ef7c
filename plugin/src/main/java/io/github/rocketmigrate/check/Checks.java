package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.check.Findings.Finding;
import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.check.Verdict.Waived;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes checks over a situation, and holds the plan's waivers against what they come to. */
public final class Checks {
    private static final Map<CheckName, Check> OF_CLUSTERS = Stream.of(
                    new BrokerNamesDistinct(),
                    new BrokersPresent(),
                    new ClusterNamesDistinct(),
                    new DestinationClean(),
                    new DestinationStable(),
                    new NoAutoCreate())
            .collect(toMap(Check::name, Function.identity()));

    private static final Map<CheckName, TopicCheck> OF_TOPICS = Stream.of(
                    new TopicPresent(),
                    new GroupsPlanned(),
                    new ConsumersSwitched(),
                    new QueuesAssigned(),
                    new NoGrpcClients(),
                    new FenceReady(),
                    new NothingStranded(),
                    new SourceQuiet(),
                    new SourceDrained())
            .collect(toMap(TopicCheck::name, Function.identity()));

    private final Situation situation;
    private final Map<CheckName, Verdict> ofClusters = new EnumMap<>(CheckName.class);

    public Checks(Situation situation) {
        this.situation = requireNonNull(situation, "situation is null");
    }

    /** Makes {@code due} checks of both clusters as a whole. */
    public List<Judgement> ofClusters(Collection<CheckName> due) {
        return due.stream()
                .sorted()
                .map(name -> new Judgement(name, Optional.empty(), waived(judge(name), name, Optional.empty())))
                .toList();
    }

    /** Makes {@code due} checks for a topic before its next step. */
    public List<Judgement> ofTopic(PlannedTopic topic, Rung rung, Collection<CheckName> due) {
        TopicStep move = new TopicStep(situation, topic, rung);
        return due.stream()
                .sorted()
                .map(name -> new Judgement(name, Optional.of(topic.name()), judge(name, move)))
                .toList();
    }

    /** What holds for both clusters holds for every topic. */
    private Verdict judge(CheckName name, TopicStep move) {
        TopicCheck check = OF_TOPICS.get(name);
        return check == null
                ? waived(judge(name), name, Optional.of(move.name()))
                : waived(findings(check, move), name, move.name());
    }

    private static Findings findings(TopicCheck check, TopicStep move) {
        return check.looksAtTraffic() && !move.isObserved()
                ? new Findings().unknown("it was not read what goes on with the topic")
                : check.judge(move);
    }

    private Verdict judge(CheckName name) {
        return ofClusters.computeIfAbsent(
                name,
                key -> Optional.ofNullable(OF_CLUSTERS.get(key))
                        .map(check -> check.judge(situation))
                        .orElseGet(() -> new Unknown("this version of RocketMigrate does not measure it")));
    }

    private Verdict waived(Verdict verdict, CheckName name, Optional<String> topic) {
        return verdict.letsPass()
                ? verdict
                : waiver(name, topic, Optional.empty())
                        .<Verdict>map(waiver -> new Waived(verdict, waiver))
                        .orElse(verdict);
    }

    /** A waiver that names groups passes over what was found of them; the rest stands. */
    private Verdict waived(Findings findings, CheckName name, String topic) {
        Function<Finding, Optional<Waiver>> waiver =
                finding -> finding.isFinal() ? Optional.empty() : waiver(name, Optional.of(topic), finding.group());
        Verdict rest = findings.verdict(finding -> waiver.apply(finding).isEmpty());
        return rest.letsPass()
                ? findings.all().stream()
                        .flatMap(finding -> waiver.apply(finding).stream())
                        .findFirst()
                        .<Verdict>map(first -> new Waived(findings.verdict(), first))
                        .orElse(rest)
                : rest;
    }

    /** A waiver that holds today. One that names topics or groups says nothing of anything else. */
    private Optional<Waiver> waiver(CheckName name, Optional<String> topic, Optional<String> group) {
        LocalDate today = LocalDate.ofInstant(situation.measured(), ZoneOffset.UTC);
        return situation.plan().batches().stream()
                .filter(batch -> topic.isEmpty() ? isInScope(batch) : holds(batch, topic.get()))
                .flatMap(batch -> batch.waivers().stream())
                .filter(waiver -> name.isWaivable() && waiver.check().value().equals(name.word()))
                .filter(waiver -> !waiver.expires().value().isBefore(today))
                .filter(waiver -> waiver.groups().isEmpty()
                        || waiver.groups().stream()
                                .anyMatch(it -> group.isPresent() && it.value().equals(group.get())))
                .filter(waiver -> waiver.topics().isEmpty()
                        || waiver.topics().stream()
                                .anyMatch(it -> topic.isPresent() && it.value().equals(topic.get())))
                .findFirst();
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
