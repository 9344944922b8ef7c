package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.sim.SceneWorld.ClientEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Notes what the clients of a simulated scene send and receive. */
final class SceneLedger extends Ledger {
    private final LongSupplier now;
    private final List<ClientEvent> events = new ArrayList<>();
    private final Map<Integer, String> brokers = new HashMap<>();

    SceneLedger(LongSupplier now) {
        this.now = now;
    }

    void reads(SceneWorld.Member member) {
        member.topics().forEach(topic -> reads(topic, member.group(), member.orderly()));
    }

    private void note(String client, String what) {
        events.add(new ClientEvent(Duration.ofNanos(now.getAsLong() * 1_000), client, what));
    }

    @Override
    void accepted(SimMessage message, SimBroker broker, int queue, long at) {
        super.accepted(message, broker, queue, at);
        brokers.put(message.number(), broker.name());
        note(message.producer(), "sends to " + broker.name());
    }

    @Override
    void refused(SimMessage message, String why, boolean calm) {
        super.refused(message, why, calm);
        note(message.producer(), why.equals("no route") ? "finds no queue to write" : "gets no answer");
    }

    @Override
    void received(SimMessage message, String group, String member, long at) {
        super.received(message, group, member, at);
        note(member, "receives from " + brokers.get(message.number()));
    }

    List<ClientEvent> events() {
        return events;
    }
}
