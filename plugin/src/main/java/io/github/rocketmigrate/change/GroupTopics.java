package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds the topics that a group consumes: those that it is known to consume, otherwise all of its batch. */
final class GroupTopics {
    private final Situation situation;
    /** What the traffic shows of each group; empty until somebody asks: most planners ask about topics only. */
    private Optional<Map<String, Set<String>>> observed = Optional.empty();

    GroupTopics(Situation situation) {
        this.situation = requireNonNull(situation, "situation is null");
    }

    private Map<String, Set<String>> observed() {
        if (observed.isEmpty()) {
            Map<String, Set<String>> byGroup = new HashMap<>();
            situation
                    .traffic()
                    .ifPresent(traffic -> traffic.topics()
                            .forEach(topic -> traffic.groupsOf(topic)
                                    .forEach(group -> byGroup.computeIfAbsent(group, key -> new TreeSet<>())
                                            .add(topic))));
            observed = Optional.of(byGroup);
        }
        return observed.get();
    }

    /**
     * What follows from the topics of a group.
     *
     * @param ofBatches the answers for the groups about which nothing is known, by batch: a batch may be large
     */
    <T> T about(PlannedGroup group, Map<String, T> ofBatches, Function<SortedSet<String>, T> rule) {
        SortedSet<String> known = new TreeSet<>(situation.offsets().topicsOf(group.name()));
        known.addAll(observed().getOrDefault(group.name(), Set.of()));
        return known.isEmpty()
                ? ofBatches.computeIfAbsent(group.batch().name().value(), name -> rule.apply(topics(group.batch())))
                : rule.apply(known);
    }

    private static SortedSet<String> topics(Batch batch) {
        return batch.topics().stream().map(topic -> topic.name().value()).collect(toCollection(TreeSet::new));
    }
}
