package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.write.ApplyProgress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joined clusters whose destination has no broker left: its name servers list the source's brokers only. */
final class DestinationDownTest {
    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private MigrationPlan plan;

    @BeforeEach
    void join() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4));
        plan = MemorySituation.plan(network, """
                traffic: { routing: join }
                batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]
                """);
    }

    private void apply() {
        Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            writers.put(side, network.writer(side));
        }
        assertThat(SimulatedGoals.apply(plan, writers, network.timing(), folder, false, ApplyProgress.SILENT)
                        .outcome())
                .isEqualTo(Outcome.APPLIED);
    }

    private void look() {
        Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            readers.put(side, network.reader(side));
        }
        Object unused = SimulatedGoals.plan(plan, readers, network.timing(), folder);
    }

    @Test
    void theMessageNamesTheBrokersThatEarlierRunsFound() {
        apply();
        network.stop(network.broker(Side.DESTINATION, "new-a"));

        assertThatThrownBy(this::look).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault)
                    .hasMessage("The destination's name servers list none of its brokers. Earlier runs found new-a.");
            assertThat(fault.nextStep())
                    .isEqualTo(
                            "If a name server has just started, wait 30 s and run again: brokers register every 30 s."
                                    + " If the brokers are down, start them. If this is not possible, go back without the"
                                    + " destination (https://rocketmigrate.github.io/going-back.html#destination-down):"
                                    + " mvn migrate:rollback -Dmigrate.reason='The destination is down'");
        });
    }

    @Test
    void withoutAnEarlierRunTheAddressesMayBeSwapped() {
        network.joined();
        network.stop(network.broker(Side.DESTINATION, "new-a"));

        assertThatThrownBy(this::look)
                .hasMessage("The destination's name servers list only brokers of the other cluster.");
    }
}
