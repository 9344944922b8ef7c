package io.github.rocketmigrate.check;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds what is left of a topic in one cluster, group by group. */
final class Remaining {
    private final TopicStep move;
    private final Side side;
    private final ClusterTraffic flow;
    private final Findings findings = new Findings();

    private Remaining(TopicStep move, Side side) {
        this.move = move;
        this.side = side;
        this.flow = move.traffic().at(side);
    }

    static Findings at(Side side, TopicStep move) {
        if (move.situation().at(side).topic(move.name()).isEmpty()) {
            return Findings.passed("the " + side.word() + " does not have the topic");
        }
        Remaining drained = new Remaining(move, side);
        move.groups().forEach(drained::group);
        Kept.find(move, side, drained.findings);
        return drained.findings.elsePassed("nothing of it is left to consume at the " + side.word());
    }

    private void group(String group) {
        ConsumerGroup members = flow.clients().group(group);
        if (members.broadcasting()) {
            broadcasting(group, members);
        } else {
            left(group, backlog(group, move.name()), "of the topic");
        }
        if (members.way().filter(way -> way == ConsumeMode.POP).isPresent()) {
            findings.unknown(
                    group,
                    "what the POP clients of " + group + " have taken and not confirmed at the " + side.word()
                            + " is not known");
        }
    }

    private OptionalLong backlog(String group, String topic) {
        return flow.progress().backlog(group, topic, flow.ranges());
    }

    private void left(String group, OptionalLong backlog, String where) {
        if (backlog.isEmpty()) {
            findings.unknown(group, "how much " + where + " is left to " + group + " was not read");
        } else if (backlog.getAsLong() > 0) {
            findings.failed(
                    group,
                    Counts.messages(backlog.getAsLong()) + " " + where + " at the " + side.word() + " "
                            + (backlog.getAsLong() == 1 ? "is" : "are") + " left to " + group,
                    "Wait until the group has consumed them; if it is offline, start it.");
        }
    }

    /** Each member keeps to itself how far it has come. */
    private void broadcasting(String group, ConsumerGroup members) {
        Map<QueueKey, QueueRange> queues = flow.ranges().topics().getOrDefault(move.name(), Map.of());
        Traffic traffic = move.traffic();
        long left = 0;
        List<String> silent = new ArrayList<>();
        for (String id : members.members().keySet()) {
            Optional<ClientReports.ClientReport> member = traffic.running().member(group, id);
            if (member.isEmpty()) {
                silent.add(id + " (" + traffic.running().whySilent(group, id) + ")");
                continue;
            }
            Map<QueueKey, QueuePosition> taken = member.get().queues(move.name());
            for (Map.Entry<QueueKey, QueueRange> queue : queues.entrySet()) {
                QueuePosition come = taken.get(queue.getKey());
                long next = come == null ? -1 : come.next();
                if (queue.getValue().held() > 0 && next < 0) {
                    silent.add(id + " (it has not said how far it is in queue "
                            + queue.getKey().queue() + " of " + queue.getKey().broker() + ")");
                    break;
                }
                left += Math.max(
                        0,
                        queue.getValue().next()
                                - Math.max(next, queue.getValue().first()));
            }
        }
        left(group, OptionalLong.of(left), "of the topic");
        if (!silent.isEmpty()) {
            findings.unknown(
                    group,
                    "how far clients of the broadcasting group " + group + " are is not known: "
                            + Names.of(silent, Counts.MOST_NAMED));
        }
    }
}
