package io.github.rocketmigrate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.ServerVersion;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from the settings of a broker. */
final class BrokerTest {
    @Test
    void aBrokerHasAsManyDelayLevelsAsItsSettingLists() {
        assertThat(delayLevels("1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h"))
                .hasValue(18);
        assertThat(delayLevels("2d")).hasValue(1);
        assertThat(delayLevels("1s 123456789012345678h  ")).hasValue(2);
    }

    /** Brokers divide the setting at each space, and fail at a part that is no delay. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", " 1s", "1s  5s", "1s,5s", "s", "1", "1S", "-1s", "1s 1w", "1ss", "1234567890123456789s"
            })
    void aSettingThatIsNoListOfDelaysHasNoLevels(String setting) {
        assertThat(delayLevels(setting)).isEmpty();
    }

    @Test
    void aBrokerThatDoesNotReportTheSettingHasNoKnownLevels() {
        assertThat(broker(Map.of()).delayLevels()).isEmpty();
    }

    private static OptionalInt delayLevels(String setting) {
        return broker(Map.of(Broker.DELAY_LEVELS, setting)).delayLevels();
    }

    private static Broker broker(Map<String, String> settings) {
        return new Broker(
                "old-a", "10.0.0.10:10911", new ServerVersion(4, 9, 7), settings, Map.of(), Map.of(), List.of());
    }
}
