package io.github.rocketmigrate.assess;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.ClusterMembers;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Rules about modes and roles of brokers that change what a move may do. */
final class BrokerRows {
    private BrokerRows() {}

    static RowRule proxies() {
        return new RowRule(
                "RMA-113",
                "Proxies",
                new RowText(
                        "a cluster has proxies: their clients are in no broker's table, and a route that a proxy keeps may be"
                                + " 5 minutes old",
                        "Expect that a closed topic has to be quiet for 5 minutes longer. Keep gRPC clients away from topics"
                                + " of a 4.x source until their last stage.",
                        "Do clients of either cluster connect through proxies?"),
                RowSource.of("RocketMQ 5.1.0, HeartbeatSyncer; 5.1.4 to 5.5.0, TopicRouteService", "2026-11-26"),
                BrokerRows::proxies);
    }

    private static RowFinding proxies(Observation seen) {
        List<String> words = new ArrayList<>();
        List<String> objects = new ArrayList<>();
        for (Side side : Side.values()) {
            SortedMap<String, GroupMember> proxies =
                    Proxies.among(seen.at(side).clients().needed());
            words.add(side.word() + ": " + proxies.size());
            proxies.keySet().forEach(id -> objects.add(side.word() + " " + id));
        }
        String value = "proxies in cluster mode, by their topic; " + String.join(", ", words);
        return objects.isEmpty()
                ? RowFinding.notFired(value)
                : RowFinding.note(value).objects(objects);
    }

    static RowRule accessControl() {
        return new RowRule(
                "RMA-114",
                "Access control",
                new RowText(
                        "a cluster requires accounts, or has a setting for it that its release ignores",
                        "Grant the accounts of the source at the destination before applications switch.",
                        "Do the clusters require accounts, with ACL 1.0 or 2.0?"),
                RowSource.of(
                        "RocketMQ 4.9.7, BrokerConfig.aclEnable; 5.3.3 no longer reads it (apache/rocketmq 9362) and has"
                                + " authenticationEnabled",
                        "2026-11-26"),
                BrokerRows::accessControl);
    }

    private static RowFinding accessControl(Observation seen) {
        List<String> words = new ArrayList<>();
        List<String> objects = new ArrayList<>();
        boolean isIgnored = false;
        for (Side side : Side.values()) {
            for (Server server : JoinRows.servers(seen, side)) {
                boolean one = isOn(server, Broker.ACL);
                boolean two = isOn(server, Broker.AUTHENTICATION);
                if (one || two) {
                    boolean ignores = one && !two && server.version().isAtLeast(5, 3, 3);
                    isIgnored |= ignores;
                    objects.add(side.word() + " " + server.name());
                    words.add(side.word() + " " + server.name() + ": "
                            + (two
                                    ? "ACL 2.0"
                                    : ignores ? "aclEnable=true, which " + server.version() + " ignores" : "ACL 1.0"));
                }
            }
        }
        if (words.isEmpty()) {
            return RowFinding.notFired("no broker of either cluster requires accounts");
        }
        RowFinding found = isIgnored
                ? RowFinding.risk(Names.clauses(words, Counts.MOST_NAMED))
                        .next("Set up ACL 2.0 (authenticationEnabled) on the servers that ignore aclEnable: they accept"
                                + " everybody.")
                : RowFinding.note(Names.clauses(words, Counts.MOST_NAMED));
        return found.objects(objects);
    }

    static boolean isOn(Server server, String setting) {
        return Boolean.parseBoolean(server.settings().get(setting));
    }

    static RowRule stores() {
        return new RowRule(
                "RMA-115",
                "Stores in RocksDB",
                new RowText(
                        "a broker keeps half messages or timers in RocksDB, where they cannot all be counted",
                        "Before the last stage, ask the owners of transactions whether none is open: source-drained cannot"
                                + " measure it.",
                        "Do brokers have transRocksDBEnable or timerRocksDBEnable?"),
                RowSource.of(
                        "RocketMQ 5.5.0, MessageStoreConfig.transRocksDBEnable and timerRocksDBEnable", "2026-11-30"),
                seen -> settings(
                        seen,
                        List.of(Side.SOURCE, Side.DESTINATION),
                        List.of("transRocksDBEnable", "timerRocksDBEnable"),
                        "broker to ask about"));
    }

    static RowRule escape() {
        return new RowRule(
                "RMA-116",
                "Delivery by slaves",
                new RowText(
                        "a slave of the source may send what is due to any broker that the route offers, so to the"
                                + " destination after the join",
                        "Set enableRemoteEscape=false on the brokers of the source until the join has ended.",
                        "Do brokers of the source have enableRemoteEscape?"),
                RowSource.of("RocketMQ 5.5.0, BrokerConfig.enableRemoteEscape and EscapeBridge", "2026-11-30"),
                seen -> settings(seen, List.of(Side.SOURCE), List.of(Broker.REMOTE_ESCAPE), "setting to change"));
    }

