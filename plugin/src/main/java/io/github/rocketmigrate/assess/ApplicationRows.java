package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Rules about the SDKs of applications, as the connection tables of brokers show them. */
final class ApplicationRows {
    private static final String SDKS = "documentation of managed RocketMQ 5.x, compatibility of SDKs";
    private static final String VERIFIED = "2026-11-30";
    static final String UPGRADE = "application to upgrade";

    private static final Pattern CONNECTOR =
            Pattern.compile("flink|spark|storm|flume|logstash|canal|debezium|connect", Pattern.CASE_INSENSITIVE);

    private ApplicationRows() {}

    static RowRule releases() {
        return new RowRule(
                "RMA-401",
                "SDKs of applications",
                new RowText(
                        "an application has an SDK that is neither gRPC nor Java or C++ of 4.x or 5.x, or that does not"
                                + " report its release",
                        "Ask the owner which SDK it is, and try it against a 5.x cluster first.",
                        "Which applications use RocketMQ, with which SDKs?"),
                RowSource.of(SDKS + ": Remoting Java 5.x, and Java and C++ 4.x", VERIFIED),
                ApplicationRows::releases);
    }

    private static RowFinding releases(Observation seen) {
        List<Application> all = Application.in(seen);
        List<String> other = all.stream()
                .filter(one -> !one.isGrpc() && (!(one.isJava() || one.isCpp()) || !isKnown(one)))
                .map(Application::words)
                .toList();
        List<String> counts = new ArrayList<>();
        all.stream()
                .collect(groupingBy(Application::sdk, TreeMap::new, counting()))
                .forEach((sdk, count) -> counts.add(sdk + ": " + count));
        String value = Counts.of(all.size(), "application")
                + (counts.isEmpty() ? "" : "; " + Names.of(counts, Counts.MOST_NAMED));
        return other.isEmpty()
                ? RowFinding.notFired(value)
                        .objects(all.stream().map(Application::words).toList())
                : RowFinding.risk(value).objects(other).effort(other.size(), "application to ask about");
    }

    private static boolean isKnown(Application one) {
        return one.release()
                .filter(release -> release.major() == 4 || release.major() == 5)
                .isPresent();
    }

    static RowRule vip() {
        return new RowRule(
                "RMA-402",
                "VIP channel",
                new RowText(
                        "a Java client is older than 4.5.1: it uses the VIP channel unless it is switched off",
                        "Set vipChannelEnabled to false in these applications (rocketmq.client.vipChannelEnabled or"
                                + " com.rocketmq.sendMessageWithVIPChannel), or upgrade them. Later clients must not set it"
                                + " to true.",
                        "Which Java clients are older than 4.5.1, and does any set vipChannelEnabled to true?"),
                RowSource.of(SDKS + "; RocketMQ 4.5.1, ClientConfig.vipChannelEnabled", VERIFIED),
                seen -> applications(
                        seen,
                        one -> one.isJavaBefore(4, 5, 1),
                        RowSeverity.RISK,
                        "application to configure",
                        "older than 4.5.1"));
    }

    static RowRule pull() {
        return new RowRule(
                "RMA-403",
                "Pull consumers",
                new RowText(
                        "a 4.x client pulls: PullConsumer, DefaultLitePullConsumer and DefaultPullConsumer have to be upgraded."
                                + " Brokers do not show which class a client uses",
                        "Upgrade these applications to an SDK of 5.x before they switch.",
                        "Which applications pull messages with an SDK of 4.x?"),
                RowSource.of(SDKS + "; RocketMQ 4.7.1 to 5.5.0, ConsumeType.CONSUME_ACTIVELY", VERIFIED),
                seen -> applications(
                        seen,
                        one -> one.isFour()
                                && one.mode().filter(ConsumeMode.PULL::equals).isPresent(),
                        RowSeverity.RISK,
                        UPGRADE,
                        "pulling with 4.x"));
    }

    static RowRule faultTolerance() {
        return new RowRule(
                "RMA-405",
                "Latency fault tolerance",
                new RowText(
                        "a producer of 4.7.1 to 4.9.x or 5.0.0 to 5.1.3 may send to a closed broker if it has"
                                + " sendLatencyFaultEnable=true, which brokers do not show",
                        "Ask the owners whether these producers set sendLatencyFaultEnable, and switch it off for the move.",
                        "Which producers set sendLatencyFaultEnable?"),
                RowSource.of(
                        "RocketMQ 4.9.7, MQFaultStrategy and TopicPublishInfo.getQueueIdByBroker (apache/rocketmq 6567, 7779)",
                        "2026-11-26"),
                seen -> ofKind(
                        producerGroups(seen),
                        one -> one.isJava() && mayReturn(one),
                        RowSeverity.NOTE,
                        "producer group",
                        "producer group to ask about",
                        "with Java 4.7.1 to 4.9.x or 5.0.0 to 5.1.3"));
    }

