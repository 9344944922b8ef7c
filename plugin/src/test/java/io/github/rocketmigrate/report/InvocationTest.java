package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.observe.Selection;
import org.junit.jupiter.api.Test;

/** Suggested commands are complete, so that they can be pasted. */
final class InvocationTest {
    @Test
    void theUsualFileAndTheWholePlanNeedNoParameters() {
        assertThat(new Invocation("migration.yaml", Selection.ALL).command("plan"))
                .isEqualTo("mvn migrate:plan");
    }

    @Test
    void aCommandKeepsTheFileAndTheSelection() {
        Invocation invocation = new Invocation("env/prod.yaml", Selection.of("orders,web", null, null));
        assertThat(invocation.command("plan", "-Dmigrate.details=true"))
                .isEqualTo(
                        "mvn migrate:plan -Dmigrate.file=env/prod.yaml -Dmigrate.batch=orders,web -Dmigrate.details=true");
    }

    @Test
    void aSavedChangeSetContainsItsSelection() {
        Invocation invocation = new Invocation("prod.yaml", Selection.of("orders", null, null));
        assertThat(invocation.apply("target/migrate/change-set.json"))
                .isEqualTo(
                        "mvn migrate:apply -Dmigrate.file=prod.yaml -Dmigrate.changeSet=target/migrate/change-set.json");
    }

    @Test
    void patternsAndSpacesAreProtectedFromTheShell() {
        Invocation invocation = new Invocation("my plan's.yaml", Selection.of(null, "order-*", "*-test"));
        assertThat(invocation.command("plan"))
                .isEqualTo("mvn migrate:plan -Dmigrate.file='my plan'\\''s.yaml'"
                        + " -Dmigrate.topic='order-*' -Dmigrate.excludeTopic='*-test'");
    }
}
