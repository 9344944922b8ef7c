package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that waits for hours reads both clusters rarely, and still notices soon what has changed. */
final class WaitingRunTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private final Set<String> waits = new LinkedHashSet<>();
    private final Map<Side, Integer> looks = new EnumMap<>(Side.class);

    private MigrationPlan planOfTopicWithReader() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
                .group(Side.SOURCE, "billing", GroupSettings.DEFAULT)
                .group(Side.SOURCE, "audit", GroupSettings.DEFAULT);
        return MemorySituation.plan(network, """
                traffic: { routing: client }
                batches:
                  - name: all
                    stage: read-both
                    topics: [{ name: clicks, type: NORMAL }]
                    groups: [{ name: billing, order: CONCURRENT }]
                """);
    }

    /** A group that is not in the plan consumes the topic: somebody has to act. */
    private void readBySomebodyElse() {
        network.broker(Side.SOURCE, "old-a").connects("audit", "clicks", "a@1");
    }

    private ApplyReport apply(MigrationPlan plan) {
        return apply(plan, FencePolicy.USUAL, new StopSignal());
    }

    private ApplyReport apply(MigrationPlan plan, FencePolicy policy, StopSignal stopping) {
        Apply apply = new Apply(
                network.timing(),
                Goals.outputs(folder),
                MemoryRun.ORIGIN,
                new Apply.Settings(false, HOUR, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, policy),
                opened -> Connections.of(
                        opened,
                        Map.of(
                                Side.SOURCE, counting(Side.SOURCE),
                                Side.DESTINATION, counting(Side.DESTINATION)),
                        network.timing()));
        return apply.run(
                new Apply.ApplyRequest("migration.yaml", plan, Selection.ALL, Optional.empty()),
                planned -> {},
                stopping,
                proxy(ApplyProgress.class, (method, args) -> {
                    if (method.getName().equals("waiting")) {
                        ((List<?>) args[0]).forEach(reason -> waits.add(((WaitReason) reason).why()));
                    }
                    return null;
                }));
    }

    /** A writer whose reader counts how often it reads the whole cluster. */
    private ClusterWriter counting(Side side) {
        ClusterWriter writer = network.writer(side);
        ClusterReader reader = proxy(ClusterReader.class, (method, args) -> {
            if (method.getName().equals("metadata")) {
                looks.merge(side, 1, Integer::sum);
            }
            return method.invoke(writer.reader(), args);
        });
        return proxy(
                ClusterWriter.class,
                (method, args) -> method.getName().equals("reader") ? reader : method.invoke(writer, args));
    }

    /** What a method does instead. */
    private interface Call {
        Object of(Method method, Object[] args) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            try {
                return call.of(method, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    @Test
    void looksBecomeRarer() {
        MigrationPlan plan = planOfTopicWithReader();
        readBySomebodyElse();
        ApplyReport report = apply(plan);
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(network.timing().elapsed()).isGreaterThanOrEqualTo(HOUR);
        assertThat(looks.values())
                .hasSize(2)
                .allSatisfy(count -> assertThat(count).isBetween(120, 180));
    }

    /** A topic that has just been closed cannot move before all clients have polled their routes. */
    @Test
    void looksAreRareWhileNothingCanChange() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4));
        assertThat(apply(planOfClicks("write-destination")).outcome()).isEqualTo(Outcome.APPLIED);
        looks.clear();
        Duration begin = network.timing().elapsed();
        assertThat(apply(planOfClicks("destination")).outcome()).isEqualTo(Outcome.APPLIED);
        Duration quiet = FencePolicy.USUAL.quiet();
        assertThat(network.timing().elapsed().minus(begin)).isBetween(quiet, quiet.plusSeconds(5));
        assertThat(looks.values())
                .hasSize(2)
                .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(14));
    }

    private MigrationPlan planOfClicks(String stage) {
        return MemorySituation.plan(network, """
                traffic: { routing: client }
                batches: [{ name: all, stage: %s, topics: [{ name: clicks, type: NORMAL }] }]
                """.formatted(stage));
    }

    @Test
    void theRunGoesOnWithinHalfAMinute() {
        MigrationPlan plan = planOfTopicWithReader();
        readBySomebodyElse();
        Duration leaves = Duration.ofMinutes(40);
        network.timing()
                .after(leaves, () -> network.broker(Side.SOURCE, "old-a").disconnectAll());
        ApplyReport report = apply(plan);
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(network.timing().elapsed()).isBetween(leaves, leaves.plusSeconds(45));
    }

    /** A producer reports to the destination's brokers some time after its topic has come there. */
    @Test
    void theRunWaitsForAProducerToConnectToTheDestination() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
                .joined();
        network.clients
                .produces(Side.SOURCE, "10.1.0.7@1")
                .sends("10.1.0.7@1", "clicks", network.timing().clock().instant());
        Duration connects = Duration.ofSeconds(70);
        network.timing().after(connects, () -> network.clients.produces(Side.DESTINATION, "10.1.0.7@1"));
        ApplyReport report = apply(MemorySituation.plan(network, """
                traffic: { routing: join }
                batches: [{ name: all, stage: write-destination, topics: [{ name: clicks, type: NORMAL }] }]
                """));
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(network.timing().elapsed()).isBetween(connects, connects.plusSeconds(45));
    }

    /** Producers connect after our own step: who stops the run meanwhile has nothing to do, and nothing to waive. */
    @Test
    void aRunThatIsStoppedWhileProducersConnectBlocksNothing() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
                .joined();
        network.clients
                .produces(Side.SOURCE, "10.1.0.7@1")
                .sends("10.1.0.7@1", "clicks", network.timing().clock().instant());
        StopSignal stopping = new StopSignal();
        network.timing().after(Duration.ofSeconds(24), stopping::request);
        FencePolicy quick = new FencePolicy(Duration.ofSeconds(4), Duration.ofSeconds(60), false);
        ApplyReport report = apply(MemorySituation.plan(network, """
                traffic: { routing: join }
                batches: [{ name: all, stage: write-destination, topics: [{ name: clicks, type: NORMAL }] }]
                """), quick, stopping);
        assertThat(Printed.of(report))
                .contains("The next run continues with", "clicks", "producers-switched")
                .doesNotContain("To do", "waivers", "blocked");
        assertThat(report.outcomes()).doesNotContain(Outcome.BLOCKED);
        // The check fails after the same time.
        assertThat(waits)
                .anySatisfy(why -> assertThat(why).startsWith("Normal for up to 1 min 4 s: producers connect"));
    }

    /** Nothing is written to a broker that asks an address server: its owner adds the name server to the answer. */
    @Test
    void theRunWaitsForTheOwnerOfABrokerAndVerifiesTheJoin() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4));
        network.broker(Side.SOURCE, "old-a").asksAnAddressServer();
        Duration acts = Duration.ofMinutes(20);
        network.timing().after(acts, network::joined);
        ApplyReport report = apply(MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: all
                    topics: [{ name: clicks, type: NORMAL }]
                """));
        assertThat(report.plan().outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(report.outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(network.timing().elapsed()).isBetween(acts, acts.plusSeconds(45));
    }

    @Test
    void theRunGivesUpIfTheOwnerOfABrokerDoesNotAct() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4));
        network.broker(Side.SOURCE, "old-a").asksAnAddressServer();
        ApplyReport report = apply(MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: all
                    topics: [{ name: clicks, type: NORMAL }]
                """));
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(network.timing().elapsed()).isGreaterThanOrEqualTo(HOUR);
    }
}
