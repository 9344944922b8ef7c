package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan.Group;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Rules about how the running members of groups consume. */
final class MemberRows {
    private static final String SEEN = "RocketMQ 4.7.1 to 5.5.0, ";

    private MemberRows() {}

    static RowRule orders() {
        return new RowRule(
                "RMA-301",
                "Order of groups",
                new RowText(
                        "running members of a group consume in another order than the plan says, or members of one group in"
                                + " different orders",
                        "Correct the order in the plan, or let all members register the same kind of listener.",
                        "Which groups consume in order?"),
                RowSource.of(
                        SEEN + "ConsumerRunningInfo.PROP_CONSUME_ORDERLY; 5.x stores the order in the group",
                        "2026-11-26"),
                MemberRows::orders);
    }

    private static RowFinding orders(Observation seen) {
        Map<String, ConsumeOrder> planned = new HashMap<>();
        for (Group group : seen.plan().groups().toList()) {
            planned.put(group.name().value(), group.order().value());
        }
        ClientReports reports = seen.source().reports().needed();
        List<String> words = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        int members = 0;
        int silent = 0;
        for (String group : seen.source().groups()) {
            Set<ConsumeOrder> found = new TreeSet<>();
            for (ClientReport report : reports.of(group)) {
                report.order().ifPresent(found::add);
            }
            members += reports.of(group).size();
            silent += (int) reports.of(group).stream()
                            .filter(report -> report.order().isEmpty())
                            .count()
                    + reports.silent().getOrDefault(group, Map.of()).size();
            Optional<ConsumeOrder> wanted = Optional.ofNullable(planned.get(group));
            if (found.size() > 1
                    || wanted.filter(order -> !found.isEmpty() && !found.contains(order))
                            .isPresent()) {
                groups.add(group);
                words.add(group + ": " + found.stream().map(ConsumeOrder::name).collect(joining(" and "))
                        + wanted.map(order -> ", planned as " + order).orElse(""));
            }
        }
        if (!groups.isEmpty()) {
            return RowFinding.risk(Names.clauses(words, Counts.MOST_NAMED))
                    .objects(groups)
                    .effort(groups.size(), "group to decide about");
        }
        if (silent > 0) {
            throw new Measured.NotMeasured(
                    Counts.of(silent, "member does", "members do") + " not report how they consume");
        }
        requireMembers(seen);
        return RowFinding.notFired("no contradiction among " + Counts.of(members, "running member"));
    }

    static RowRule broadcasting() {
        return new RowRule(
                "RMA-302",
                "Broadcasting groups",
                new RowText(
                        "a group broadcasts: its members keep their offsets to themselves, and no gRPC SDK can broadcast",
                        "Keep Remoting SDKs for these applications. Let their owners confirm that each member has consumed the"
                                + " source before its last stage.",
                        "Which groups broadcast?"),
                RowSource.of(
                        "documentation of the SDKs of RocketMQ 5.x; " + SEEN + "MessageModel.BROADCASTING",
                        "2026-11-30"),
                seen -> running(
                        seen,
                        group -> seen.source().clients().needed().group(group).broadcasting(),
                        "group broadcasts",
                        "groups broadcast",
                        "application to keep on Remoting"));
    }

    static RowRule pop() {
        return new RowRule(
                "RMA-310",
                "Groups that pop",
                new RowText(
                        "a group receives messages by POP: offsets are committed when messages are handed out",
                        "Expect that its unread messages are counted too low, and that its retries are in topics of their own.",
                        "Which groups use POP (5.x clients, proxies)?"),
                RowSource.of("RocketMQ 5.3.3, PopMessageProcessor", "2026-11-26"),
                MemberRows::pop);
    }

    private static RowFinding pop(Observation seen) {
        if (seen.source().absent().isEmpty()
                && seen.metadata(Side.SOURCE)
                        .servers()
                        .allMatch(server -> server.version().isFour())) {
            return RowFinding.notFired("brokers of 4.x have no POP");
        }
        return running(seen, group -> pops(seen, group), "group pops", "groups pop", "group to watch");
    }

    /** Brokers list a Java client that pops as one that is pushed to; only the client itself tells them apart. */
    private static boolean pops(Observation seen, String group) {
        return seen.source()
                        .clients()
                        .needed()
                        .group(group)
                        .mode()
                        .filter(ConsumeMode.POP::equals)
                        .isPresent()
                || seen.source().reports().needed().of(group).stream().anyMatch(ClientReport::pops);
    }

    /** Notes the running groups that are of a kind. */
    private static RowFinding running(
            Observation seen, Predicate<String> isOfKind, String one, String several, String unit) {
        List<String> found = seen.source().groups().stream().filter(isOfKind).toList();
        long online = online(seen);
        if (found.isEmpty()) {
            requireMembers(seen);
        }
        return found.isEmpty()
                ? RowFinding.notFired("none of " + Counts.of(online, "running group"))
                : RowFinding.note(Counts.of(found.size(), one, several) + ": " + Names.of(found, Counts.MOST_NAMED))
                        .objects(found)
                        .effort(found.size(), unit);
    }

    /** Only members show how a group consumes: one that nobody runs has passed nothing. */
    private static void requireMembers(Observation seen) {
        SortedSet<String> without = withoutMembers(seen);
        if (!without.isEmpty()) {
            throw new Measured.NotMeasured("none of " + Counts.of(online(seen), "running group") + ", but "
                    + Counts.of(without.size(), "group has", "groups have") + " no members to ask: "
                    + Names.of(without, Counts.MOST_NAMED));
        }
    }

