package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Tls;
import io.github.rocketmigrate.text.GoalCommand;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The wanted state of both clusters, as the user wrote it, with the position of each element.
 *
 * @param contentSha256 the hash of what the file says, without comments, layout and order
 */
public record MigrationPlan(
        Located<String> name,
        PlannedCluster source,
        PlannedCluster destination,
        DestinationTraits traits,
        Optional<TrafficPlan> traffic,
        Defaults defaults,
        List<Batch> batches,
        List<Ignored> ignoredTopics,
        List<Ignored> ignoredGroups,
        List<RowAnswer> answers,
        String contentSha256,
        String file) {
    public MigrationPlan {
        requireNonNull(name, "name is null");
        requireNonNull(source, "source is null");
        requireNonNull(destination, "destination is null");
        requireNonNull(traits, "traits is null");
        requireNonNull(traffic, "traffic is null");
        requireNonNull(defaults, "defaults is null");
        batches = List.copyOf(batches);
        ignoredTopics = List.copyOf(ignoredTopics);
        ignoredGroups = List.copyOf(ignoredGroups);
        answers = List.copyOf(answers);
        requireNonNull(contentSha256, "contentSha256 is null");
        requireNonNull(file, "file is null");
    }

    /** The same from a file that the user named so. */
    MigrationPlan named(String other) {
        return new MigrationPlan(
                name,
                source,
                destination,
                traits,
                traffic,
                defaults,
                batches,
                ignoredTopics,
                ignoredGroups,
                answers,
                contentSha256,
                other);
    }

    /** The same before its end: the clusters stay joined. */
    public MigrationPlan incomplete() {
        return new MigrationPlan(
                name,
                source,
                destination,
                traits,
                traffic.map(it -> new TrafficPlan(it.routing(), false, it.completeAt(), it.conditions())),
                defaults,
                batches,
                ignoredTopics,
                ignoredGroups,
                answers,
                contentSha256,
                file);
    }

    /** The same with one more waiver in each batch. */
    public MigrationPlan waiving(String check, String reason, String owner, LocalDate expires) {
        List<Batch> waived = batches.stream()
                .map(batch -> batch.waiving(check, reason, owner, expires))
                .toList();
        return new MigrationPlan(
                name,
                source,
                destination,
                traits,
                traffic,
                defaults,
                waived,
                ignoredTopics,
                ignoredGroups,
                answers,
                contentSha256,
                file);
    }

    /** A complete command that works on this plan. */
    public String command(String goal, String... parameters) {
        return GoalCommand.of(file, goal, List.of(parameters));
    }

    /** What the destination imposes; of a profile that does not exist, that of Apache RocketMQ. */
    public Profile profile() {
        return Profiles.named(traits.profile().value())
                .orElseGet(() -> Profiles.named(Profiles.DEFAULT).orElseThrow());
    }

    /** How to connect to the cluster of a side. */
    public PlannedCluster at(Side side) {
        return switch (side) {
            case SOURCE -> source;
            case DESTINATION -> destination;
        };
    }

    /**
     * How to connect to a cluster.
     *
     * @param written the position of the name servers, if the plan has any
     */
    public record PlannedCluster(
            Optional<Position> written,
            List<Located<String>> nameServers,
            Optional<Located<String>> cluster,
            Optional<Located<String>> credentials,
            Tls tls) {
        public PlannedCluster {
            requireNonNull(tls, "tls is null");
            nameServers = List.copyOf(nameServers);
        }
    }

    /** The facts about the destination that do not belong to its connection. */
    public record DestinationTraits(
            Located<String> profile, List<Located<String>> clientAddresses, Optional<Maintenance> maintenance) {
        public DestinationTraits {
            clientAddresses = List.copyOf(clientAddresses);
        }
    }

    /** The text behind a {@link MaintenanceWindow}. */
    public record Maintenance(Located<String> window, Located<String> zone) {}

    /** How traffic moves to the destination. */
    public record TrafficPlan(
            Located<Routing> routing, boolean complete, Position completeAt, StepConditions conditions) {}

    /** The settings of topics and groups that have none of their own. */
    public record Defaults(Optional<Located<Integer>> queues, Optional<Located<Integer>> retries) {}

    /** Topics and groups that move together. */
    public record Batch(
            Located<String> name,
            Optional<Located<Stage>> stage,
            Optional<Located<Integer>> canary,
            Optional<Located<String>> owner,
            StepConditions conditions,
            List<Topic> topics,
            List<Group> groups,
            List<Waiver> waivers) {
        public Batch {
            topics = List.copyOf(topics);
            groups = List.copyOf(groups);
            waivers = List.copyOf(waivers);
        }

        /** A waiver that no file has stands where the batch does. */
        private Batch waiving(String check, String reason, String by, LocalDate expires) {
            Position at = name.at();
            List<Waiver> all = new ArrayList<>(waivers);
            all.add(new Waiver(
                    new Located<>(check, at),
                    List.of(),
                    List.of(),
                    new Located<>(reason, at),
                    new Located<>(by, at),
                    new Located<>(expires, at)));
            return new Batch(name, stage, canary, owner, conditions, topics, groups, all);
        }

        /** The planned stage; {@code source} if the batch has none. */
        public Stage wanted() {
            return stage.map(Located::value).orElse(Stage.SOURCE);
        }

        /** The planned stage of one of the batch's topics. */
        public Stage wanted(Topic topic) {
            return topic.stage().map(Located::value).orElseGet(this::wanted);
        }
    }

    /** A topic that the destination shall have. */
    public record Topic(
            Located<String> name,
            Located<MessageType> type,
            Optional<Located<Integer>> queues,
            Optional<Located<Stage>> stage) {}

    /** A consumer group that the destination shall have. */
    public record Group(Located<String> name, Located<ConsumeOrder> order, Optional<Located<Integer>> retries) {}

    /** A topic that stays at the source, or a group of the source that stays behind because nobody uses it anymore. */
    public record Ignored(Located<String> name, Located<String> reason) {}

    /** What a person has answered to a question of the examination that no cluster can answer. */
    public record RowAnswer(
            Located<String> id, Located<String> answer, Located<String> owner, Located<LocalDate> date) {}

    /** Skips one check until a date. Without topics and groups, the waiver is valid for the whole batch. */
    public record Waiver(
            Located<String> check,
            List<Located<String>> topics,
            List<Located<String>> groups,
            Located<String> reason,
            Located<String> owner,
            Located<LocalDate> expires) {
        public Waiver {
            topics = List.copyOf(topics);
            groups = List.copyOf(groups);
        }

        /** Whether the plan has a last day, which is reported elsewhere if it is missing or no date. */
        boolean hasLastDay() {
            return !expires.value().equals(LocalDate.MAX);
        }
    }

    /** The conditions for steps forward that hold where a batch sets no others. */
    public StepConditions conditions() {
        return traffic.map(TrafficPlan::conditions).orElse(StepConditions.NONE);
    }

    /** The conditions for steps forward of a batch's topics. */
    public StepConditions conditionsOf(Batch batch) {
        return batch.conditions().orElse(conditions());
    }

    public Stream<Topic> topics() {
        return batches.stream().flatMap(batch -> batch.topics().stream());
    }

    public Stream<Group> groups() {
        return batches.stream().flatMap(batch -> batch.groups().stream());
    }

    public Set<String> plannedTopicNames() {
        return topics().map(topic -> topic.name().value()).collect(toSet());
    }

    /** The names of the topics that the plan moves, and of those that stay at the source. */
    public Set<String> knownTopics() {
        Set<String> names = new HashSet<>(plannedTopicNames());
        ignoredTopics.forEach(topic -> names.add(topic.name().value()));
        return names;
    }

    /** The names of the groups that the plan moves. */
    public Set<String> plannedGroupNames() {
        return groups().map(group -> group.name().value()).collect(toSet());
    }

    /** The names of the groups that consume in order, according to the plan. */
    public Set<String> orderlyGroupNames() {
        return groups().filter(group -> group.order().value() == ConsumeOrder.ORDERLY)
                .map(group -> group.name().value())
                .collect(toSet());
    }

    /** The names of the groups that the plan ignores. */
    public Set<String> ignoredGroupNames() {
        return ignoredGroups.stream().map(group -> group.name().value()).collect(toSet());
    }

    /** The names of the groups that the plan moves, and of those that it ignores. */
    public Set<String> knownGroups() {
        Set<String> names = new HashSet<>(plannedGroupNames());
        names.addAll(ignoredGroupNames());
        return names;
    }
}
