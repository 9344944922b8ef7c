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
import java.util.TreeSet;

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
    public List<String> waiverNamesOfGroups() {
        return waiverNames();
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
            clients += step.traffic().members(group.getKey()).size();
            judge(step, group.getKey(), group.getValue(), findings);
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

    /**
     * How the members of a group consume.
     *
     * @param contrary those that consume in another way than the plan says
     * @param silent those that do not report it, with the reason
     */
    private record Listeners(int all, SortedSet<String> contrary, SortedMap<String, String> silent) {
        static Listeners of(TopicStep step, String group, ConsumeOrder planned) {
            ClientReports reports = step.traffic().reports();
            SortedSet<String> members = step.traffic().members(group);
            SortedSet<String> contrary = new TreeSet<>();
            SortedMap<String, String> silent = new TreeMap<>();
            for (String id : members) {
                Optional<ClientReport> report = reports.member(group, id);
                Optional<ConsumeOrder> found = report.flatMap(ClientReport::order);
                if (found.isEmpty()) {
                    silent.put(id, report.isPresent() ? "its report has no order" : reports.whySilent(group, id));
                } else if (found.get() != planned) {
                    contrary.add(id);
                }
            }
            return new Listeners(members.size(), contrary, silent);
        }

        boolean areAllContrary() {
            return contrary.size() == all;
        }

        /** Such as "1 of 2 clients of audit has an orderly listener". */
        String words(String group, ConsumeOrder found) {
            return contrary.size() + " of " + Counts.clients(all) + " of " + group + " "
                    + Counts.verb(contrary.size(), "has ", "have ") + listener(found);
        }

        String names() {
            return Names.of(contrary, Counts.MOST_NAMED);
        }
    }

    private static void judge(TopicStep step, String group, Located<ConsumeOrder> order, Findings findings) {
        Listeners listeners = Listeners.of(step, group, order.value());
        boolean fifo = step.topic().type() == MessageType.FIFO;
        // A plan with the wrong order and clients with the right one are one problem with one fix.
        if (fifo && order.value() == ConsumeOrder.CONCURRENT) {
            overtaking(group, listeners, order, findings);
        } else if (!listeners.contrary().isEmpty()) {
            contradicts(group, listeners, order, fifo, findings);
        }
        if (!listeners.silent().isEmpty()) {
            unknown(group, listeners.all(), listeners.silent(), findings);
        }
    }

    private static void overtaking(String group, Listeners listeners, Located<ConsumeOrder> order, Findings findings) {
        String fix = "Set order: ORDERLY" + in(order);
        if (listeners.contrary().isEmpty()) {
            findings.failed(
                    group,
                    "group " + group + " is CONCURRENT and consumes a FIFO topic, so messages of one key may overtake"
                            + " each other in it",
                    fix + " and let its clients register an orderly listener. If it needs no order, waive the check"
                            + " for it.");
        } else {
            findings.failed(
                    group,
                    "the plan says CONCURRENT, but the topic is FIFO and "
                            + listeners.words(group, ConsumeOrder.ORDERLY) + ": " + listeners.names(),
                    fix
                            + (listeners.areAllContrary()
                                    ? "."
                                    : " and let all its clients register an orderly listener."));
        }
    }

    /** No fix asks for a CONCURRENT group of a FIFO topic: it would fail next. */
    private static void contradicts(
            String group, Listeners listeners, Located<ConsumeOrder> order, boolean fifo, Findings findings) {
        ConsumeOrder found = order.value() == ConsumeOrder.ORDERLY ? ConsumeOrder.CONCURRENT : ConsumeOrder.ORDERLY;
        boolean isPlanWrong = listeners.areAllContrary() && !fifo;
        findings.failed(
                group,
                listeners.words(group, found) + ", and the plan says " + order.value() + ": " + listeners.names(),
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
