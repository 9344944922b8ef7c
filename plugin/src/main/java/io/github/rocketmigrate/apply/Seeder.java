package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.SeedOffsets;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteContext;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Gives groups their first offsets in one cluster and reads all of them back. */
final class Seeder {
    private final Side side;
    private final ClusterWriter writer;
    private final Metadata cluster;
    private final WriteGuard guard;
    private final MasterPool masters;
    private final Timing timing;
    /** By topic. */
    private final Map<String, Timing.Stopwatch> writing = new ConcurrentHashMap<>();

    Seeder(Side side, ClusterWriter writer, Metadata cluster, WriteContext context) {
        this.side = requireNonNull(side, "side is null");
        this.writer = requireNonNull(writer, "writer is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.guard = context.guard();
        this.masters = context.masters();
        this.timing = context.control().timing();
    }

    /**
     * The offsets of one group in one topic, written one after the other because brokers may lose one of two concurrent
     * writes.
     */
    private record GroupSeed(String topic, String group, SortedMap<QueueKey, Long> offsets) {}

    /** Writes all offsets, several groups at a time, and returns the results. */
    List<AppliedChange> seed(List<SeedOffsets> changes) throws InterruptedException, Halt {
        if (changes.isEmpty()) {
            return List.of();
        }
        List<GroupSeed> seeds = new ArrayList<>();
        for (SeedOffsets change : changes) {
            change.offsets()
                    .forEach((group, offsets) ->
                            seeds.add(new GroupSeed(change.subject().name(), group, offsets)));
        }
        masters.each(seeds, this::write);
        ConsumerOffsets now;
        try {
            now = writer.reader().consumerOffsets(cluster);
        } catch (Fault fault) {
            throw Halt.of(fault);
        }
        List<AppliedChange> applied = new ArrayList<>();
        changes.forEach(change -> applied.add(missing(change, now)
                .map(group -> new AppliedChange(
                        change,
                        WriteOutcome.FAILED,
                        "group " + group + " has no offset in some queue at the " + side.word()
                                + ", although the broker accepted it",
                        "Reset the offset of group " + group + " at the " + side.word() + ", then run again."))
                .orElseGet(() -> AppliedChange.confirmed(
                        change, Optional.ofNullable(writing.get(change.subject().name()))))));
        return applied;
    }

    private static Optional<String> missing(SeedOffsets change, ConsumerOffsets now) {
        return change.offsets().entrySet().stream()
                .filter(group -> !offsets(now, group.getKey(), change.subject().name())
                        .containsAll(group.getValue().keySet()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Set<QueueKey> offsets(ConsumerOffsets offsets, String group, String topic) {
        return offsets.groups()
                .getOrDefault(group, Map.of())
                .getOrDefault(topic, Map.of())
                .keySet();
    }

    private void write(GroupSeed seed) throws InterruptedException, Halt {
        SortedMap<String, SortedMap<QueueKey, Long>> byBroker = new TreeMap<>();
        seed.offsets()
                .forEach((queue, offset) -> byBroker.computeIfAbsent(queue.broker(), key -> new TreeMap<>())
                        .put(queue, offset));
        for (Map.Entry<String, SortedMap<QueueKey, Long>> broker : byBroker.entrySet()) {
            Broker master = cluster.brokers().get(broker.getKey());
            writing.computeIfAbsent(seed.topic(), topic -> timing.stopwatch());
            Claim claim = guard.send(
                    "offsets",
                    master,
                    List.of(seed.topic() + "@" + seed.group()),
                    () -> write(seed, master, broker.getValue()));
            if (claim instanceof Claim.Rejected rejected) {
                throw new Halt(rejected.what() + ".", rejected.fix());
            }
            if (claim instanceof Claim.Unanswered unanswered) {
                throw new Halt(unanswered.what() + ".", "Check that server, then run again.");
            }
        }
    }

    private Claim write(GroupSeed seed, Broker master, SortedMap<QueueKey, Long> offsets) throws InterruptedException {
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
