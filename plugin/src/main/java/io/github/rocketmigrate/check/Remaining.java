package io.github.rocketmigrate.check;

import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.WrongAnswer;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.ConsumptionSpeed;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DueTime;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the messages of a topic that one cluster still has to deliver: in queues, delayed, half, and to be retried. A fence
 * does not wait for retries: their groups have passed later messages already, and get them as long as the cluster can be
 * read.
 */
final class Remaining {
    private final TopicStep step;
    private final Side side;
    private final ClusterTraffic flow;
    private final SortedSet<String> groups;
    private final boolean isOfFence;
    private final Findings findings = new Findings();

    private Remaining(TopicStep step, Side side) {
        this.isOfFence = step.rung() instanceof Rung.Wait || step.rung().closesFirst();
        this.step = step;
        this.side = side;
        this.flow = step.traffic().at(side);
        this.groups = step.groups();
    }

    /** The messages in the queues of the topic, and those that brokers hold outside. */
    static Findings at(Side side, TopicStep step) {
        if (step.situation().at(side).topic(step.name()).isEmpty()) {
            return Findings.passed("the " + side.word() + " does not have the topic");
        }
        Remaining remaining = new Remaining(step, side);
        remaining.findings.of(remaining.groups);
        remaining.groups.forEach(remaining::group);
        remaining.held();
        return remaining.findings.elsePassed("no message of the topic is left at the " + side.word());
    }

    /** Those that brokers hold outside the topic's queues: delayed, half, and to be retried. */
    static Findings heldAt(Side side, TopicStep step) {
        Remaining remaining = new Remaining(step, side);
        remaining.held();
        return remaining.findings;
    }

    private void group(String group) {
        ConsumerGroup members = flow.clients().group(group);
        if (members.broadcasting()) {
            broadcasting(group, members);
        } else {
            clustering(group);
        }
        inFlight(group, members);
    }

    /** A broker commits the messages that it hands out to POP clients, so those that are not acknowledged are in no backlog. */
    private void inFlight(String group, ConsumerGroup members) {
        boolean pops = members.mode().filter(way -> way == ConsumeMode.POP).isPresent()
                || step.traffic().reports().of(group).stream().anyMatch(report -> report.pops(step.name()));
        if (pops) {
            findings.unknown(
                    group,
                    "messages in flight to POP clients of " + group + " at the " + side.word() + " are not known");
        } else if (members.members().isEmpty()
                && !Proxies.among(flow.clients()).isEmpty()
                && flow.offsets().groupsOf(step.name()).contains(group)) {
            findings.unknown(
                    group,
                    group + " has no client at a broker, and may have some behind the proxies of the " + side.word()
                            + ": messages in flight to them are not known");
        }
    }

    private void clustering(String group) {
        SortedMap<QueueKey, Long> beyond = flow.offsets().beyondEnd(group, step.name(), flow.queues());
        if (beyond.isEmpty()) {
            left(group, backlog(group, step.name()));
            return;
        }
        QueueKey queue = beyond.firstKey();
        findings.unknown(
                group,
                group + " has the offset " + beyond.get(queue) + " in queue " + queue.queue() + " of " + queue.broker()
                        + " at the " + side.word() + ", which ends at "
                        + flow.queues().topics().get(step.name()).get(queue).next()
                        + ": it is of an earlier topic of this name ("
                        + WrongAnswer.OFFSETS_OF_DELETED_TOPICS.source() + ")");
    }

    private OptionalLong backlog(String group, String topic) {
        return flow.offsets().backlog(group, topic, flow.queues());
    }

    private void left(String group, OptionalLong backlog) {
        if (backlog.isEmpty()) {
            findings.unknown(group, "the backlog of " + group + " at the " + side.word() + " was not read");
        } else if (backlog.getAsLong() > 0) {
            findings.failed(
                    group,
                    Counts.messages(backlog.getAsLong()) + " of the topic at the " + side.word() + " "
                            + Counts.isOrAre(backlog.getAsLong()) + " unread by " + group
                            + estimate(group, backlog.getAsLong()),
                    "Wait until the group has consumed " + Counts.itOrThem(backlog.getAsLong()) + ". " + start(group));
        }
    }

    /** {@code , which consumed 8200 in 10 s: about 7 min left}; nothing before a second reading. */
    private String estimate(String group, long backlog) {
        return Optional.of(group)
                // Brokers do not have the offsets of the others.
                .filter(it -> !flow.clients().group(it).broadcasting())
                .flatMap(it -> ConsumptionSpeed.of(step.traffic(), side, it, step.name()))
                .map(speed -> ", which " + speed.words()
                        + speed.timeFor(backlog)
                                .map(left -> ": about " + Counts.span(left) + " left")
                                .orElse(""))
                .orElse("");
    }

    private String start(String group) {
        SortedSet<String> disabled = new TreeSet<>();
        step.situation().at(side).group(group).forEach((master, settings) -> {
            if (!settings.enabled()) {
                disabled.add(master);
            }
        });
        return disabled.isEmpty()
                ? "Start the group if it is offline."
                : "Enable the group on " + Names.of(disabled, Counts.MOST_NAMED) + ", where it is disabled.";
    }