    private static SortedSet<String> withoutMembers(Observation seen) {
        Clients clients = seen.source().clients().needed();
        SortedSet<String> offline = new TreeSet<>(seen.source().groups());
        offline.removeIf(group -> !clients.group(group).members().isEmpty());
        offline.removeAll(seen.plan().ignoredGroupNames());
        return offline;
    }

    private static long online(Observation seen) {
        Clients clients = seen.source().clients().needed();
        return seen.source().groups().stream()
                .filter(group -> !clients.group(group).members().isEmpty())
                .count();
    }

    static RowRule filters() {
        return new RowRule(
                "RMA-303",
                "SQL92 filters",
                new RowText(
                        "a group selects messages with SQL92, and a broker of the destination has enablePropertyFilter=false;"
                                + " with severity note if all brokers allow it",
                        "Set enablePropertyFilter=true on the destination's brokers: otherwise the group consumes nothing"
                                + " there.",
                        "Which groups select messages with SQL92?"),
                RowSource.of(SEEN + "BrokerConfig.enablePropertyFilter and ExpressionType.SQL92", "2026-11-26"),
                MemberRows::filters);
    }

    private static RowFinding filters(Observation seen) {
        Clients clients = seen.source().clients().needed();
        List<String> groups = seen.source().groups().stream()
                .filter(group -> !clients.group(group).filtered().isEmpty())
                .toList();
        if (groups.isEmpty()) {
            requireMembers(seen);
            return RowFinding.notFired("none of " + Counts.of(online(seen), "running group"));
        }
        List<String> without =
                BrokerRows.brokers(seen.metadata(Side.DESTINATION), broker -> !broker.has(Broker.PROPERTY_FILTER));
        String value = Names.of(groups, Counts.MOST_NAMED);
        return (without.isEmpty()
                        ? RowFinding.note(value + "; all brokers of the destination allow it")
                                .next("Nothing: keep enablePropertyFilter=true on the brokers of the destination.")
                        : RowFinding.blocker(value + "; not allowed by " + Names.of(without, Counts.MOST_NAMED)))
                .objects(groups)
                .effort(
                        without.isEmpty() ? groups.size() : without.size(),
                        without.isEmpty() ? "group to test" : "broker to set");
    }

    static RowRule subscriptions() {
        return new RowRule(
                "RMA-304",
                "Different subscriptions in one group",
                new RowText(
                        "members of one group subscribe to different topics or with different expressions: messages are then"
                                + " skipped, at the source as after the move",
                        "Give all members of the group the same subscriptions, or divide the group, before anything moves.",
                        "Do all members of each group have the same subscriptions?"),
                RowSource.of(
                        "documentation of RocketMQ, consistent subscriptions; " + SEEN
                                + "ConsumerRunningInfo.subscriptionSet",
                        "2026-11-30"),
                MemberRows::subscriptions);
    }

    private static RowFinding subscriptions(Observation seen) {
        ClientReports reports = seen.source().reports().needed();
        List<String> different = new ArrayList<>();
        int silent = 0;
        int compared = 0;
        for (String group : seen.source().groups()) {
            silent += reports.silent().getOrDefault(group, Map.of()).size();
            if (reports.of(group).stream()
                            .map(ClientReport::subscriptions)
                            .distinct()
                            .count()
                    > 1) {
                different.add(group);
            }
            compared += reports.of(group).size() > 1 ? 1 : 0;
        }
        if (!different.isEmpty()) {
            return RowFinding.risk(Names.of(different, Counts.MOST_NAMED))
                    .objects(different)
                    .effort(different.size(), "group to correct");
        }
        if (silent > 0) {
            throw new Measured.NotMeasured(
                    Counts.of(silent, "member does", "members do") + " not report their subscriptions");
        }
        requireMembers(seen);
        return RowFinding.notFired(
                Counts.of(compared, "group of several members agrees", "groups of several members agree"));
    }

    static RowRule offline() {
        return new RowRule(
                "RMA-306",
                "Groups without members",
                new RowText(
                        "nobody runs a group of the source now; brokers do not store since when",
                        "Ask the owner: start it before its topics move, waive consumers-switched for it, or ignore it with a"
                                + " reason.",
                        "Which groups does nobody run, and since when?"),
                RowSource.of(
                        SEEN + "ConsumerManager: members of the last two minutes, and those of proxies", "2026-11-26"),
                MemberRows::offline);
    }

    private static RowFinding offline(Observation seen) {
        int all = seen.source().groups().size();
        ProxiedClients proxied = seen.source().clients().needed().proxied();
        SortedSet<String> offline = withoutMembers(seen);
        offline.removeIf(group -> !proxied.of(group).isEmpty());
        String unseen = proxied.unseen()
                .map(why -> "; clients behind proxies were not all read: " + why)
                .orElse("");
        return offline.isEmpty()
                ? RowFinding.notFired("none of " + Counts.of(all, "group"))
                : RowFinding.risk(Counts.of(offline.size(), "group") + " of " + all + ": "
                                + Names.of(offline, Counts.MOST_NAMED) + unseen)
                        .objects(offline)
                        .effort(offline.size(), "group to ask about");
    }
}
