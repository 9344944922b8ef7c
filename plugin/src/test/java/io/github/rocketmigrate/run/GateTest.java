package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.GateLook;
import io.github.rocketmigrate.plan.Gate;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gate of the company holds steps forward, and is not even asked on the way back. */
final class GateTest extends RollbackStory {
    private final List<String> asked = new ArrayList<>();
    private GateLook look = GateLook.failing("http://shop/ready answered 503");

    @Override
    Map<Gate, GateLook> lookAt(Collection<Gate> due, Instant at) {
        Map<Gate, GateLook> looks = new HashMap<>();
        due.forEach(gate -> {
            asked.add(gate.name().value());
            looks.put(gate, look);
        });
        return looks;
    }

    @Test
    void nothingMovesForwardUntilTheGateHolds() {
        traffic = ", gates: [{ name: ready, url: \"http://shop/ready\", status: 200 }]";
        views = Stage.WRITE_DESTINATION;
        ApplyReport report = apply();
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(stage("views")).isEqualTo(Stage.READ_BOTH);
        assertThat(Printed.of(report))
                .contains("gate:ready")
                .contains("http://shop/ready answered 503 (status 200 required)");
        look = GateLook.holding("http://shop/ready answered 200", Duration.ZERO, false);
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("views")).isEqualTo(Stage.WRITE_DESTINATION);
    }

    @Test
    void aRunThatWaitsMeasuresTheTimeOfAnAddress() {
        traffic = ", gates: [{ name: ready, url: \"http://shop/ready\", status: 200, for: 3m }]";
        look = GateLook.holding("http://shop/ready answered 200", Duration.ZERO, false);
        views = Stage.WRITE_DESTINATION;
        assertThat(apply().outcome()).isEqualTo(Outcome.BLOCKED);
        wait = Duration.ofMinutes(10);
        Duration begin = network.timing().elapsed();
        ApplyReport report = apply();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(network.timing().elapsed().minus(begin)).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(10));
    }

    @Test
    void theWayBackAsksNobody() {
        traffic = ", gates: [{ name: ready, url: \"http://shop/ready\", status: 200 }]";
        clicks = Stage.READ_BOTH;
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.READ_BOTH);
        rollback(TO_SOURCE, "views");
        assertThat(stage("views")).isEqualTo(Stage.SOURCE);
        assertThat(asked).isEmpty();
    }
}
