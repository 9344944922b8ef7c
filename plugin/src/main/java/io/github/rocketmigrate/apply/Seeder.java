package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.decide.GroupReadiness;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.WriteGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says of every group of a topic that it begins at the first message of each queue of the destination, before there is
 * one. A group without an offset begins with the next message that comes, and may skip those before it.
 */
final class Seeder {
    private final ClusterWriter writer;
    private final Metadata cluster;
    private final WriteGuard sender;
    private final MasterPool masters;

    Seeder(ClusterWriter writer, Metadata cluster, WriteGuard sender, MasterPool masters) {
        this.writer = requireNonNull(writer, "writer is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.sender = requireNonNull(sender, "sender is null");
        this.masters = requireNonNull(masters, "masters is null");
    }

    /** Where a group begins in the queues of a topic; for one group and topic, one after the other. */
    private record Seed(String topic, String group, SortedMap<QueueKey, Long> offsets) {}

    /**
     * Seeds what has no offset yet; progress that is there is left alone.
     *
     * @param arrivals by topic
     * @return the topics that do not have it all, with why
     */
    Map<String, String> seed(Situation situation, Map<String, GroupReadiness> arrivals)
            throws InterruptedException, Halt {
        ClusterTraffic flow = situation.traffic().orElseThrow().at(Side.DESTINATION);
        List<Seed> seeds = new ArrayList<>();
        arrivals.forEach((topic, arrival) -> arrival.groups().forEach(group -> {
            Seed seed = new Seed(topic, group, missing(flow.offsets(), group, topic, flow));
            if (!seed.offsets().isEmpty()) {
                seeds.add(seed);
            }
        }));
        if (seeds.isEmpty()) {
            return Map.of();
        }
        Map<String, String> failed = new HashMap<>();
        masters.each(seeds, this::write);
        ConsumerOffsets now;
        try {
            now = writer.reader().consumerOffsets(cluster);
        } catch (Fault fault) {
            throw Halt.of(fault);
        }
        for (Seed seed : seeds) {
            Map<QueueKey, Long> has = offsets(now, seed.group(), seed.topic());
            if (!has.keySet().containsAll(seed.offsets().keySet())) {
                failed.put(
                        seed.topic(),
                        "group " + seed.group() + " has no offset in all its queues at the destination, though it was"
                                + " told them");
            }
        }
        return failed;
    }

    private SortedMap<QueueKey, Long> missing(
            ConsumerOffsets progress, String group, String topic, ClusterTraffic flow) {
        Map<QueueKey, Long> has = offsets(progress, group, topic);
        Map<QueueKey, QueueRange> ranges = flow.queues().topics().getOrDefault(topic, Map.of());
        SortedMap<QueueKey, Long> missing = new TreeMap<>();
        cluster.topic(topic).forEach((broker, settings) -> {
            for (int queue = 0; queue < settings.queues(); queue++) {
                QueueKey key = new QueueKey(broker, queue);
                if (!has.containsKey(key)) {
                    missing.put(key, ranges.containsKey(key) ? ranges.get(key).first() : 0L);
                }
            }
        });
        return missing;
    }

    private static Map<QueueKey, Long> offsets(ConsumerOffsets progress, String group, String topic) {
        return progress.groups().getOrDefault(group, Map.of()).getOrDefault(topic, Map.of());
    }

    private void write(Seed seed) throws InterruptedException, Halt {
        SortedMap<String, SortedMap<QueueKey, Long>> byBroker = new TreeMap<>();
        seed.offsets()
                .forEach((queue, offset) -> byBroker.computeIfAbsent(queue.broker(), key -> new TreeMap<>())
                        .put(queue, offset));
        for (Map.Entry<String, SortedMap<QueueKey, Long>> broker : byBroker.entrySet()) {
            Broker master = cluster.brokers().get(broker.getKey());
            Claim claim = sender.send(
                    "offsets",
                    master,
                    List.of(seed.topic() + "@" + seed.group()),
                    () -> write(seed, master, broker.getValue()));
            if (claim instanceof Claim.Rejected rejected) {
                throw new Halt(rejected.what() + ".", rejected.fix());
            }
            if (claim instanceof Claim.Unanswered unanswered) {
                throw new Halt(
                        unanswered.what() + ".", "Check that server, then run again: it looks at what is there first.");
            }
        }
    }

    private Claim write(Seed seed, Broker master, SortedMap<QueueKey, Long> offsets) throws InterruptedException {
        for (Map.Entry<QueueKey, Long> queue : offsets.entrySet()) {
            Claim claim = writer.setOffset(
                    master, seed.group(), seed.topic(), queue.getKey().queue(), queue.getValue());
            if (!(claim instanceof Claim.Accepted)) {
                return claim;
            }
        }
        return new Claim.Accepted();
    }
}