    /** Fires for every server that has one of these settings on. */
    private static RowFinding settings(Observation seen, List<Side> sides, List<String> names, String unit) {
        List<String> found = new ArrayList<>();
        List<String> objects = new ArrayList<>();
        int servers = 0;
        for (Side side : sides) {
            for (Server server : JoinRows.servers(seen, side)) {
                requireSettings(side, server);
                servers++;
                List<String> on =
                        names.stream().filter(name -> isOn(server, name)).toList();
                if (!on.isEmpty()) {
                    objects.add(side.word() + " " + server.name());
                    found.add(side.word() + " " + server.name() + ": " + String.join("=true, ", on) + "=true");
                }
            }
        }
        return found.isEmpty()
                ? RowFinding.notFired("off on " + Counts.of(servers, "server"))
                : RowFinding.risk(Names.clauses(found, Counts.MOST_NAMED))
                        .objects(objects)
                        .effort(objects.size(), unit);
    }

    /** Brokers always send settings; files of metadata may have none. */
    static void requireSettings(Side side, Server server) {
        if (server.settings().isEmpty()) {
            throw new Measured.NotMeasured(
                    "the settings of broker " + server.name() + " of the " + side.word() + " are not known");
        }
    }

    static RowRule masters() {
        return new RowRule(
                "RMA-117",
                "Brokers without a master",
                new RowText(
                        "name servers list only slaves of a broker; the other rows leave this broker out",
                        "Start the master, then assess again: topics, groups and messages are read from masters.",
                        "Does every broker have a master?"),
                RowSource.of("RocketMQ 4.7.1 to 5.5.0, RouteInfoManager: id 0 is the master", "2026-11-26"),
                BrokerRows::masters);
    }

    private static RowFinding masters(Observation seen) {
        List<String> without = new ArrayList<>();
        int brokers = 0;
        for (Side side : Side.values()) {
            TreeSet<String> all = new TreeSet<>();
            TreeSet<String> led = new TreeSet<>();
            seen.at(side).nameServers().needed().forEach(nameServer -> {
                all.addAll(nameServer.brokers().keySet());
                nameServer.brokers().forEach((name, addresses) -> {
                    if (addresses.containsKey(ClusterMembers.MASTER)) {
                        led.add(name);
                    }
                });
            });
            brokers += all.size();
            all.removeAll(led);
            all.forEach(name -> without.add(side.word() + " " + name));
        }
        return without.isEmpty()
                ? RowFinding.notFired(Counts.of(brokers, "broker has", "brokers have") + " a master")
                : RowFinding.blocker(Counts.of(without.size(), "broker has", "brokers have") + " only slaves: "
                                + Names.of(without, Counts.MOST_NAMED))
                        .objects(without)
                        .effort(without.size(), "master to start");
    }

    static RowRule permissions() {
        return new RowRule(
                "RMA-118",
                "Permission of brokers",
                new RowText(
                        "a broker is not open for reading and writing as a whole, which hides the permissions of its topics",
                        "Set brokerPermission to 6 there: stages are permissions of topics.",
                        "Do all brokers have brokerPermission=6?"),
                RowSource.of("RocketMQ 4.7.1 to 5.5.0, BrokerConfig.brokerPermission, seen", "2026-11-26"),
                BrokerRows::permissions);
    }

    private static RowFinding permissions(Observation seen) {
        List<String> closed = new ArrayList<>();
        int brokers = 0;
        for (Side side : Side.values()) {
            Metadata metadata = seen.metadata(side);
            metadata.masters()
                    .flatMap(Broker::servers)
                    .filter(server -> server.id() == ClusterMembers.MASTER)
                    .forEach(server -> requireSettings(side, server));
            brokers += metadata.brokers().size();
            closed.addAll(brokers(metadata, broker -> broker.access() != Access.READ_WRITE).stream()
                    .map(name -> side.word() + " " + name)
                    .toList());
        }
        return closed.isEmpty()
                ? RowFinding.notFired(Counts.of(brokers, "broker is", "brokers are") + " open for reading and writing")
                : RowFinding.blocker(Counts.of(closed.size(), "broker is", "brokers are") + " not open: "
                                + Names.of(closed, Counts.MOST_NAMED))
                        .limit("brokerPermission=6")
                        .objects(closed)
                        .effort(closed.size(), "setting to change");
    }

    static List<String> brokers(Metadata metadata, Predicate<Broker> condition) {
        return metadata.masters().filter(condition).map(Broker::name).toList();
    }

    /** The state of one master. */
    static Map<String, String> runtime(Observation seen, Side side, String broker) {
        return seen.at(side).runtime().needed().getOrDefault(broker, Map.of());
    }
}
