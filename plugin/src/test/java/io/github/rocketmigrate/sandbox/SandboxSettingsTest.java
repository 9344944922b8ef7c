package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SandboxSettingsTest {
    private static final ServerVersion V4 = new ServerVersion(4, 9, 7);
    private static final ServerVersion V5 = new ServerVersion(5, 5, 0);

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 5})
    void rejectsNumbersOfBrokersOutsideOneToFour(int brokers) {
        assertThatThrownBy(() -> new SandboxSettings(V4, V5, brokers, false, false, false, false, "384m"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("migrate.sandbox.brokers=" + brokers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lots", "0m", "384", "-1g", "384m -XX:OnError=x"})
    void rejectsHeapsThatAreNotAnAmountOfMemory(String heap) {
        assertThatThrownBy(() -> new SandboxSettings(V4, V5, 1, false, false, false, false, heap))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("migrate.sandbox.brokerHeap=" + heap);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "4.9", "3.2.6", "6.0.0", "4.9.7-SNAPSHOT", "4.9.7.1", "99999.1.1"})
    void rejectsVersionsThatItCannotStart(String version) {
        assertThatThrownBy(() -> SandboxSettings.version("migrate.sandbox.sourceVersion", version))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("migrate.sandbox.sourceVersion=" + version);
    }

    @Test
    void trafficNeedsTheShop() {
        assertThat(new SandboxSettings(V4, V5, 1, false, false, false, true, "384m").seed())
                .isTrue();
    }

    @Test
    void applicationsAtTheDestinationNeedTheJoin() {
        assertThatThrownBy(() -> traffic(false, Side.DESTINATION, Duration.ofSeconds(2)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("migrate.sandbox.endpoint=destination")
                .extracting(fault -> ((Fault) fault).nextStep())
                .asString()
                .contains("migrate.sandbox.joined=true");
        assertThat(traffic(true, Side.DESTINATION, Duration.ofSeconds(2)).properties())
                .containsEntry("migrate.sandbox.endpoint", "destination")
                .containsEntry("migrate.sandbox.routePoll", "2s");
    }

    @Test
    void routePollMustBePositive() {
        assertThatThrownBy(() -> traffic(true, Side.SOURCE, Duration.ZERO))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("migrate.sandbox.routePoll");
    }

    @Test
    void endpointIsASide() {
        assertThat(SandboxSettings.side("migrate.sandbox.endpoint", "destination"))
                .isEqualTo(Side.DESTINATION);
        assertThatThrownBy(() -> SandboxSettings.side("migrate.sandbox.endpoint", "both"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("migrate.sandbox.endpoint=both");
    }

    @Test
    void timeToStartMustBePositive() {
        assertThatThrownBy(() -> new SandboxSettings(
                        V4,
                        V5,
                        1,
                        false,
                        false,
                        false,
                        false,
                        Side.SOURCE,
                        Duration.ofSeconds(2),
                        "384m",
                        Duration.ZERO))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("migrate.sandbox.startTimeout");
    }

    private static SandboxSettings traffic(boolean joined, Side endpoint, Duration routePoll) {
        return new SandboxSettings(
                V4, V5, 1, joined, false, true, true, endpoint, routePoll, "384m", Duration.ofMinutes(2));
    }

    @Test
    void brokersAreNamedBySide() {
        SandboxSettings settings = new SandboxSettings(V4, V5, 2, false, false, false, false, "384m");
        assertThat(settings.brokerNames(Side.SOURCE)).containsExactly("source-a", "source-b");
        assertThat(settings.brokerNames(Side.DESTINATION)).containsExactly("destination-a", "destination-b");
    }
}
