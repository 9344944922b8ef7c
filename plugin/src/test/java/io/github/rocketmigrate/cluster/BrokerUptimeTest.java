package io.github.rocketmigrate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The words in which brokers say how long they have run. */
final class BrokerUptimeTest {
    @Test
    void theTimeOfABrokerThatWasStartedToday() {
        assertThat(BrokerUptime.underOneDay(Map.of("runtime", "[ 0 days, 0 hours, 1 minutes, 5 seconds ]")))
                .contains(Duration.ofSeconds(65));
        assertThat(BrokerUptime.underOneDay(Map.of("runtime", "[ 0 days, 23 hours, 0 minutes, 59 seconds ]")))
                .contains(Duration.ofHours(23).plusSeconds(59));
    }

    @Test
    void aBrokerWritesTheDigitsOfItsLocale() {
        assertThat(BrokerUptime.underOneDay(
                        Map.of("runtime", "[ \u0660 days, \u0660 hours, \u0661 minutes, \u0665 seconds ]")))
                .contains(Duration.ofSeconds(65));
    }

    @Test
    void anOldBrokerIsNotYoung() {
        assertThat(BrokerUptime.underOneDay(Map.of("runtime", "[ 1 days, 0 hours, 0 minutes, 3 seconds ]")))
                .isEmpty();
        assertThat(BrokerUptime.underOneDay(Map.of("runtime", "[ 1,234 days, 0 hours, 0 minutes, 3 seconds ]")))
                .isEmpty();
        assertThat(BrokerUptime.underOneDay(Map.of("brokerVersionDesc", "V5_5_0")))
                .isEmpty();
    }
}
