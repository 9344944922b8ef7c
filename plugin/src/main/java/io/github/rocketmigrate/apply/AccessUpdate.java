package io.github.rocketmigrate.apply;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Rung.AccessChange;
import io.github.rocketmigrate.write.ObjectUpdate;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Computes the update of a topic whose access changes in one cluster. */
final class AccessUpdate {
    private AccessUpdate() {}

    /** The update of the masters of one side; empty if all of them have the permissions already. */
    static Optional<ObjectUpdate<TopicSettings>> of(MoveTopic move, AccessChange write, Metadata cluster) {
        SortedMap<String, TopicSettings> before = new TreeMap<>();
        SortedMap<String, TopicSettings> after = new TreeMap<>();
        cluster.topic(move.subject().name()).forEach((broker, settings) -> {
            TopicSettings gets =
                    given(write.access(), settings, cluster.brokers().get(broker));
            if (!gets.access().equals(settings.access())) {
                before.put(broker, settings);
                after.put(broker, gets);
            }
        });
        return after.isEmpty() ? Optional.empty() : Optional.of(new ObjectUpdate<>(move, before, after));
    }

    /** The update of a side that keeps the permissions it has. */
    static ObjectUpdate<TopicSettings> none(MoveTopic move, Metadata cluster) {
        SortedMap<String, TopicSettings> found =
                new TreeMap<>(cluster.topic(move.subject().name()));
        return new ObjectUpdate<>(move, found, found);
    }

    /** 4.x brokers store every update with order=false, whatever they receive. */
    private static TopicSettings given(Access access, TopicSettings settings, Broker broker) {
        TopicSettings gets = settings.withAccess(access);
        return broker.version().isFour() ? gets.withOrder(false) : gets;
    }
}
