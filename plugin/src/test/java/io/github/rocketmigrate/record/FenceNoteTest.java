package io.github.rocketmigrate.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads notes of topics in fences as they were written. */
final class FenceNoteTest {
    @Test
    void readsWhatWasWritten() {
        String text = FenceNote.text(List.of("orders", "payments"));
        assertThat(FenceNote.names(text)).containsExactly("orders", "payments");
        assertThat(FenceNote.names("")).isEmpty();
    }

    @Test
    void mergesTheNotesOfAllNameServersAndIgnoresOtherPlans() {
        assertThat(FenceNote.read(
                        "shop",
                        Map.of(
                                "one:9876", Map.of(FenceNote.key("shop"), "orders", FenceNote.key("mail"), "letters"),
                                "two:9876", Map.of(FenceNote.key("shop"), "payments"))))
                .containsExactly("orders", "payments");
    }
}
