package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.BACK;
import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;
import static io.github.rocketmigrate.model.Purpose.OPEN_BOTH;
import static io.github.rocketmigrate.model.Purpose.TO_DESTINATION;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nobody consumes a queue that is assigned to no client: every queue needs one before producers write to it.
 *
 * <p>On the way back, offsets at brokers let a group find what came before its clients did. Clients of a broadcasting group
 * have none: they begin at the end of a queue that they get back.
 */
final class QueuesAssigned implements TrafficCheck {
    @Override
    public String name() {
        return "queues-assigned";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public List<String> waiverNamesOfGroups() {
        return waiverNames();
    }

    @Override
    public String passesWhen() {
        return "in every group, one client reads each queue that can be read in either cluster; in a broadcasting "
                + "group, every client reads each queue of its cluster, and in a join those of both; before a step back, only broadcasting groups count";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(OPEN_BOTH, TO_DESTINATION, CLOSE_FENCE, BACK);
    }

    @Override
    public String whyAwaited(FencePolicy policy) {
        return "consumers share the queues again after they have polled their routes, within "
                + Counts.span(policy.routePoll());
    }

    @Override
    public boolean endsByItself(Rung next) {
        return !next.isFor(BACK) || opensSource(next);
    }

    private static boolean opensSource(Rung rung) {
        return rung.writes().stream()
                .anyMatch(write -> write.side() == Side.SOURCE && write.access().isWritable());
    }

    @Override
    public Findings judge(TopicStep step) {
        SortedSet<String> groups = step.groups();
        if (step.rung().isFor(BACK)) {
            groups.removeIf(group -> !step.traffic().isBroadcasting(group));
            if (groups.isEmpty() || !opensSource(step.rung())) {
                return Findings.passed("no broadcasting group would miss messages at the source");
            }
        }
        SortedMap<QueueKey, Side> queues = queues(step);
        Findings findings = new Findings().of(groups);
        groups.forEach(group -> group(step, group, queues, findings));
        return findings.elsePassed(
                groups.isEmpty()
                        ? "no group consumes the topic"
                        : Counts.of(queues.size(), "queue is", "queues are") + " read by "
                                + Names.of(groups, Counts.MOST_NAMED));
    }

    private static SortedMap<QueueKey, Side> queues(TopicStep step) {
        SortedMap<QueueKey, Side> queues = new TreeMap<>();
        for (Side side : Side.values()) {
            step.situation().at(side).topic(step.name()).forEach((broker, topic) -> {
                for (int queue = 0; topic.access().isReadable() && queue < topic.readQueues(); queue++) {
                    queues.put(new QueueKey(broker, queue), side);
                }
            });
        }
        return queues;
    }

    private static void group(TopicStep step, String group, SortedMap<QueueKey, Side> queues, Findings findings) {
        Traffic traffic = step.traffic();
        SortedSet<String> members = traffic.members(group);
        if (members.isEmpty() && !traffic.allMembers(group).isEmpty()) {
            findings.unknown(
                    group,
                    "all clients of " + group + " are behind proxies, which do not report the queues that they read",
                    "Compare what arrives at the applications, then waive the check for this group.");
            return;
        }
        if (members.isEmpty()) {
            findings.unknown(
                    group,
                    "group " + group + " is offline, so nobody reads its messages",
                    "Start it, add it to ignoredGroups if nobody runs it, or waive the check.");
            return;
        }
        SortedMap<QueueKey, SortedSet<String>> readers = new TreeMap<>();
        queues.keySet().forEach(queue -> readers.put(queue, new TreeSet<>()));
        List<String> silent = new ArrayList<>();
        for (String id : members) {
            Optional<ClientReports.ClientReport> member = traffic.reports().member(group, id);
            member.ifPresentOrElse(
                    report -> report.queues(step.name())
                            .keySet()
                            .forEach(queue -> readers.forEach((readable, ids) -> {
                                if (isRead(readable, queue)) {
                                    ids.add(id);
                                }
                            })),
                    () -> silent.add(id + " (" + traffic.reports().whySilent(group, id) + ")"));
        }
        if (!silent.isEmpty()) {
            findings.unknown(
                    group,
                    silent.size() + " of " + Counts.clients(members.size()) + " of " + group
                            + " did not report assigned queues: " + Names.of(silent, Counts.MOST_NAMED));
        } else {
            Modes modes = modes(traffic, group, step.name());
            SortedMap<QueueKey, Integer> least = new TreeMap<>();
            queues.forEach((queue, side) -> least.put(queue, modes.broadcasting() ? clients(step, group, side) : 1));
            new Assignment(group, modes, least, readers, traffic.policy().routePoll()).judge(findings);
        }
    }

    /** How many clients can read the queues of a cluster. Without a join, a client knows one cluster only. */
    private static int clients(TopicStep step, String group, Side side) {
        return step.situation().isJoining()
                ? step.traffic().members(group).size()
                : Math.max(1, step.traffic().members(side, Set.of(group)));
    }

    /** A member that pops reads all queues of a broker, which gives it messages of any of them. */
    private static boolean isRead(QueueKey readable, QueueKey reported) {
        return readable.equals(reported)
                || (reported.queue() < 0 && readable.broker().equals(reported.broker()));
    }

    private record Modes(boolean broadcasting, Collection<ConsumeMode> all) {}

    private static Modes modes(Traffic traffic, String group, String topic) {
        boolean broadcasting = false;
        List<ConsumeMode> all = new ArrayList<>();
        for (ClusterTraffic flow : traffic.bySide().values()) {
            broadcasting |= flow.clients().group(group).broadcasting();
            flow.clients().group(group).mode().ifPresent(all::add);
        }
        if (traffic.reports().of(group).stream().anyMatch(report -> report.pops(topic))) {
            all.add(ConsumeMode.POP);
        }
        return new Modes(broadcasting, all);
    }

    /** The clients of a group that read each queue, and how many should. */
    private record Assignment(
            String group,
            Modes modes,
            SortedMap<QueueKey, Integer> readersNeeded,
            SortedMap<QueueKey, SortedSet<String>> readers,
            Duration routePoll) {
        void judge(Findings findings) {
            List<String> missing = new ArrayList<>();
            List<String> doubled = new ArrayList<>();
            for (Map.Entry<QueueKey, SortedSet<String>> queue : readers.entrySet()) {
                String name = queue.getKey().broker() + " " + queue.getKey().queue();
                int count = queue.getValue().size();
                int least = readersNeeded.get(queue.getKey());
                if (count < least) {
                    missing.add(name);
                } else if (count > least && !modes.all().contains(ConsumeMode.POP)) {
                    doubled.add(name + " by " + queue.getValue().stream().collect(joining(" and ")));
                }
            }
            String of = " of " + Counts.of(readers.size(), "queue") + " ";
            String fix = "Wait " + Counts.seconds(routePoll)
                    + ": clients reassign queues after each change. If this persists, read the clients' logs.";
            if (!missing.isEmpty() && modes.all().contains(ConsumeMode.PULL)) {
                findings.unknown(
                        group,
                        "pull clients of " + group + " did not report whether they read "
                                + Counts.of(missing.size(), "queue") + ": "
                                + Names.of(missing, Counts.MOST_NAMED));
            } else if (!missing.isEmpty()) {
                findings.failed(
                        group,
                        missing.size() + of + Counts.isOrAre(missing.size()) + " not read by "
                                + (modes.broadcasting() ? "every client of " : "any client of ") + group
                                + ": " + Names.of(missing, Counts.MOST_NAMED),
                        fix);
            }
            if (!doubled.isEmpty()) {
                findings.failed(
                        group,
                        doubled.size() + of + Counts.isOrAre(doubled.size()) + " read by several clients of " + group
                                + ": "
                                + Names.of(doubled, Counts.MOST_NAMED),
                        fix);
            }
        }
    }
}
