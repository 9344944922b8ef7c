package io.github.rocketmigrate.bench;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.LocalServerJars;
import io.github.rocketmigrate.sandbox.QuietProgress;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.SandboxSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;

/**
 * Measures reading and planning on two real clusters of 10,000 topics and 5,000 consumer groups each, applying at
 * empty ones, and adopting a large one, in this JVM and in processes of their own, and says which goals are met.
 */
final class Benchmark {
    private static final Path FOLDER = Path.of("target", "benchmark").toAbsolutePath();
    private static final String ALL = "all";
    private static final Set<String> PARTS = Set.of(ALL, "plan", "apply", "adopt");
    private static final int MESSAGES = 10;

    private final Scores scores = new Scores(System.out);

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        Benchmark benchmark = new Benchmark();
        String part = System.getProperty("benchmark.part", ALL);
        if (!PARTS.contains(part)) {
            throw new IllegalArgumentException("benchmark.part=" + part + " is none of " + PARTS);
        }
        benchmark.introduce();
        Set<String> parts = part.equals(ALL) ? PARTS : Set.of(part);
        if (parts.contains("plan")) {
            benchmark.readAndPlan();
        }
        if (parts.contains("apply")) {
            ApplyTimes.measure(benchmark.scores, FOLDER);
        }
        if (parts.contains("adopt")) {
            AdoptionTimes.measure(benchmark.scores, FOLDER);
        }
        benchmark.conclude();
    }

    private void readAndPlan() throws Exception {
        Sandbox sandbox = Sandbox.in(FOLDER.resolve("sandbox"));
        try {
            readAndPlan(start(sandbox));
        } finally {
            sandbox.stop(Lifetime.OF_THIS_PROCESS);
        }
    }

    private static Endpoints start(Sandbox sandbox) throws Exception {
        // What an earlier run left would not be replaced.
        sandbox.stop(Lifetime.OF_THIS_PROCESS);
        for (Side side : Side.values()) {
            LargeClusters.write(side, sandbox.folder().resolve(side.word() + "-a"));
        }
        SandboxSettings settings = new SandboxSettings(
                new ServerVersion(4, 9, 7), new ServerVersion(5, 5, 0), 1, false, false, false, false, "1g");
        Endpoints endpoints = sandbox.start(
                        settings, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress())
                .endpoints();
        for (Side side : Side.values()) {
            produce(endpoints.cluster(side).nameServers());
        }
        return endpoints;
    }

    private static void produce(String nameServers) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("benchmark");
        producer.setNamesrvAddr(nameServers);
        // Clients with one instance name share their connection, and with it its name servers.
        producer.setInstanceName(nameServers);
        producer.start();
        try {
            for (String topic : LargeClusters.loudTopics().toList()) {
                for (int i = 0; i < MESSAGES; i++) {
                    producer.send(new Message(topic, new byte[] {1}));
                }
            }
        } finally {
            producer.shutdown();
        }
    }

    private void readAndPlan(Endpoints endpoints) throws Exception {
        try (BothClusters clusters = BothClusters.of(endpoints)) {
            Map<Side, Reading> known = clusters.everything();
            introduce(endpoints, known);
            ReadingTimes reading = new ReadingTimes(endpoints, clusters, known, scores);
            reading.configuration();
            reading.everything();
            for (Side side : Side.values()) {
                reading.lag(side);
            }
            PlanningTimes planning = new PlanningTimes(endpoints, clusters, known, scores, FOLDER);
            planning.measure("metadata alone", "", "");
            planning.measure("with traffic", "traffic: { routing: join }\n", "    stage: read-both\n");
            ProcessTimes processes = new ProcessTimes(endpoints, known, scores, FOLDER);
            processes.goal();
            processes.ownTool();
        }
    }

    private void conclude() {
        scores.say("%nGoals missed: %d; load at the end %.1f", scores.missed(), load());
    }

    /** What else the machine does; figures of a busy one are worth little. */
    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private void introduce() {
        scores.say(
                "%s, Java %s, %d processors, heap of at most %d MiB, load %.1f",
                Instant.now(),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                load());
    }

    private void introduce(Endpoints endpoints, Map<Side, Reading> known) {
        known.forEach((side, reading) -> scores.say(
                "%s %s: %d topics and %d groups of users, %d topics with offsets",
                side.word(),
                endpoints.cluster(side).version(),
                reading.metadata().topics().size(),
                reading.metadata().groups().size(),
                reading.ranges().topics().size()));
    }
}
