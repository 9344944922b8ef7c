package io.github.rocketmigrate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What name servers keep of topics on their way is read as it was written. */
final class TurnNoteTest {
    @Test
    void whatIsWrittenIsRead() {
        String text = TurnNote.text(List.of("orders", "payments"));
        assertThat(TurnNote.names(text)).containsExactly("orders", "payments");
        assertThat(TurnNote.names("")).isEmpty();
    }

    @Test
    void eachNameServerMayHaveAPartAndOtherPlansHaveNotesOfTheirOwn() {
        assertThat(TurnNote.read(
                        "shop",
                        Map.of(
                                "one:9876", Map.of(TurnNote.key("shop"), "orders", TurnNote.key("mail"), "letters"),
                                "two:9876", Map.of(TurnNote.key("shop"), "payments"))))
                .containsExactly("orders", "payments");
    }
}