    /** Each member of a broadcasting group keeps its own offsets. */
    private void broadcasting(String group, ConsumerGroup members) {
        long left = 0;
        List<String> silent = new ArrayList<>();
        for (String id : members.members().keySet()) {
            Optional<ClientReport> member = step.traffic().reports().member(group, id);
            if (member.isEmpty()) {
                silent.add(id + " (" + step.traffic().reports().whySilent(group, id) + ")");
            } else {
                left += unread(id, member.get(), silent);
            }
        }
        left(group, OptionalLong.of(left));
        if (!silent.isEmpty()) {
            findings.unknown(
                    group,
                    "the progress of clients of the broadcasting group " + group + " is not known: "
                            + Names.of(silent, Counts.MOST_NAMED));
        }
    }

    /** The messages that one member has not read, up to the first queue of which it did not report its offset. */
    private long unread(String id, ClientReport member, List<String> silent) {
        Map<QueueKey, QueueRange> queues = flow.queues().topics().getOrDefault(step.name(), Map.of());
        Map<QueueKey, QueuePosition> positions = member.queues(step.name());
        long unread = 0;
        for (Map.Entry<QueueKey, QueueRange> queue : queues.entrySet()) {
            QueuePosition position = positions.get(queue.getKey());
            long next = position == null ? -1 : position.next();
            QueueRange range = queue.getValue();
            if (range.held() > 0 && next < 0) {
                silent.add(id + " (it did not report its offset in queue "
                        + queue.getKey().queue() + " of " + queue.getKey().broker() + ")");
                break;
            }
            unread += Math.max(0, range.next() - Math.max(next, range.first()));
        }
        return unread;
    }

    private void held() {
        if (flow.held().kinds().isEmpty()) {
            findings.unknown("delayed, half and retried messages at the " + side.word() + " were not read");
            return;
        }
        flow.held().undispatched().forEach(why -> findings.unknown("at the " + side.word() + ", " + why));
        List.of(HeldKind.values()).forEach(this::held);
        if (!isOfFence) {
            groups.forEach(this::retries);
        }
        groups.forEach(this::popRetries);
    }

    private void held(HeldKind kind) {
        Amount amount = flow.held().kinds().getOrDefault(kind, Amount.NOTHING);
        long found = isOfFence ? amount.unreadOf(step.name()) : amount.of(step.name());
        String where = " at the " + side.word();
        Optional<String> unseen = amount.unseen();
        boolean mayHaveEnded = kind == HeldKind.HALF && unseen.isPresent();
        if (found > 0 && !mayHaveEnded) {
            findings.failed(
                    Counts.of(found, kind.word() + " message") + " of the topic " + Counts.isOrAre(found) + where
                            + due(amount),
                    switch (kind) {
                        case DELAYED, TIMED -> "Wait until they are delivered and consumed.";
                        case HALF -> "Commit or roll back the transactions of their producers.";
                    });
        } else if (unseen.isPresent()) {
            findings.unknown(Counts.of(amount.total(), kind.word() + " message") + " of all topics" + where + ": "
                    + unseen.get()
                    + (found > 0 ? "; up to " + Counts.of(found, "message") + " of this topic" : ""));
        }
    }

    /** {@code , the last due at 14:31 UTC (in 2 h)}; nothing where nobody knows. */
    private String due(Amount amount) {
        return Optional.ofNullable(amount.due().get(step.name()))
                .map(at -> (amount.unseen().isPresent() ? ", some of them due " : ", the last due ")
                        + DueTime.at(at, step.traffic().readAt()))
                .orElse("");
    }

    private void retries(String group) {
        Amount amount = flow.held().retries().getOrDefault(group, Amount.NOTHING);
        long found = amount.of(step.name());
        // Messages that do not name their topic may be of any topic of the group.
        long strange = amount.of(Traffic.retries(group));
        if (found > 0) {
            retry(group, found);
        } else if (amount.unseen().isPresent() || strange > 0) {
            findings.unknown(
                    group,
                    Counts.of(amount.total(), "retry message") + " of " + group + " at the " + side.word() + ": "
                            + amount.unseen()
                                    .orElse(Counts.of(strange, "message does", "messages do") + " not name a topic"));
        }
    }

    private void retry(String group, long count) {
        findings.failed(
                group,
                Counts.messages(count) + " of the topic at the " + side.word() + " "
                        + Counts.verb(count, "waits", "wait") + " for a retry by " + group,
                "Wait until the group has consumed " + Counts.itOrThem(count)
                        + ". If it keeps failing, fix the consumer.");
    }

    /** POP retries have topics of their own, one for each topic and group. */
    private void popRetries(String group) {
        long count = Traffic.retries(group, step.name()).stream()
                .filter(topic -> !topic.equals(Traffic.retries(group)))
                .map(topic -> backlog(group, topic))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .sum();
        if (count > 0) {
            retry(group, count);
        }
    }
}
