package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.Invocation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RollbackOrderTest {
    private static final Optional<String> WHY = Optional.of("Checkout errors");

    private static final Invocation CALLED = new Invocation("shop.yaml", Selection.of("web", null, null));

    private static RollbackOrder waiving(String check) {
        return RollbackOrder.of("previous", WHY, Optional.of(check), CALLED, false);
    }

    @Test
    void readsParameters() {
        assertThat(RollbackOrder.of("source", WHY, Optional.empty(), CALLED, false)
                        .to())
                .contains(Stage.SOURCE);
        assertThat(waiving("nothing-stranded").waived().map(Check::name)).contains("nothing-stranded");
        assertThat(waiving("nothing-stranded").parameters())
                .containsEntry("to", "previous")
                .containsEntry("reason", "Checkout errors")
                .containsEntry("waive", "nothing-stranded");
    }

    /** Otherwise the message would show a user who wants to look first a command that moves traffic. */
    @Test
    void aDryRunNeedsNoReason() {
        RollbackOrder dry = RollbackOrder.of("source", Optional.empty(), Optional.empty(), CALLED, true);
        assertThat(dry.parameters()).containsEntry("reason", "WHY");
    }

    @Test
    void saysWhatIsMissingOrUnknown() {
        assertThatThrownBy(() -> RollbackOrder.of("home", WHY, Optional.empty(), CALLED, false))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.to=home is no stage to go back to.");
        assertThatThrownBy(() -> RollbackOrder.of("source", Optional.empty(), Optional.empty(), CALLED, false))
                .isInstanceOfSatisfying(Fault.class, fault -> {
                    assertThat(fault.nextStep())
                            .as("the whole command, to paste")
                            .endsWith(": mvn migrate:rollback -Dmigrate.file=shop.yaml -Dmigrate.batch=web"
                                    + " -Dmigrate.to=source -Dmigrate.reason='WHY'");
                    assertThat(fault.help()).contains("https://rocketmigrate.github.io/going-back.html");
                })
                .hasMessageStartingWith("migrate.reason is missing.");
        assertThatThrownBy(() -> waiving("nothing-strandet"))
                .isInstanceOf(Fault.class)
                .hasMessage("There is no check 'nothing-strandet'; did you mean nothing-stranded?");
    }

    @Test
    void aCheckThatGuardsAgainstLossCannotBeWaived() {
        assertThatThrownBy(() -> waiving("source-quiet"))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("No waiver passes over the check source-quiet: it ");
    }
}
