package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.sandbox.Shop;
import io.github.rocketmigrate.sandbox.ShopTally;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTextTest {
    private final List<String> lines = new ArrayList<>();

    /** A night of traffic has figures of six digits. */
    @Test
    void theTallyOfALongNightFitsANarrowTerminal() {
        new TallyText(new PlainTerminal(lines))
                .print(new ShopTally(Shop.consumers().stream()
                        .map(group -> new ShopTally.Line(
                                "price-updates", group, true, 123_456, 12_345, 123_456, 1_234, 0, 12_345, 1_234))
                        .toList()));
        assertThat(lines).allMatch(line -> line.length() <= PlainTerminal.NARROW);
    }
}
