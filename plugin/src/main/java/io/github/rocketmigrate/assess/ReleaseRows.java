package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Rules about the releases of both clusters, and what follows from them. */
final class ReleaseRows {
    private static final ServerVersion OLDEST = new ServerVersion(4, 7, 0);

    private ReleaseRows() {}

    static RowRule answers() {
        return new RowRule(
                "RMA-101",
                "Both clusters answer",
                new RowText(
                        "a name server or a broker of a cluster does not answer, or the name servers list no broker",
                        "Correct source and destination in the plan, or start what is down; then run assess again: the rows"
                                + " of this cluster are not measurable.",
                        "Who can run assess from a machine that reaches this cluster?"),
                RowSource.of("RocketMigrate: its goals ask every name server and broker", "2026-11-30"),
                ReleaseRows::answers);
    }

    private static RowFinding answers(Observation seen) {
        List<String> silent = new ArrayList<>();
        List<String> found = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (Side side : Side.values()) {
            ClusterObservation cluster = seen.at(side);
            if (cluster.absent().isPresent()) {
                absent.add(side.word() + ": " + cluster.absent().get());
            } else if (cluster.metadata() instanceof Measured.Unread<Metadata> unread) {
                silent.add(side.word() + ": " + unread.why());
            } else {
                Metadata metadata = cluster.metadata().needed();
                found.add(side.word() + " " + metadata.cluster() + ": "
                        + Counts.of(metadata.brokers().size(), "broker") + ", "
                        + Counts.of(metadata.nameServers().size(), "name server") + ", "
                        + Counts.of(metadata.topics().size(), "topic") + ", "
                        + Counts.of(metadata.groups().size(), "group"));
            }
        }
        if (!silent.isEmpty()) {
            return RowFinding.blocker(String.join("; ", silent));
        }
        if (!absent.isEmpty()) {
            throw new Measured.NotMeasured(String.join("; ", absent));
        }
        return RowFinding.notFired(String.join("; ", found));
    }

    static RowRule source() {
        return new RowRule(
                "RMA-102",
                "Release of the source",
                new RowText(
                        "a server of the source is older than 4.7.0",
                        "Upgrade the brokers of the source to 4.9.7 first. RocketMigrate was never tested with older brokers,"
                                + " and these do not answer some of the requests on which its checks depend.",
                        "Which release do the brokers of the source run?"),
                RowSource.of("RocketMigrate: tests on real servers begin with 4.7.1", "2026-11-30"),
                ReleaseRows::source);
    }

    private static RowFinding source(Observation seen) {
        Metadata source = known(seen, Side.SOURCE);
        List<String> old = names(source, server -> server.version().compareTo(OLDEST) < 0);
        return (old.isEmpty()
                        ? RowFinding.notFired(versions(source))
                        : RowFinding.blocker(versions(source)).effort(old.size(), "broker to upgrade"))
                .limit(OLDEST + " or later")
                .objects(old);
    }

    static RowRule destination() {
        return new RowRule(
                "RMA-103",
                "Release of the destination",
                new RowText(
                        "a server of the destination runs 4.x, which has neither message types nor orderly groups; with"
                                + " severity note if it is older than 5.3.1 and creates topics and groups one by one",
                        "Name the name servers of a 5.x cluster in destination.nameServers.",
                        "Which release does the destination run?"),
                RowSource.of(
                        "RocketMQ 5.3.0 (topics) and 5.3.1 (groups), AdminBrokerProcessor: lists of updates; RocketMQ 5.x,"
                                + " rocketmq-proxy: types are checked for clients of a proxy",
                        "2026-11-30"),
                ReleaseRows::destination);
    }

    private static RowFinding destination(Observation seen) {
        Metadata destination = known(seen, Side.DESTINATION);
        List<String> four = names(destination, server -> server.version().isFour());
        if (!four.isEmpty()) {
            return RowFinding.blocker(versions(destination)).limit("5.x").objects(four);
        }
        List<String> single = names(destination, server -> !server.version().isAtLeast(5, 3, 1));
        if (single.isEmpty()) {
            return RowFinding.notFired(versions(destination) + "; it creates topics and groups in lists")
                    .limit("5.x");
        }
        long objects = seen.source()
                .metadata()
                .known()
                .map(source -> (long) source.topics().size() + source.groups().size())
                .orElse(0L);
        return RowFinding.note(versions(destination) + "; it creates topics and groups one by one")
                .limit("5.3.1 for lists of topics and groups")
                .effort(objects, "single request")
                .objects(single)
                .next("Expect about 5 s for every 1,000 topics, or update the destination to 5.3.1 or later first.");
    }

    static RowRule mixed() {
        return new RowRule(
                "RMA-104",
                "One release in each cluster",
                new RowText(
                        "the servers of one cluster run different releases",
                        "Wait until the update of this cluster is complete, then assess again.",
                        "Is an update of one of the clusters under way?"),
                RowSource.of(
                        "documentation of managed RocketMQ 5.x, version management: during an update, creating topics fails"
                                + " and duplicates are likely",
                        "2026-11-30"),
                ReleaseRows::mixed);
    }

