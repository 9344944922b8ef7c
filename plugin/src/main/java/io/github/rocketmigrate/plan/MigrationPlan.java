package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Stage;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is wanted: a plan as it was written, each element with its place in the text. */
public record MigrationPlan(
        Located<String> name,
        PlannedCluster source,
        PlannedCluster destination,
        DestinationTraits traits,
        Optional<TrafficPlan> traffic,
        Defaults defaults,
        List<Batch> batches,
        List<IgnoredGroup> ignoredGroups) {
    public MigrationPlan {
        requireNonNull(name, "name is null");
        requireNonNull(source, "source is null");
        requireNonNull(destination, "destination is null");
        requireNonNull(traits, "traits is null");
        requireNonNull(traffic, "traffic is null");
        requireNonNull(defaults, "defaults is null");
        batches = List.copyOf(batches);
        ignoredGroups = List.copyOf(ignoredGroups);
    }

    /**
     * How one of the two clusters is reached.
     *
     * @param written where its name servers stand, if anything does
     */
    public record PlannedCluster(
            Optional<Position> written,
            List<Located<String>> nameServers,
            Optional<Located<String>> cluster,
            Optional<Located<String>> credentials,
            boolean tls) {
        public PlannedCluster {
            nameServers = List.copyOf(nameServers);
        }
    }

    /** What is said of the destination besides how it is reached. */
    public record DestinationTraits(
            Located<String> profile, List<Located<String>> clientAddresses, Optional<Maintenance> maintenance) {
        public DestinationTraits {
            clientAddresses = List.copyOf(clientAddresses);
        }
    }

    /** When the destination's brokers may be restarted. */
    public record Maintenance(Located<String> window, Located<String> zone) {}

    /** How applications come to use the destination. */
    public record TrafficPlan(Located<Routing> routing, boolean complete) {}

    /** What holds for topics and groups that do not say otherwise. */
    public record Defaults(Optional<Located<Integer>> queues, Optional<Located<Integer>> retries) {}

    /** Topics that move together. */
    public record Batch(
            Located<String> name,
            Optional<Located<Stage>> stage,
            Optional<Located<Integer>> canary,
            Optional<Located<String>> owner,
            List<Topic> topics,
            List<Group> groups,
            List<Waiver> waivers) {
        public Batch {
            topics = List.copyOf(topics);
            groups = List.copyOf(groups);
            waivers = List.copyOf(waivers);
        }

        /** The stage that is wanted for this batch. */
        public Stage wanted() {
            return stage.map(Located::value).orElse(Stage.SOURCE);
        }

        /** The stage that is wanted for one of this batch's topics. */
        public Stage wanted(Topic topic) {
            return topic.stage().map(Located::value).orElseGet(this::wanted);
        }
    }

    /** A topic that is wanted at the destination. */
    public record Topic(
            Located<String> name,
            Located<MessageType> type,
            Optional<Located<Integer>> queues,
            Optional<Located<Stage>> stage) {}

    /** A consumer group that is wanted at the destination. */
    public record Group(Located<String> name, Located<ConsumeOrder> order, Optional<Located<Integer>> retries) {}

    /** A group that nobody runs any more. */
    public record IgnoredGroup(Located<String> name, Located<String> reason) {}

    /** Passes over one check until a date; for all topics and groups of the batch where it names none. */
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
    }

    public Stream<Topic> topics() {
        return batches.stream().flatMap(batch -> batch.topics().stream());
    }

    public Stream<Group> groups() {
        return batches.stream().flatMap(batch -> batch.groups().stream());
    }
}
