package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.text.Wrapped;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a sentence keeps its style, however the sentence breaks. */
final class StyledEndTest {
    private static final String FACTS = "14 delayed messages at the source; wanted: destination; ";
    private static final String VERDICT = "blocked: consumers-switched, source-drained and 1 more";

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 55, 60, 64, 65, 66, 80, 200})
    void onlyTheEndIsStyled(int width) {
        StyledEnd end = new StyledEnd(VERDICT, text -> "<" + text + ">");
        List<String> lines =
                Wrapped.lines(FACTS + VERDICT, width).stream().map(end::in).toList();
        String whole = String.join(" ", lines);
        assertThat(whole.substring(0, FACTS.length())).isEqualTo(FACTS);
        assertThat(whole.substring(FACTS.length()).replaceAll("> <", " ")).isEqualTo("<" + VERDICT + ">");
    }

    @Test
    void withoutAnEndNothingIsStyled() {
        assertThat(new StyledEnd("", text -> "<" + text + ">").in("2 messages")).isEqualTo("2 messages");
    }
}
