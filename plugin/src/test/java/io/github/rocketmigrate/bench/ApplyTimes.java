package io.github.rocketmigrate.bench;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.LocalServerJars;
import io.github.rocketmigrate.sandbox.QuietProgress;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * How much faster thousands of topics are created, and proved to be there, than one after the other and unproved.
 *
 * <p>An update of one topic makes a broker write all topics that it has. So both ways work at brokers that have the
 * same number of them, few, and change places after every pair.
 */
final class ApplyTimes {
    private static final int WARM_UPS = 8;
    private static final int PAIRS = 7;
    private static final int THOUSAND = 1_000;
    private static final double LEAST_FOR_THOUSAND = 30;

    private static final int MANY = 10_000;
    /** One call after the other takes a minute or two. */
    private static final int PAIRS_OF_MANY = 1;

    private static final double LEAST_FOR_MANY = 10;
    private static final int PROCESSES = 10;
    private static final int PAIRS_OF_PROCESSES = 2;

    private final Scores scores;
    private final List<CreationSite> sites;
    private int rounds;

    private ApplyTimes(Scores scores, List<CreationSite> sites) {
        this.scores = scores;
        this.sites = sites;
    }

    /** Measures with brokers of its own, in {@code folder}. */
    static void measure(Scores scores, Path folder) throws Exception {
        Sandbox sandbox = Sandbox.in(folder.resolve("sandbox-apply"));
        try {
            // What an earlier run left would not be replaced.
            sandbox.stop(Lifetime.OF_THIS_PROCESS);
            ServerVersion version = new ServerVersion(5, 5, 0);
            SandboxSettings settings = new SandboxSettings(version, version, 1, false, false, false, false, "1g");
            Endpoints endpoints = sandbox.start(
                            settings, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress())
                    .endpoints();
            try (CreationSite one = CreationSite.of(endpoints, Side.SOURCE, folder);
                    CreationSite other = CreationSite.of(endpoints, Side.DESTINATION, folder)) {
                ApplyTimes times = new ApplyTimes(scores, List.of(one, other));
                times.thousand();
                times.processes();
                times.many();
            }
        } finally {
            sandbox.stop(Lifetime.OF_THIS_PROCESS);
        }
    }

    private void thousand() throws Exception {
        Pairs pairs = pairs(WARM_UPS, PAIRS, THOUSAND, THOUSAND, CreationSite::callByCall);
        scores.pairs(
                "7. 1,000 topics created at a broker of 5.5.0 that has none",
                "lists, read back from the broker and from the name server",
                "createAndUpdateTopicConfig for one after the other, in this JVM, not read back",
                pairs);
        scores.fasterBy(LEAST_FOR_THOUSAND, pairs);
    }

    private void many() throws Exception {
        Pairs pairs = pairs(0, PAIRS_OF_MANY, MANY, MANY, CreationSite::callByCall);
        scores.pairs("9. 10,000 topics, likewise", "lists, read back", "one after the other, not read back", pairs);
        scores.fasterBy(LEAST_FOR_MANY, pairs);
    }

    private void processes() throws Exception {
        Pairs pairs = pairs(1, PAIRS_OF_PROCESSES, THOUSAND, PROCESSES, CreationSite::processByProcess)
                .withOther(THOUSAND / PROCESSES);
        scores.pairs(
                "8. 1,000 topics, and RocketMQ's own tool",
                "lists, read back",
                "mqadmin updateTopic, one process after the other, measured on " + PROCESSES + " and extrapolated",
                pairs);
        scores.faster(pairs);
    }

    /** A way to create topics. */
    @FunctionalInterface
    private interface Way {
        void create(CreationSite site, List<String> topics) throws Exception;
    }

    private Pairs pairs(int warmUps, int pairs, int ourCount, int otherCount, Way otherWay) throws Exception {
        List<Duration> ours = new ArrayList<>();
        List<Duration> others = new ArrayList<>();
        String requests = "";
        for (int round = -warmUps; round < pairs; round++) {
            rounds++;
            CreationSite our = sites.get(rounds % 2);
            CreationSite other = sites.get((rounds + 1) % 2);
            for (CreationSite site : sites) {
                site.clear();
            }
            List<String> many = names(ourCount);
            List<String> few = many.subList(0, otherCount);
            SortedMap<String, Long> before = our.requests();
            Duration one = Pairs.time(() -> our.apply(many));
            requests = CreationSite.between(before, our.requests());
            Duration two = Pairs.time(() -> otherWay.create(other, few));
            our.requireAll(many);
            other.requireAll(few);
            if (round >= 0) {
                ours.add(one);
                others.add(two);
            }
        }
        scores.say("%nOur requests for %d topics: %s", ourCount, requests);
        return new Pairs(ours, others);
    }

    private List<String> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "created-%03d-%05d".formatted(rounds, number))
                .toList();
    }
}
