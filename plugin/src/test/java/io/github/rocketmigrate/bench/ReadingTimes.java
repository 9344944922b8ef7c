package io.github.rocketmigrate.bench;

import io.github.rocketmigrate.bench.Reading.Lag;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.wire.AdminConnection;
import io.github.rocketmigrate.wire.ReadRequest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** How long reading takes beyond what the brokers and the network need for it. */
final class ReadingTimes {
    private static final int WARM_UPS = 10;
    private static final int PAIRS = 11;
    private static final int SAMPLE = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final double MOST_CONFIGURATION = 3;
    private static final double MOST_EVERYTHING = 1.5;
    private static final double LEAST_LAG = 10;

    private final Endpoints endpoints;
    private final BothClusters clusters;
    private final Map<Side, Reading> known;
    private final Scores scores;

    ReadingTimes(Endpoints endpoints, BothClusters clusters, Map<Side, Reading> known, Scores scores) {
        this.endpoints = endpoints;
        this.clusters = clusters;
        this.known = known;
        this.scores = scores;
    }

    void configuration() throws Exception {
        Map<Side, List<RawRequest>> raw = requests(RawRequest::configuration);
        Pairs pairs = Pairs.measure(
                WARM_UPS,
                PAIRS,
                () -> clusters.read((side, reader) -> Reading.configuration(reader)),
                () -> clusters.send(raw));
        scores.pairs(
                "1. Configuration of both clusters",
                "name servers, brokers, topics and groups, as records",
                "requests 21 and 201 of both brokers, thrown away",
                pairs);
        scores.atMost(MOST_CONFIGURATION, pairs);
    }

    void everything() throws Exception {
        Map<Side, List<RawRequest>> raw = requests(RawRequest::everything);
        requireSame(raw);
        Pairs pairs = Pairs.measure(WARM_UPS, PAIRS, clusters::everything, () -> clusters.send(raw));
        scores.pairs(
                "2. Everything of both clusters, %d requests"
                        .formatted(raw.values().stream().mapToInt(List::size).sum()),
                "configuration, offsets, ranges of all topics with offsets, clients of all groups, as records",
                "the same requests at once, answers thrown away",
                pairs);
        scores.atMost(MOST_EVERYTHING, pairs);
    }

    private Map<Side, List<RawRequest>> requests(Function<Reading, List<RawRequest>> of) {
        Map<Side, List<RawRequest>> requests = new EnumMap<>(Side.class);
        known.forEach((side, reading) -> requests.put(side, of.apply(reading)));
        return requests;
    }

    /** A replay that asked for less than a reading would prove nothing. */
    private void requireSame(Map<Side, List<RawRequest>> raw) throws Exception {
        try (BothClusters reading = BothClusters.of(endpoints);
                BothClusters replay = BothClusters.of(endpoints)) {
            reading.everything();
            replay.send(raw);
            for (Side side : Side.values()) {
                Map<ReadRequest, Long> asked = reading.asked(side);
                if (!asked.equals(replay.asked(side))) {
                    throw new IllegalStateException(asked + " is replayed as " + replay.asked(side));
                }
            }
        }
    }

    void lag(Side side) throws Exception {
        Endpoints.SandboxCluster cluster = endpoints.cluster(side);
        Metadata metadata = known.get(side).metadata();
        List<String> groups = List.copyOf(metadata.groups());
        List<String> sample = IntStream.range(0, SAMPLE)
                .mapToObj(i -> groups.get(i * groups.size() / SAMPLE))
                .toList();
        Map<String, Long> ours = new HashMap<>();
        Map<String, Long> theirs = new HashMap<>();
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            String broker = cluster.brokers().values().iterator().next();
            Pairs pairs = Pairs.measure(
                    WARM_UPS,
                    PAIRS,
                    () -> {
                        Lag lag = Lag.of(clusters.reader(side), metadata);
                        groups.forEach(group -> ours.put(group, lag.of(group)));
                    },
                    () -> {
                        for (String group : sample) {
                            theirs.put(group, consumeStats(connection, broker, group));
                        }
                    });
            requireEqual(ours, theirs);
            Pairs whole = pairs.withOther(groups.size() / SAMPLE);
            scores.pairs(
                    "3. Lag of all groups of the " + side.word() + ", " + cluster.version(),
                    "offsets and ranges of all topics with offsets, " + sum(ours) + " messages behind",
                    "request 208 for one group after the other, measured on every " + groups.size() / SAMPLE
                            + "th and multiplied",
                    whole);
            scores.fasterBy(LEAST_LAG, whole);
        }
    }

    private static long consumeStats(AdminConnection connection, String broker, String group) throws Exception {
        return connection
                .admin()
                .examineConsumeStats(broker, group, null, PATIENCE.toMillis())
                .computeTotalDiff();
    }

    private static void requireEqual(Map<String, Long> ours, Map<String, Long> theirs) {
        theirs.forEach((group, behind) -> {
            if (!behind.equals(ours.get(group))) {
                throw new IllegalStateException(
                        group + " is " + ours.get(group) + " messages behind for us, " + behind + " for the broker");
            }
        });
    }

    private static long sum(Map<String, Long> behind) {
        return behind.values().stream().mapToLong(Long::longValue).sum();
    }
}