    private static boolean mayReturn(Application one) {
        return one.release()
                .filter(release -> release.isFour()
                        ? release.isAtLeast(4, 7, 1)
                        : release.isAtLeast(5, 0, 0) && !release.isAtLeast(5, 1, 4))
                .isPresent();
    }

    static RowRule trace() {
        return new RowRule(
                "RMA-406",
                "Message trace",
                new RowText(
                        "a Java client is older than 4.5.2, from which on clients of 4.x trace messages",
                        "Upgrade these applications if their traces are needed.",
                        "Which clients are older than 4.5.2 and need traces?"),
                RowSource.of(SDKS + ": trace from 4.5.2 on", VERIFIED),
                seen -> applications(
                        seen, one -> one.isJavaBefore(4, 5, 2), RowSeverity.NOTE, UPGRADE, "older than 4.5.2"));
    }

    static RowRule connectors() {
        return new RowRule(
                "RMA-407",
                "Connectors",
                new RowText(
                        "the group or the id of a client looks like a connector (Flink and others)",
                        "Update the connector to its newest release before it switches.",
                        "Which connectors (Flink and others) read or write RocketMQ?"),
                RowSource.of(SDKS + ": Flink connectors must be the newest", VERIFIED),
                seen -> applications(
                        seen,
                        one -> CONNECTOR.matcher(one.group()).find()
                                || one.ids().stream()
                                        .anyMatch(id -> CONNECTOR.matcher(id).find()),
                        RowSeverity.NOTE,
                        "connector to update",
                        "with such a name"));
    }

    /** Fires for applications of a kind. */
    static RowFinding applications(
            Observation seen, Predicate<Application> isOfKind, RowSeverity severity, String unit, String kind) {
        return ofKind(Application.in(seen), isOfKind, severity, "application", unit, kind);
    }

    /** Brokers list the producers by their groups; an application may have several. */
    private static List<Application> producerGroups(Observation seen) {
        return Application.in(seen).stream()
                .filter(one -> one.kind().equals("producer"))
                .toList();
    }

    private static RowFinding ofKind(
            List<Application> all,
            Predicate<Application> isOfKind,
            RowSeverity severity,
            String noun,
            String unit,
            String kind) {
        List<Application> found = all.stream().filter(isOfKind).toList();
        String value = found.size() + " of " + Counts.of(all.size(), noun) + " " + kind;
        return found.isEmpty()
                ? RowFinding.notFired(value)
                : RowFinding.fired(severity, value + ": " + Application.grouped(found, Counts.MOST_NAMED))
                        .objects(found.stream().map(Application::words).toList())
                        .effort(found.size(), unit);
    }

    static RowRule producers() {
        return new RowRule(
                "RMA-408",
                "Producers",
                new RowText(
                        "never by itself: where brokers list no producers (before 4.9.4), the hosts of the newest messages are"
                                + " named, and their SDKs are asked",
                        "Ask the owners of these hosts.",
                        "Which SDKs, with which releases, do the producers on these hosts have?"),
                RowSource.of(
                        "RocketMQ 4.9.4, AdminBrokerProcessor.getAllProducerInfo; born hosts of messages",
                        "2026-11-26"),
                ApplicationRows::producers);
    }

    private static RowFinding producers(Observation seen) {
        SortedSet<String> hosts = new TreeSet<>();
        for (TopicSenders senders : seen.source().clients().needed().senders().values()) {
            senders.last().keySet().forEach(address -> hosts.add(address.replaceFirst(":\\d+$", "")));
        }
        String value = Counts.of(hosts.size(), "host") + " in the newest messages"
                + (hosts.isEmpty() ? "" : ": " + Names.of(hosts, Counts.MOST_NAMED));
        if (seen.source().clients().needed().producers().isEmpty()) {
            throw new Measured.NotMeasured(
                    "a broker of the source is older than 4.9.4 and lists no producers; " + value);
        }
        return RowFinding.notFired(
                        Counts.of(producerGroups(seen).size(), "producer group") + " listed by brokers; " + value)
                .objects(hosts);
    }
}
