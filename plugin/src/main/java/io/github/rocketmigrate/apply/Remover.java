package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.change.Change.Remove;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.ObjectUse;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.BulkWrite;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.WriteContext;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Removes topics and groups from every master of the destination, and their routes from its name servers. Reads right
 * before whether they are still as planned and unused, and reads afterwards whether they are gone.
 *
 * <p>The routes of a topic are removed last: brokers would register the topic again. A run that stops in between leaves
 * an object that the next run removes: on some masters, or only in routes.
 */
final class Remover {
    private final ClusterWriter writer;
    private final Metadata cluster;
    private final WriteGuard guard;
    private final RunControl control;

    Remover(ClusterWriter writer, Metadata cluster, WriteGuard guard, RunControl control) {
        this.writer = requireNonNull(writer, "writer is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.control = requireNonNull(control, "control is null");
    }

    /** Removes objects: the first one alone, to learn whether the user may, then many between two readings. */
    AppliedChanges remove(List<Remove> removals) throws InterruptedException {
        AppliedChanges made = AppliedChanges.NONE;
        try (MasterPool masters = new MasterPool(control.timing())) {
            WriteContext context = new WriteContext(guard, masters, control);
            int to = 1;
            for (int from = 0; from < removals.size(); from = to, to = Math.min(removals.size(), to + BulkWrite.MOST)) {
                List<Remove> some = removals.subList(from, to);
                made = made.then(some, () -> removeSome(some, context));
                control.progress().done(to, removals.size());
            }
        }
        return made;
    }

    private AppliedChanges removeSome(List<Remove> removals, WriteContext context) throws InterruptedException {
        RemovalReading reading = new RemovalReading(writer, cluster, context);
        List<Removal> all = removals.stream().map(Removal::new).toList();
        Optional<Halt> halt = Optional.empty();
        try {
            Metadata now = reading.now();
            ObjectUse use = reading.use(now, removals);
            all.forEach(removal -> removal.check(now, use));
            for (Removal removal : all) {
                if (removal.isOpen()) {
                    send(removal, now, context.masters());
                }
            }
        } catch (Halt stop) {
            halt = Optional.of(stop);
        } catch (Fault fault) {
            halt = Optional.of(Halt.of(fault));
        }
        Map<String, Broker> left = reading.until(all);
        SortedSet<String> unrouted = all.stream()
                .filter(removal -> removal.isOpen() && removal.isGone(cluster, left))
                .flatMap(removal -> removal.topics().stream())
                .collect(toCollection(TreeSet::new));
        Map<String, String> routed = new TreeMap<>();
        try {
            if (halt.isEmpty()) {
                removeRoutes(unrouted, reading, all);
            }
        } catch (Halt stop) {
            halt = Optional.of(stop);
        } catch (Fault fault) {
            halt = Optional.of(Halt.of(fault));
        }
        routed.putAll(reading.untilUnrouted(unrouted));
        Optional<Halt> end = halt;
        List<AppliedChange> applied = all.stream()
                .map(removal -> removal.judge(cluster, left, routed, end))
                .toList();
        return new AppliedChanges(applied, halt.or(() -> refusal(all)).map(Halt::stop));
    }

    /** A server that refuses one removal refuses the others too. */
    private static Optional<Halt> refusal(List<Removal> all) {
        return all.stream()
                .filter(removal -> removal.applied().outcome() == WriteOutcome.UNKNOWN || removal.isRefused())
                .map(Removal::applied)
                .findFirst()
                .map(one -> new Halt(one.why() + ".", one.fix()));
    }

    /** Removes one object from all masters. The first removal of a run goes to one master after the other. */
    private void send(Removal removal, Metadata now, MasterPool masters) throws InterruptedException, Halt {
        if (removal.change().isOfTopic() && hasNewMessage(removal, now)) {
            return;
        }
        for (String name : removal.topics()) {
            send(removal, "remove-topic", name, now.topic(name), now, masters);
        }
        if (!removal.change().isOfTopic()) {
            String group = removal.change().subject().name();
            send(removal, "remove-group", group, now.group(group), now, masters);
        }
    }

    private boolean hasNewMessage(Removal removal, Metadata now) throws InterruptedException {
        String topic = removal.change().subject().name();
        OptionalLong held = writer.reader().queueOffsets(now, List.of(topic)).held(topic);
        if (held.orElse(0) > 0) {
            removal.end(
                    WriteOutcome.FAILED,
                    Counts.of(held.getAsLong(), "message has", "messages have") + " arrived since it was planned",
                    "Plan again: the new plan says what can be done.");
        }
        return !removal.isOpen();
    }

    private void send(
            Removal removal,
            String what,
            String name,
            SortedMap<String, ? extends ObjectSettings> found,
            Metadata now,
            MasterPool masters)
            throws InterruptedException, Halt {
        List<Broker> rest = new ArrayList<>(
                found.keySet().stream().map(broker -> now.brokers().get(broker)).toList());
        while (!guard.isAccepted(what) && !rest.isEmpty()) {
            send(removal, what, name, rest.remove(0));
        }
        masters.each(rest, master -> send(removal, what, name, master));
    }

    private void send(Removal removal, String what, String name, Broker master) throws InterruptedException, Halt {
        Claim claim = guard.send(what, master, List.of(name), () -> {
            removal.sentTo(master.name(), control.timing());
            return what.equals("remove-topic") ? writer.removeTopic(master, name) : writer.removeGroup(master, name);
        });
        removal.told(claim);
        if (claim instanceof Claim.Rejected rejected && rejected.ofRights()) {
            throw new Halt(rejected.what() + ".", rejected.fix());
        }
        if (claim instanceof Claim.Unanswered unanswered) {
            throw new Halt(
                    unanswered.what() + ".", "Check that server, then run again: the run reads both clusters first.");
        }
    }

    /** Removes routes where they are left. */
    private void removeRoutes(SortedSet<String> topics, RemovalReading reading, List<Removal> all)
            throws InterruptedException, Halt {
        for (Map.Entry<String, Set<String>> nameServer : reading.routed(topics).entrySet()) {
            for (String topic : nameServer.getValue()) {
                String address = nameServer.getKey();
                Claim claim = guard.send(
                        "remove-route",
                        address,
                        List.of(topic),
                        () -> writer.removeRoute(address, topic, cluster.cluster()));
                all.stream()
                        .filter(removal -> removal.topics().contains(topic))
                        .forEach(removal -> removal.sentTo(address, control.timing()));
                if (claim instanceof Claim.Rejected rejected) {
                    throw new Halt(rejected.what() + ".", rejected.fix());
                }
                if (claim instanceof Claim.Unanswered unanswered) {
                    throw new Halt(
                            unanswered.what() + ".",
                            "Check that server, then run again: the run reads both clusters first.");
                }
            }
        }
    }
}
