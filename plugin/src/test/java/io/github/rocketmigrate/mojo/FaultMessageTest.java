package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines with which Maven ends. */
final class FaultMessageTest {
    @Test
    void problemsComeFirstAndEachNextStepOnce() {
        Fault both = Fault.all(List.of(new Fault("a is down.", "Start it."), new Fault("b is down.", "Start it.")));
        assertThat(FaultMessage.of(both, 70)).isEqualTo("a is down.\nb is down.\nStart it.");
    }

    @Test
    void theProblemOfAParameterHasItsFixOnTheSameLine() {
        assertThat(FaultMessage.of(
                        new Fault("migrate.wait=5x is not a duration.", "Write a number and a unit, for example 90s."),
                        20))
                .isEqualTo("migrate.wait=5x is not a duration. Write a number and a unit, for example 90s.");
    }

    @Test
    void theHelpOfAGoalThatReadsAPlanComesLast() {
        assertThat(FaultMessage.withHelp(new Fault("Another run may be changing new.", "Wait until it ends."), 70))
                .isEqualTo("Another run may be changing new.\nWait until it ends.\n= help:"
                        + " https://rocketmigrate.github.io/planning.html#error");
    }

    /** Maven prints each line of it as an error of its own. */
    @Test
    void wordsOfAServerAddNoLine() {
        assertThat(FaultMessage.of(new Fault("code 1\n[INFO] BUILD SUCCESS\u001b[2J", "Look into its log."), 70))
                .isEqualTo("code 1<U+000A>[INFO] BUILD SUCCESS<U+001B>[2J\nLook into its log.");
    }
}
