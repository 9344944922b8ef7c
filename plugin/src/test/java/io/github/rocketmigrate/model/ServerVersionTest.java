package io.github.rocketmigrate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions as people write them and as brokers report them. */
final class ServerVersionTest {
    @ParameterizedTest
    @CsvSource({"4.9.7", "5.3.0", "5.10.2", "' 4.9.7 '"})
    void aVersionIsReadAsPeopleWriteIt(String text) {
        assertThat(ServerVersion.of(text)).map(ServerVersion::toString).contains(text.strip());
    }

    @ParameterizedTest
    @CsvSource({"V4_9_7, 4.9.7", "V5_3_0, 5.3.0", "V5_1_4-SNAPSHOT, 5.1.4", "' V4_9_4 ', 4.9.4"})
    void aVersionIsReadAsBrokersReportIt(String description, String version) {
        assertThat(ServerVersion.described(description))
                .map(ServerVersion::toString)
                .contains(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5.3", "5.3.0.1", "five", "V5_3_0", "5.99999.0"})
    void anythingElseIsNoVersion(String text) {
        assertThat(ServerVersion.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5.3.0", "HIGHER_VERSION", "V5_3"})
    void anythingElseIsNoDescription(String text) {
        assertThat(ServerVersion.described(text)).isEmpty();
    }

    /** Since 5.3.0 brokers store users themselves. */
    @ParameterizedTest
    @CsvSource({
        "4.9.7, true, true",
        "5.1.4, false, true",
        "5.2.9, false, true",
        "5.3.0, false, false",
        "5.3.1, false, false",
        "6.0.0, false, false"
    })
    void aVersionDecidesWhereUsersAre(String text, boolean isFour, boolean hasPlainAcl) {
        ServerVersion version = version(text);
        assertThat(version.isFour()).isEqualTo(isFour);
        assertThat(version.hasPlainAcl()).isEqualTo(hasPlainAcl);
    }

    @Test
    void versionsAreSortedByAgeAndNotByLetters() {
        assertThat(Stream.of("5.10.0", "4.9.10", "5.3.1", "4.9.4", "5.3.0")
                        .map(ServerVersionTest::version)
                        .sorted())
                .extracting(ServerVersion::toString)
                .containsExactly("4.9.4", "4.9.10", "5.3.0", "5.3.1", "5.10.0");
    }

    private static ServerVersion version(String text) {
        Optional<ServerVersion> version = ServerVersion.of(text);
        assertThat(version).isPresent();
        return version.get();
    }
}
