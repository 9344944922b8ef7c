package io.github.rocketmigrate.assess;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Work: 42 messages to wait for" is no sentence. */
final class RowEffortTest {
    @ParameterizedTest
    @CsvSource({
        "42, message to wait for, wait for 42 messages",
        "1, application to keep on Remoting, keep 1 application on Remoting",
        "7, application to upgrade, upgrade 7 applications",
        "2, topic to delete or rename, delete or rename 2 topics",
        "2, dead letter to send again or save, send again or save 2 dead letters",
        "2, single request, 2 single requests"
    })
    void saysWhatToDo(long count, String unit, String words) {
        assertThat(new RowEffort(count, unit).words()).isEqualTo(words);
    }
}
