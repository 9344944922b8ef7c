package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A terminal of 80 columns breaks whatever is longer, so addresses and commands could not be clicked or pasted. */
final class LayoutTest {
    private final List<String> lines = new ArrayList<>();
    private final Layout layout = new Layout(new PlainTerminal(lines));

    @Test
    void anAddressStaysBehindItsWordWhereThereIsRoom() {
        layout.address(8, "= help:", "https://rocketmigrate.github.io/checks.html#fence");
        assertThat(lines).containsExactly("        = help: https://rocketmigrate.github.io/checks.html#fence");
    }

    @Test
    void anAddressWithoutRoomHasItsOwnLine() {
        layout.address(8, "= help:", "https://rocketmigrate.github.io/checks.html#cluster-names-distinct");
        assertThat(lines)
                .containsExactly(
                        "        = help:", "       https://rocketmigrate.github.io/checks.html#cluster-names-distinct");
    }

    @Test
    void aCommandInASentenceBeginsFurtherLeftRatherThanBreak() {
        String command = "mvn migrate:unlock -Dmigrate.leaseId=4711 -Dmigrate.file=plans/shop.yaml";
        layout.text(8, "If it is dead: " + command);
        assertThat(lines).containsExactly("        If it is dead:", " " + command);
    }
}
