package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.write.BulkWrite;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.ObjectUpdate;
import io.github.rocketmigrate.write.SettingsStore;
import io.github.rocketmigrate.write.WriteContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Creates retry topics at the destination: consumers poll the route of their group's retry topic and so learn of the
 * destination's masters.
 */
final class RetryTopics {
    private final Situation situation;
    private final SettingsStore<TopicSettings> store;
    private final WriteContext context;

    RetryTopics(Situation situation, SettingsStore<TopicSettings> store, WriteContext context) {
        this.situation = requireNonNull(situation, "situation is null");
        this.store = requireNonNull(store, "store is null");
        this.context = requireNonNull(context, "context is null");
    }

    void create(SortedSet<String> groups) throws InterruptedException, Halt {
        List<ObjectUpdate<TopicSettings>> updates = new ArrayList<>();
        for (String group : groups) {
            updates.add(update(group));
        }
        for (List<ObjectUpdate<TopicSettings>> some : BulkWrite.slices(updates)) {
            new BulkWrite<>(store, situation.destination().brokers(), some, context).run(Map.of());
        }
    }

    private ObjectUpdate<TopicSettings> update(String group) {
        String name = Traffic.retries(group);
        SortedMap<String, TopicSettings> after = new TreeMap<>();
        situation.destination().brokers().forEach((broker, master) -> {
            if (!master.topics().containsKey(name)) {
                int queues = master.groups().get(group).retryQueues();
                after.put(broker, TopicSettings.of(queues, Access.READ_WRITE));
            }
        });
        Subject subject = new Subject(Subject.Kind.TOPIC, name, Side.DESTINATION, Optional.empty(), Optional.empty());
        return ObjectUpdate.of(AlignObject.create(subject, after, new TreeSet<>()), TopicSettings.class);
    }
}
