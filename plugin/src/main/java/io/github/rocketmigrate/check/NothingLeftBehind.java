package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.LEAVE_JOIN;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.OutsideConsumers;
import io.github.rocketmigrate.observe.OutsideConsumers.OutsideGroup;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * After the join, the destination's name servers list only its own brokers. A client that has switched, and consumes a
 * topic that stays at the source, gets no more messages of it.
 */
final class NothingLeftBehind implements ClusterCheck {
    @Override
    public String name() {
        return "nothing-left-behind";
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
        return "no client of the destination's name servers consumes a topic of the source that is outside the "
                + "plan; clients that do not report their name servers are unknown, and so are offline groups of the "
                + "plan that have offsets of such a topic";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(LEAVE_JOIN);
    }

    @Override
    public Findings judge(Situation situation) {
        if (OutsideConsumers.isKnownToBeEmpty(situation)) {
            return Findings.passed("the source has no topic outside the plan");
        }
        Optional<OutsideConsumers> consumers = situation.outsideConsumers();
        if (consumers.isEmpty()) {
            return new Findings().unknown("the consumers of topics outside the plan were not read");
        }
        Findings findings = new Findings().of(consumers.get().groups().keySet());
        List<String> offline = new ArrayList<>();
        Set<String> planned = situation.plan().plannedGroupNames();
        consumers.get().groups().forEach((name, group) -> {
            if (group.members() > 0) {
                judge(situation, name, group, findings);
            } else if (planned.contains(name)) {
                String topics = Names.of(group.topics(), Counts.MOST_NAMED);
                findings.unknown(
                        name,
                        "group " + name + " is offline, and has offsets of " + topics + " (outside the plan)",
                        "Start it. If it no longer consumes " + topics + ", waive the check.");
            } else {
                offline.add(name);
            }
        });
        return findings.elsePassed("no client of the destination's name servers consumes a topic outside the plan"
                + (offline.isEmpty() ? "" : "; offline: " + Names.of(offline, Counts.MOST_NAMED)));
    }

    private static void judge(Situation situation, String name, OutsideGroup group, Findings findings) {
        String topics = Names.of(group.topics(), Counts.MOST_NAMED);
        if (!group.joined().isEmpty()) {
            int count = group.joined().size();
            List<String> clients = group.joined().entrySet().stream()
                    .map(client -> client.getKey() + " at " + client.getValue())
                    .toList();
            findings.failed(
                    name,
                    count + " of " + Counts.clients(group.members()) + " of " + name + " "
                            + Counts.verb(count, "consumes ", "consume ") + topics
                            + " (outside the plan) through the join: " + Names.of(clients, Counts.MOST_NAMED),
                    fix(situation, name, topics, count));
        }
        if (!group.unknown().isEmpty()) {
            List<String> clients = group.unknown().entrySet().stream()
                    .map(client -> client.getKey() + " (" + client.getValue() + ")")
                    .toList();
            findings.unknown(
                    name,
                    group.unknown().size() + " of " + Counts.clients(group.members()) + " of " + name
                            + " did not report name servers, and may consume " + topics + " through the join: "
                            + Names.of(clients, Counts.MOST_NAMED));
        }
    }

    /** A client of a planned group needs the destination for its other topics. */
    private static String fix(Situation situation, String group, String topics, int clients) {
        if (situation.plan().plannedGroupNames().contains(group)) {
            return "Add " + topics + " to a batch, or remove " + topics + " from the subscriptions of these clients and"
                    + " consume it with clients of the source's name servers.";
        }
        String servers = situation.plan().source().nameServers().stream()
                .map(Located::value)
                .distinct()
                .sorted()
                .collect(joining(";"));
        return "Configure the " + Counts.noun(clients, "client") + " of " + group
                + " to use only the source's name servers (" + servers + "), and restart " + Counts.itOrThem(clients)
                + ".";
    }
}
