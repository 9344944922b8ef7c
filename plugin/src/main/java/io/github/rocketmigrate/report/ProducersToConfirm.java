package io.github.rocketmigrate.report;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.SwitchedProducers;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the team of a batch has to confirm before the source closes for writing: a producer that has sent nothing lately is
 * seen by no check, because brokers do not tell which topics a producer uses.
 *
 * @param topics whose source closes for writing
 */
record ProducersToConfirm(String batch, Optional<String> owner, SortedSet<String> topics) {
    private static final int MOST_NAMED = 3;
    /** The steps of a topic after which the source refuses its messages. */
    private static final Set<Purpose> CLOSING_THE_SOURCE = EnumSet.of(Purpose.TO_DESTINATION, Purpose.CLOSE_FENCE);

    private static final String UNSEEN = "RocketMigrate sees only those that sent in the last "
            + SwitchedProducers.RECENT.toHours() + " h; any other with the old name servers can no longer send"
            + " (\"No route info of this topic\").";

    ProducersToConfirm {
        requireNonNull(batch, "batch is null");
        requireNonNull(owner, "owner is null");
        topics = unmodifiableSortedSet(topics);
    }

    /**
     * One for each batch that has such topics, in the order of the plan.
     *
     * @param ways what the steps of each topic are for
     */
    static List<ProducersToConfirm> in(Situation situation, Map<String, Set<Purpose>> ways) {
        if (!situation.routing().equals(Optional.of(Routing.JOIN))) {
            return List.of();
        }
        Map<String, SortedSet<String>> topics = new LinkedHashMap<>();
        Map<String, Optional<String>> owners = new LinkedHashMap<>();
        for (PlannedTopic topic : situation.scope().topics()) {
            if (!Collections.disjoint(ways.getOrDefault(topic.name(), Set.of()), CLOSING_THE_SOURCE)) {
                String batch = topic.batch().name().value();
                topics.computeIfAbsent(batch, key -> new TreeSet<>()).add(topic.name());
                owners.put(batch, topic.batch().owner().map(owner -> owner.value()));
            }
        }
        List<ProducersToConfirm> all = new ArrayList<>();
        topics.forEach((batch, of) -> all.add(new ProducersToConfirm(batch, owners.get(batch), of)));
        return all;
    }

    /** Whom to ask, as the list of things to do names owners. */
    String asked() {
        return owner.orElse("batch " + batch);
    }

    String names() {
        return Names.of(topics, MOST_NAMED);
    }

    /** All of them: nobody signs for topics that the page does not name. */
    String allNames() {
        return String.join(", ", topics);
    }

    /** For a terminal. */
    String sentence() {
        return names() + ": before you apply, have " + owner.orElse("the owners of batch " + batch)
                + " confirm that all producers use the destination's name servers. " + UNSEEN;
    }

    /** For a box that the owner ticks. */
    String toTick() {
        return "all producers use the destination's name servers. " + UNSEEN;
    }
}
