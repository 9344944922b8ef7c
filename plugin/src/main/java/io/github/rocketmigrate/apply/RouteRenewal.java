package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.ObjectUpdate;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes name servers show the permissions that brokers have already: some name server has missed the last step of a topic. */
final class RouteRenewal {
    private final StepContext context;

    RouteRenewal(StepContext context) {
        this.context = requireNonNull(context, "context is null");
    }

    /** Registers topics again on both sides, and waits until every name server shows it. */
    List<AppliedChange> renew(List<MoveTopic> moves) throws InterruptedException {
        List<ObjectUpdate<TopicSettings>> updates = new ArrayList<>();
        for (MoveTopic move : moves) {
            ObjectUpdate<TopicSettings> update = AccessUpdate.none(move, context.cluster(Side.DESTINATION));
            update.beginWriting(context.timing());
            updates.add(update);
        }
        Set<String> unseen = updates.isEmpty() ? Set.of() : unseen(updates);
        for (ObjectUpdate<TopicSettings> update : updates) {
            if (unseen.contains(update.name())) {
                update.end(WriteOutcome.UNKNOWN, FenceOutcomes.UNSEEN, FenceOutcomes.CHECK_NAME_SERVERS);
            } else {
                update.end(WriteOutcome.CONFIRMED, "", "");
            }
        }
        return updates.stream().map(ObjectUpdate::applied).toList();
    }

    private Set<String> unseen(List<ObjectUpdate<TopicSettings>> updates) throws InterruptedException {
        Set<String> unseen = new TreeSet<>();
        for (Side side : Side.values()) {
            Map<String, Map<String, TopicSettings>> topics = new HashMap<>();
            updates.forEach(
                    update -> topics.put(update.name(), context.cluster(side).topic(update.name())));
            unseen.addAll(unseen(side, topics));
        }
        return unseen;
    }

    private Set<String> unseen(Side side, Map<String, Map<String, TopicSettings>> topics) throws InterruptedException {
        Set<String> unseen = new TreeSet<>(topics.keySet());
        try {
            context.store(side).register(topics, context.guard().urgent());
        } catch (Halt | Fault stop) {
            return unseen;
        }
        context.writing().polling().until(context.timeouts().unseen(), unseen::isEmpty, () -> {
            unseen.clear();
            try {
                unseen.addAll(context.store(side).unseen(topics));
            } catch (Fault fault) {
                unseen.addAll(topics.keySet());
            }
        });
        return unseen;
    }
}
