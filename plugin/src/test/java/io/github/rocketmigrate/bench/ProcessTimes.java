package io.github.rocketmigrate.bench;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Mqadmin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** How long whole processes take: a Maven with our goal, and RocketMQ's own tool. */
final class ProcessTimes {
    private static final int WARM_UPS = 1;
    private static final int PAIRS = 5;
    private static final String HEAP = "256m";
    private static final String SMALL = "-Xmx" + HEAP;
    /** As the sample for pipelines has it: a JVM that does not work at becoming faster later. */
    private static final String BRISK = SMALL + " -XX:TieredStopAtLevel=1";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double MOST_GOAL_MILLIS = 2_000;

    private final Endpoints endpoints;
    private final Map<Side, Reading> known;
    private final Scores scores;
    private final Path folder;
    private final MavenRuns maven;

    ProcessTimes(Endpoints endpoints, Map<Side, Reading> known, Scores scores, Path folder) throws IOException {
        this.endpoints = endpoints;
        this.known = known;
        this.scores = scores;
        this.folder = folder;
        Path project = folder.resolve("project");
        this.maven = new MavenRuns(project);
        LargeClusters.writePlan(project.resolve("migration.yaml"), endpoints, "", "");
    }

    void goal() throws Exception {
        goal(SMALL);
        goal(BRISK);
    }

    private void goal(String options) throws Exception {
        Pairs pairs = Pairs.measure(
                WARM_UPS, PAIRS, () -> planByMaven(options), () -> maven.run(options, "plan", "-Dmigrate.skip=true"));
        scores.pairs("5. mvn migrate:plan, MAVEN_OPTS=" + options, "the goal", "the goal with migrate.skip", pairs);
        scores.longerBy(MOST_GOAL_MILLIS, pairs);
    }

    private void planByMaven(String options) throws IOException, InterruptedException {
        maven.run(options, "plan", "-Dmigrate.failOn=none");
    }

    void ownTool() throws Exception {
        Pairs configuration = Pairs.measure(WARM_UPS, PAIRS, () -> planByMaven(SMALL), this::exportMetadata);
        scores.pairs(
                "6. RocketMQ's own tool, as processes",
                "mvn migrate:plan",
                "mqadmin exportMetadata for one cluster after the other",
                configuration);
        scores.faster(configuration);
        Duration reading = Pairs.time(this::readOnce);
        scores.say("%n%12.1f ms  everything of both clusters, read once in a JVM of its own", Pairs.millis(reading));
        for (Side side : Side.values()) {
            consumerProgress(side);
        }
    }

    private void readOnce() throws IOException, InterruptedException {
        ReadOnce.run(
                HEAP,
                endpoints.cluster(Side.SOURCE).nameServers(),
                endpoints.cluster(Side.DESTINATION).nameServers(),
                folder.resolve("read-once.log").toFile());
    }

    private void exportMetadata() throws IOException, InterruptedException {
        for (Side side : Side.values()) {
            Path home = folder.resolve("mqadmin-" + side.word());
            String cluster = endpoints.cluster(side).name();
            mqadmin(side, home, "exportMetadata", "-c", cluster, "-f", home.toString())
                    .printed();
        }
    }

    private void consumerProgress(Side side) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Mqadmin tool = mqadmin(side, folder.resolve("mqadmin-" + side.word()), "consumerProgress");
        boolean ended = tool.endsWithin(PATIENCE);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        Set<String> groups = known.get(side).metadata().groups();
        long told = tool.printedSoFar()
                .lines()
                .filter(line -> groups.contains(line.split(" ", 2)[0]))
                .count();
        scores.say(
                "%12.1f ms  mqadmin consumerProgress at the %s, %d of %d groups told%s",
                Pairs.millis(took), side.word(), told, LargeClusters.GROUPS, ended ? "" : ", then stopped");
    }

    private Mqadmin mqadmin(Side side, Path home, String... command) throws IOException {
        return Mqadmin.measured(endpoints.cluster(side).version(), home, endpoints.cluster(side), command);
    }
}
