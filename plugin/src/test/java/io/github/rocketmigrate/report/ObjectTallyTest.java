package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "6 to create, 4 to move" of 6 objects made readers look for 10. */
final class ObjectTallyTest {
    private final ObjectTally tally = new ObjectTally();

    @Test
    void anObjectWithSeveralChangesCountsOnce() {
        add(PlanAction.CREATE, "a", "b", "c", "d", "e", "f");
        add(PlanAction.MOVE, "a", "b", "c", "d");
        assertThat(tally.planned()).isEqualTo("6 objects: 6 to create, 4 of them also to move");
        assertThat(tally.done()).isEqualTo("6 objects: 6 created, 4 of them also moved");
        assertThat(tally.count(PlanAction.MOVE)).isEqualTo(4);
    }

    @Test
    void objectsWithTheSameChangesShareAPart() {
        add(PlanAction.CREATE, "a", "b");
        add(PlanAction.MOVE, "a", "b", "c");
        assertThat(tally.planned()).isEqualTo("3 objects: 2 to create and move, 1 more to move");
    }

    @Test
    void objectsOfOneKindNeedNoSum() {
        add(PlanAction.MOVE, "a", "b");
        assertThat(tally.planned()).isEqualTo("2 to move");
        assertThat(new ObjectTally().planned()).isEmpty();
    }

    @Test
    void aLineHasNoZeros() {
        assertThat(ObjectTally.line("Plan", "", ObjectTally.some(1, "blocked"), ObjectTally.some(0, "unchanged")))
                .isEqualTo("Plan: 1 blocked.");
    }

    private void add(PlanAction action, String... names) {
        List.of(names).forEach(name -> tally.add(new ObjectKey(Subject.Kind.TOPIC, name, false), action));
    }
}
