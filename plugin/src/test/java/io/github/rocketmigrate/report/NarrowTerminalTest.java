package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.text.DisplayWidth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A phone, or half of a split window: a terminal breaks whatever is wider, in the middle of a word or number. */
final class NarrowTerminalTest {
    /** The columns that Maven's level leaves in a terminal of 40 columns. */
    private static final int COLUMNS = 33;

    private final List<String> lines = new ArrayList<>();
    private final PlainTerminal terminal = new PlainTerminal(COLUMNS, lines);

    @ParameterizedTest
    @EnumSource
    void aPlanFits(GoldenPlanTest.Case plan) {
        new PlanText(terminal, false, true).print(plan.report());
        fits();
    }

    @ParameterizedTest
    @EnumSource
    void aBoardFitsAndKeepsItsFigures(GoldenPlanTest.Case plan) {
        new StatusText(terminal, false).print(GoldenPlanTest.board(plan.report()));
        fits();
        assertThat(lines).anyMatch(line -> line.contains("unread: ") || line.matches(".* [\\d–?] / [\\d–?].*"));
    }

    /** Commands, addresses and lines for the plan are pasted, so they stay whole; a name without spaces cannot be broken either. */
    private void fits() {
        assertThat(lines)
                .filteredOn(line -> !line.matches(".*(mvn |mqadmin |https://|(check|topics|reason|owner|expires): ).*"))
                .filteredOn(line -> line.strip().contains(" "))
                .allSatisfy(line ->
                        assertThat(DisplayWidth.of(line)).describedAs(line).isLessThanOrEqualTo(COLUMNS));
    }
}