    private static RowFinding mixed(Observation seen) {
        List<String> all = new ArrayList<>();
        List<String> mixed = new ArrayList<>();
        for (Side side : Side.values()) {
            Metadata metadata = known(seen, side);
            all.add(side.word() + " " + versions(metadata));
            if (metadata.versions().size() > 1) {
                mixed.addAll(names(metadata, server -> true));
            }
        }
        String value = String.join("; ", all);
        return mixed.isEmpty()
                ? RowFinding.notFired(value)
                : RowFinding.risk(value).objects(mixed);
    }

    static RowRule faults() {
        return new RowRule(
                "RMA-105",
                "Known faults of these releases",
                new RowText(
                        "a server runs a release with a fault that loses messages or reports wrong numbers during a move",
                        "Update these servers, or keep the fault in mind when you read the numbers of status.",
                        "Which releases do the servers run? Look for them in the issues of apache/rocketmq that this row cites."),
                RowSource.of(
                        "apache/rocketmq issues 3966, 5536, 7381, 7626, 8847, 9249, 9352, and the code of these releases",
                        "2026-11-26"),
                ReleaseRows::faults);
    }

    /**
     * A fault of RocketMQ.
     *
     * @param issue in which upstream describes it
     */
    private record ReleaseFault(Predicate<ServerVersion> has, String words, int issue) {
        private static ReleaseFault from(ServerVersion first, ServerVersion last, String words, int issue) {
            return new ReleaseFault(
                    version -> version.compareTo(first) >= 0 && version.compareTo(last) <= 0, words, issue);
        }
    }

    private static final List<ReleaseFault> FAULTS = List.of(
            ReleaseFault.from(
                    new ServerVersion(4, 9, 3),
                    new ServerVersion(4, 9, 3),
                    "delayed messages seem to wait for ever, and a restart delivers them again",
                    3966),
            ReleaseFault.from(
                    new ServerVersion(5, 0, 0),
                    new ServerVersion(5, 3, 2),
                    "a delayed message whose delivery fails once is skipped",
                    9249),
            ReleaseFault.from(
                    new ServerVersion(5, 0, 0),
                    new ServerVersion(5, 1, 4),
                    "counts of timed messages fall too low until 05:00",
                    7381),
            ReleaseFault.from(
                    new ServerVersion(5, 0, 0),
                    new ServerVersion(5, 1, 4),
                    "a name server closes topics to writing when a slave registers before its master",
                    7626),
            ReleaseFault.from(
                    new ServerVersion(5, 0, 0),
                    new ServerVersion(5, 0, 0),
                    "a name server cannot read the registrations of 4.x brokers, so a 4.x source never joins",
                    5536),
            ReleaseFault.from(
                    new ServerVersion(5, 0, 0),
                    new ServerVersion(5, 3, 1),
                    "a new producer may be missing in the broker's table for 30 s",
                    8847),
            ReleaseFault.from(
                    new ServerVersion(5, 3, 3),
                    new ServerVersion(5, 3, 3),
                    "the broker names the topic instead of its groups when it is asked who consumes it",
                    9352));

    private static RowFinding faults(Observation seen) {
        List<String> words = new ArrayList<>();
        List<String> servers = new ArrayList<>();
        for (ReleaseFault fault : FAULTS) {
            List<String> having = new ArrayList<>();
            for (Side side : Side.values()) {
                names(known(seen, side), server -> fault.has().test(server.version()))
                        .forEach(name -> having.add(side.word() + " " + name));
            }
            if (!having.isEmpty()) {
                words.add(Names.of(having, Counts.MOST_NAMED) + ": " + fault.words() + " (" + fault.issue() + ")");
                servers.addAll(having);
            }
        }
        List<String> distinct = servers.stream().distinct().toList();
        return words.isEmpty()
                ? RowFinding.notFired("none of " + Counts.of(FAULTS.size(), "known fault"))
                : RowFinding.risk(String.join("; ", words))
                        .objects(distinct)
                        .effort(distinct.size(), "server to update");
    }

    /** The metadata of a cluster whose releases are known: files have none. */
    static Metadata known(Observation seen, Side side) {
        Metadata metadata = seen.metadata(side);
        if (metadata.versions().contains(ServerVersion.UNKNOWN)) {
            throw new Measured.NotMeasured("the metadata files do not say which release the " + side.word() + " runs");
        }
        return metadata;
    }

    static List<String> names(Metadata metadata, Predicate<Server> condition) {
        return metadata.servers().filter(condition).map(Server::name).toList();
    }

    /** {@code 4.9.7 (2 servers), 5.1.4 (1 server)}. */
    static String versions(Metadata metadata) {
        return metadata.servers().collect(groupingBy(Server::version, TreeMap::new, counting())).entrySet().stream()
                .map(version -> version.getKey() + " (" + Counts.of(version.getValue(), "server") + ")")
                .collect(joining(", "));
    }

    /** The oldest release of a cluster. */
    static Optional<ServerVersion> oldest(Metadata metadata) {
        return metadata.versions().stream().findFirst();
    }
}
