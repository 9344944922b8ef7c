package io.github.rocketmigrate.memory;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Watches where a topic can be written: at masters that take messages, and to which a name server sends producers. */
public final class ProducersView {
    private final MemoryNetwork network;
    private final String topic;
    private final Set<Side> known;
    private final List<Set<Side>> seen = new ArrayList<>();
    private boolean wasPart;

    ProducersView(MemoryNetwork network, String topic, Set<Side> known) {
        this.network = network;
        this.topic = topic;
        this.known = known;
        look();
    }

    void look() {
        seen.add(now());
        wasPart |= known.stream()
                .flatMap(each -> network.nameServers(each).values().stream())
                .anyMatch(this::showsPartOfASide);
    }

    private boolean showsPartOfASide(MemoryNameServer nameServer) {
        return Arrays.stream(Side.values())
                .anyMatch(side -> network.brokers(side).stream()
                                .map(broker -> nameServer.route(topic).get(broker.name()))
                                .filter(Objects::nonNull)
                                .map(entry -> entry.access().isWritable())
                                .distinct()
                                .count()
                        > 1);
    }

    /** The sides on which it can be written now. */
    public Set<Side> now() {
        return Arrays.stream(Side.values()).filter(this::isWritable).collect(toCollection(TreeSet::new));
    }

    private boolean isWritable(Side side) {
        return network.brokers(side).stream()
                .filter(broker -> broker.topics.containsKey(topic)
                        && broker.topics.get(topic).access().isWritable())
                .anyMatch(broker -> known.stream()
                        .flatMap(each -> network.nameServers(each).values().stream())
                        .map(nameServer -> nameServer.route(topic).get(broker.name()))
                        .anyMatch(entry -> entry != null && entry.access().isWritable()));
    }

    /** Whether producers have always found a queue that takes their messages. */
    public boolean wasAlwaysWritable() {
        return seen.stream().noneMatch(Set::isEmpty);
    }

    /** Whether a name server has shown only some of a side's queues, which gives keys other queues. */
    public boolean wasEverWritableInPart() {
        return wasPart;
    }

    /** Whether a key may ever have had two queues. */
    public boolean wasEverWritableOnBothSides() {
        return seen.stream().anyMatch(sides -> sides.size() > 1);
    }
}
