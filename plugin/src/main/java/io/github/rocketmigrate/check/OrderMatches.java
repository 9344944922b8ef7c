package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.LEAVE_SOURCE;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * On 4.x each client decides for itself whether it consumes in order; on 5.x the setting of its group decides for gRPC
 * clients. A group that is planned with another order than it has would be reordered or slowed down.
 */
final class OrderMatches implements TrafficCheck {
    @Override
    public String name() {
        return "order-matches";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "every client of the topic's groups consumes as the `order` of its group says, and no group of a FIFO "
                + "topic is `CONCURRENT`; clients that do not report how they consume are unknown";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(LEAVE_SOURCE);
    }

    @Override
    public Findings judge(TopicStep step) {
        SortedMap<String, Located<ConsumeOrder>> planned = planned(step);
        Findings findings = new Findings().of(planned.keySet());
        int clients = 0;
        for (Map.Entry<String, Located<ConsumeOrder>> group : planned.entrySet()) {
            SortedSet<String> members = step.traffic().members(group.getKey());
            clients += members.size();
            type(step, group.getKey(), group.getValue(), findings);
            members(step.traffic().reports(), group.getKey(), members, group.getValue(), findings);
        }
        return findings.elsePassed(
                planned.isEmpty()
                        ? "no planned group consumes the topic"
                        : Counts.clients(clients) + " of " + Names.of(planned.keySet(), Counts.MOST_NAMED) + " "
                                + Counts.verb(clients, "consumes", "consume") + " as the plan says");
    }

    /** The topic's groups that the plan gives an order; groups outside the plan are the business of another check. */
    private static SortedMap<String, Located<ConsumeOrder>> planned(TopicStep step) {
        Set<String> groups = step.groups();
        SortedMap<String, Located<ConsumeOrder>> planned = new TreeMap<>();
        step.situation()
                .plan()
                .groups()
                .filter(group -> groups.contains(group.name().value()))
                .forEach(group -> planned.put(group.name().value(), group.order()));
        return planned;
    }

    private static void type(TopicStep step, String group, Located<ConsumeOrder> order, Findings findings) {
        if (step.topic().type() == MessageType.FIFO && order.value() == ConsumeOrder.CONCURRENT) {
            findings.failed(
                    group,
                    "group " + group + " is CONCURRENT and consumes a FIFO topic, so messages of one key may overtake"
                            + " each other in it",
                    "Set order: ORDERLY" + in(order) + " and let its clients register an orderly listener. If it needs"
                            + " no order, waive the check for it.");
        }
    }

    private static void members(
            ClientReports reports,
            String group,
            SortedSet<String> members,
            Located<ConsumeOrder> order,
            Findings findings) {
        SortedMap<String, String> silent = new TreeMap<>();
        SortedMap<String, ConsumeOrder> contrary = new TreeMap<>();
        for (String id : members) {
            Optional<ClientReport> report = reports.member(group, id);
            Optional<ConsumeOrder> found = report.flatMap(ClientReport::order);
            if (found.isEmpty()) {
                silent.put(id, report.isPresent() ? "its report has no order" : reports.whySilent(group, id));
            } else if (found.get() != order.value()) {
                contrary.put(id, found.get());
            }
        }
        if (!contrary.isEmpty()) {
            contradicts(group, members.size(), contrary, order, findings);
        }
        if (!silent.isEmpty()) {
            unknown(group, members.size(), silent, findings);
        }
    }

    private static void contradicts(
            String group,
            int all,
            SortedMap<String, ConsumeOrder> contrary,
            Located<ConsumeOrder> order,
            Findings findings) {
        ConsumeOrder found = contrary.get(contrary.firstKey());
        boolean isPlanWrong = contrary.size() == all;
        findings.failed(
                group,
                contrary.size() + " of " + Counts.clients(all) + " of " + group + " "
                        + Counts.verb(contrary.size(), "has ", "have ") + listener(found) + ", and the plan says "
                        + order.value() + ": " + Names.of(contrary.keySet(), Counts.MOST_NAMED),
                (isPlanWrong ? "Set order: " + found + in(order) + ", or let them" : "Let them") + " register "
                        + listener(order.value()) + ".");
    }

    private static void unknown(String group, int all, SortedMap<String, String> silent, Findings findings) {
        List<String> reasons = silent.entrySet().stream()
                .map(client -> client.getKey() + " (" + client.getValue() + ")")
                .toList();
        findings.unknown(
                group,
                silent.size() + " of " + Counts.clients(all) + " of " + group
                        + " did not report how " + Counts.verb(silent.size(), "it consumes", "they consume") + ": "
                        + Names.of(reasons, Counts.MOST_NAMED),
                "Compare their code with the group's order, then waive the check for it.");
    }

    private static String listener(ConsumeOrder order) {
        return order == ConsumeOrder.ORDERLY ? "an orderly listener" : "a concurrent listener";
    }

    private static String in(Located<ConsumeOrder> order) {
        return " in line " + order.at().line();
    }
}
