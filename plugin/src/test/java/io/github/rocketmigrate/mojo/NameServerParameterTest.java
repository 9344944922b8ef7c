package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.discover.ClusterAddress;
import io.github.rocketmigrate.plan.PlaceholderValues;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a new plan has the addresses of its clusters from. */
final class NameServerParameterTest {
    private static Optional<ClusterAddress> found(String given, Map<String, String> properties) {
        return new NameServerParameter("source", given).found(new PlaceholderValues() {
            @Override
            public Optional<String> value(String name) {
                return Optional.ofNullable(properties.get(name));
            }

            @Override
            public Set<String> names() {
                return properties.keySet();
            }
        });
    }

    @Test
    void addressesOfTheParameterAreWrittenAsTheyAre() {
        ClusterAddress address = found("10.0.0.11:9876; 10.0.0.12:9876,", Map.of("source.nameServers", "10.0.9.9:9876"))
                .orElseThrow();
        assertThat(address.nameServers()).containsExactly("10.0.0.11:9876", "10.0.0.12:9876");
        assertThat(address.comment()).isEqualTo("from the parameter migrate.source.nameServers");
    }

    /** The addresses of one environment do not get into a plan for all of them. */
    @Test
    void addressesOfAPropertyAreWrittenAsThisProperty() {
        Map<String, String> both =
                Map.of("source.nameServers", "10.0.9.9:9876", "migrate.sandbox.source.nameServers", "127.0.0.1:1");
        assertThat(found(null, both).orElseThrow().nameServers()).containsExactly("${source.nameServers}");
        assertThat(found(" ", Map.of("migrate.sandbox.source.nameServers", "127.0.0.1:1"))
                        .orElseThrow()
                        .nameServers())
                .containsExactly("${migrate.sandbox.source.nameServers}");
    }

    @Test
    void withoutAddressesTheUserLearnsHowToGiveThem() {
        assertThat(found(null, Map.of("source.nameServers", " "))).isEmpty();
        NameServerParameter source = new NameServerParameter("source", null);
        assertThat(source.missing()).hasMessage("The name servers of the source are not known.");
        assertThat(source.missing().nextStep()).contains("-Dmigrate.source.nameServers=HOST:PORT");
        assertThat(new NameServerParameter("destination", null).unset().nameServers())
                .containsExactly("${destination.nameServers}");
    }
}
