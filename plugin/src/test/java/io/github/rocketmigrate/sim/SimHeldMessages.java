package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.TrafficQuestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads which messages the brokers of a simulated cluster hold back. */
final class SimHeldMessages {
    private final World world;
    private final Requests requests;

    SimHeldMessages(World world, Requests requests) {
        this.world = world;
        this.requests = requests;
    }

    private <T> T at(String broker, String what, Supplier<T> answer) {
        return requests.ask(world.broker(broker).master().address(), what, answer);
    }

    Map<HeldKind, Amount> kinds(Metadata metadata) {
        Map<HeldKind, Amount> kinds = new HashMap<>();
        for (HeldKind kind : HeldKind.values()) {
            kinds.put(kind, Amount.NOTHING);
        }
        for (Broker broker : metadata.brokers().values()) {
            String name = broker.name();
            int levels = broker.delayLevels().orElseThrow();
            List<SimBroker.Held> held = at(
                    name,
                    "messages held back",
                    () -> world.broker(name).held().stream()
                            .filter(one -> one.level() <= levels)
                            .toList());
            for (SimBroker.Held one : held) {
                Amount amount = one(one.message().topic(), 1);
                kinds.merge(one.kind(), one.isRetry() ? returned(amount) : amount, Amount::and);
            }
        }
        return kinds;
    }

    private static Amount returned(Amount of) {
        return new Amount(of.total(), of.topics(), of.unseen(), of.due(), of.topics());
    }

    private static Amount one(String topic, long count) {
        return new Amount(count, new TreeMap<>(Map.of(topic, count)), Optional.empty());
    }

    /** The retries that no member has consumed, by group. */
    Map<String, Amount> retries(TrafficQuestion question, QueueOffsets retries) {
        Map<String, Amount> amounts = new HashMap<>();
        for (String group : question.allGroups()) {
            String topic = SystemNames.retryTopic(group);
            Amount amount = Amount.NOTHING;
            for (Map.Entry<QueueKey, QueueRange> unread :
                    new TreeMap<>(question.consumers().offsets().unread(group, topic, retries)).entrySet()) {
                QueueKey queue = unread.getKey();
                List<SimMessage> messages = at(
                        queue.broker(),
                        "retries of " + group,
                        () -> world.broker(queue.broker())
                                .queue(topic, queue.queue())
                                .from(unread.getValue().first(), (int)
                                        unread.getValue().held()));
                for (SimMessage message : messages) {
                    amount = amount.and(one(message.topic(), 1));
                }
            }
            amounts.put(group, amount);
        }
        return amounts;
    }
}
