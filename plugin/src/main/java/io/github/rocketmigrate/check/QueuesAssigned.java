package io.github.rocketmigrate.check;

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
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
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
 * Somebody takes the messages of every queue that can be read, in both clusters, before producers write there.
 *
 * <p>A group that is offline takes none; whether it will find the queues when it comes back is not known.
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
    public String passesWhen() {
        return "in every group, one client reads each queue that can be read in either cluster; in a "
                + "broadcasting group every client reads it";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(OPEN_BOTH, TO_DESTINATION, CLOSE_FENCE);
    }

    @Override
    public boolean endsByItself(Rung next) {
        return true;
    }

    @Override
    public Findings judge(TopicStep step) {
        SortedSet<QueueKey> queues = queues(step);
        Findings findings = new Findings();
        SortedSet<String> groups = step.groups();
        groups.forEach(group -> group(step, group, queues, findings));
        return findings.elsePassed(
                groups.isEmpty()
                        ? "no group consumes the topic"
                        : "each of its " + queues.size() + " queues is taken by "
                                + Names.of(groups, Counts.MOST_NAMED));
    }

    private static SortedSet<QueueKey> queues(TopicStep step) {
        SortedSet<QueueKey> queues = new TreeSet<>();
        for (Side side : Side.values()) {
            step.situation().at(side).topic(step.name()).forEach((broker, topic) -> {
                for (int queue = 0; topic.access().isReadable() && queue < topic.readQueues(); queue++) {
                    queues.add(new QueueKey(broker, queue));
                }
            });
        }
        return queues;
    }

    private static void group(TopicStep step, String group, SortedSet<QueueKey> queues, Findings findings) {
        Traffic traffic = step.traffic();
        SortedSet<String> members = traffic.members(group);
        if (members.isEmpty()) {
            findings.unknown(group, "group " + group + " is offline: nobody takes its messages, here or there");
            return;
        }
        SortedMap<QueueKey, SortedSet<String>> takers = new TreeMap<>();
        queues.forEach(queue -> takers.put(queue, new TreeSet<>()));
        List<String> silent = new ArrayList<>();
        for (String id : members) {
            Optional<ClientReports.ClientReport> member = traffic.running().member(group, id);
            member.ifPresentOrElse(
                    told -> told.queues(step.name()).keySet().forEach(queue -> {
                        if (takers.containsKey(queue)) {
                            takers.get(queue).add(id);
                        }
                    }),
                    () -> silent.add(id + " (" + traffic.running().whySilent(group, id) + ")"));
        }
        if (!silent.isEmpty()) {
            findings.unknown(
                    group,
                    silent.size() + " of " + Counts.clients(members.size()) + " of " + group
                            + " did not say which queues they take: " + Names.of(silent, Counts.MOST_NAMED));
        } else {
            judge(new Assignment(group, ways(traffic, group), members.size(), takers), findings);
        }
    }

    /** Who takes what. */
    private record Assignment(String group, Ways ways, int members, SortedMap<QueueKey, SortedSet<String>> takers) {}

    private record Ways(boolean broadcasting, Collection<ConsumeMode> all) {}

    private static Ways ways(Traffic traffic, String group) {
        boolean broadcasting = false;
        List<ConsumeMode> all = new ArrayList<>();
        for (ClusterTraffic flow : traffic.flows().values()) {
            broadcasting |= flow.clients().group(group).broadcasting();
            flow.clients().group(group).mode().ifPresent(all::add);
        }
        return new Ways(broadcasting, all);
    }

    private static void judge(Assignment assignment, Findings findings) {
        int least = assignment.ways().broadcasting() ? assignment.members() : 1;
        List<String> missing = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        for (Map.Entry<QueueKey, SortedSet<String>> queue : assignment.takers().entrySet()) {
            String name = queue.getKey().broker() + " " + queue.getKey().queue();
            int takers = queue.getValue().size();
            if (takers < least) {
                missing.add(name);
            } else if (takers > least && !assignment.ways().all().contains(ConsumeMode.POP)) {
                doubled.add(name + " by " + queue.getValue().stream().collect(joining(" and ")));
            }
        }
        String group = assignment.group();
        String of = " of " + assignment.takers().size() + " queues are taken ";
        String fix = "Clients divide queues again within 35 s after each change. If it stays so, look into their logs.";
        if (!missing.isEmpty() && assignment.ways().all().contains(ConsumeMode.PULL)) {
            findings.unknown(
                    group,
                    "clients of " + group + " pull, and do not say of " + missing.size() + " queues whether they do: "
                            + Names.of(missing, Counts.MOST_NAMED));
        } else if (!missing.isEmpty()) {
            findings.failed(
                    group,
                    missing.size() + of + "by "
                            + (assignment.ways().broadcasting() ? "not every client of " : "no client of ") + group
                            + ": " + Names.of(missing, Counts.MOST_NAMED),
                    fix);
        }
        if (!doubled.isEmpty()) {
            findings.failed(
                    group,
                    doubled.size() + of + "by several clients of " + group + ": "
                            + Names.of(doubled, Counts.MOST_NAMED),
                    fix);
        }
    }
}
