package io.github.rocketmigrate.assess;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.cluster.NameServerLookup;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules about what the join of both clusters needs. Most of them are checks of the engine, which {@code plan} would judge
 * only before the join.
 */
final class JoinRows {
    private static final String BY_CHECK = "RocketMigrate: check ";
    private static final String SEEN = ", seen on 4.7.1 to 5.5.0";

    private JoinRows() {}

    static RowRule lever() {
        return new RowRule(
                "RMA-106",
                "How the source joins",
                new RowText(
                        "a broker of the source takes other name servers only after a restart, or gets them from an address"
                                + " server or DNS",
                        "Plan the restart of these brokers, one by one, after apply has set namesrvAddr; or add the"
                                + " destination's name servers to what the address server or DNS answers.",
                        "Where do the brokers of the source get the addresses of their name servers from?"),
                RowSource.of(
                        "RocketMQ 4.9.4, BrokerController: reads namesrvAddr again every 2 minutes; seen on 4.7.1, 4.9.7 and"
                                + " 5.1.4",
                        "2026-11-26"),
                JoinRows::lever);
    }

    private static RowFinding lever(Observation seen) {
        if (!seen.joins()) {
            return RowFinding.notFired("the plan has routing: client, so nothing is joined");
        }
        List<String> restarts = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        List<String> online = new ArrayList<>();
        ReleaseRows.known(seen, Side.SOURCE).servers().forEach(server -> {
            boolean isListed = NameServerLookup.of(server) instanceof NameServerLookup.Listed
                    && !NameServerLookup.mayIgnoreSettings(server);
            (isListed ? server.version().isAtLeast(4, 9, 4) ? online : restarts : elsewhere).add(server.name());
        });
        List<String> words = new ArrayList<>();
        if (!online.isEmpty()) {
            words.add(named(online) + " " + Counts.verb(online.size(), "joins", "join") + " without a restart");
        }
        if (!restarts.isEmpty()) {
            words.add(named(restarts) + " " + Counts.verb(restarts.size(), "needs a restart", "need a restart"));
        }
        if (!elsewhere.isEmpty()) {
            words.add(named(elsewhere) + " " + Counts.verb(elsewhere.size(), "gets its", "get their")
                    + " name servers from an address server, DNS or the command line");
        }
        List<String> work = new ArrayList<>(restarts);
        work.addAll(elsewhere);
        String value = String.join("; ", words);
        return work.isEmpty()
                ? RowFinding.notFired(value)
                : RowFinding.risk(value)
                        .objects(work)
                        .effort(restarts.size() + (long) elsewhere.size(), "broker to restart or configure");
    }

    private static String named(List<String> servers) {
        return Counts.noun(servers.size(), "broker") + " " + Names.of(servers, Counts.MOST_NAMED);
    }

    static RowRule brokerNames() {
        return ofCheck(
                "RMA-107",
                "Broker names",
                "broker-names-distinct",
                RowSeverity.BLOCKER,
                "Which names do the brokers of both clusters have (brokerName)?",
                RowSource.of(
                        "RocketMQ 4.9.7, RouteInfoManager: a registration replaces another of its name", "2026-11-26"));
    }

    static RowRule clusterNames() {
        return ofCheck(
                "RMA-108",
                "Cluster names",
                "cluster-names-distinct",
                RowSeverity.RISK,
                "Which names do the two clusters have (brokerClusterName)?",
                RowSource.of(BY_CHECK + "cluster-names-distinct" + SEEN, "2026-11-26"));
    }

    static RowRule zones() {
        return ofCheck(
                "RMA-109",
                "Zones",
                "zones-match",
                RowSeverity.RISK,
                "Are brokers or clients in zones (ROCKETMQ_ZONE)?",
                RowSource.of("RocketMQ 5.1.4, ZoneRouteRPCHook", "2026-11-26"));
    }

    static RowRule autoCreation() {
        return ofCheck(
                "RMA-110",
                "Automatic creation",
                "no-auto-create",
                RowSeverity.RISK,
                "Do the brokers have autoCreateTopicEnable or autoCreateSubscriptionGroup?",
                RowSource.of("RocketMQ 4.9.7 and 5.5.0, BrokerConfig" + SEEN, "2026-11-26"));
    }

    static RowRule nameServers() {
        return ofCheck(
                "RMA-111",
                "Name servers in the plan",
                "name-servers-planned",
                RowSeverity.RISK,
                "Does the plan list all name servers of both clusters?",
                RowSource.of("documentation of managed migration: a missing name server hides topics", "2026-11-30"));
    }

    static RowRule oneClient() {
        return ofCheck(
                "RMA-112",
                "One client for both clusters",
                "client-compatible",
                RowSeverity.RISK,
                "Do both clusters accept clients with one TLS setting and one access key, and do the source's brokers reach"
                        + " the destination's name servers?",
                RowSource.of(BY_CHECK + "client-compatible" + SEEN, "2026-11-26"));
    }

    /** A row whose rule is a check of both clusters, judged before the join is planned. */
    private static RowRule ofCheck(
            String id, String title, String check, RowSeverity severity, String question, RowSource source) {
        return new RowRule(
                id,
                title,
                new RowText(
                        "the check [`" + check + "`](checks.md#" + check + ") would not pass before the join",
                        "Do what the check " + check + " says.",
                        question),
                source,
                seen -> judge(seen, check, severity));
    }

    private static RowFinding judge(Observation seen, String check, RowSeverity severity) {
        if (!seen.joins()) {
            return RowFinding.notFired("the plan has routing: client, so nothing is joined");
        }
        if (seen.source().absent().isPresent()) {
            throw new Measured.NotMeasured(seen.source().absent().get());
        }
        Verdict verdict = CheckRegistry.of(check)
                .orElseThrow()
                .judge(seen.situation(), Optional.empty())
                .verdict();
        if (verdict instanceof Verdict.Failed failed) {
            return RowFinding.fired(severity, failed.what()).next(failed.fix());
        }
        if (verdict.letsPass()) {
            return RowFinding.notFired(verdict.what());
        }
        throw new Measured.NotMeasured(verdict.what());
    }

    /** The servers of a cluster, for rules about their settings. */
    static List<Server> servers(Observation seen, Side side) {
        return seen.metadata(side).servers().toList();
    }
}
