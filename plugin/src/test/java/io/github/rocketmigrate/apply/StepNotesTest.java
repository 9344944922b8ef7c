package io.github.rocketmigrate.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.StepNote;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A note that has several parts changes one part after the other, and the run may be killed in between. */
final class StepNotesTest {
    private static final BegunStep FENCE = new BegunStep(Standing.of(new Pair(Access.READ, Access.WRITE)), true);

    private static SortedMap<String, BegunStep> steps(int from, int to) {
        SortedMap<String, BegunStep> steps = new TreeMap<>();
        IntStream.range(from, to).forEach(i -> steps.put("a-topic-with-a-rather-long-name-%05d".formatted(i), FENCE));
        return steps;
    }

    private static void assertNoneIsForgotten(
            SortedMap<String, BegunStep> before, SortedMap<String, BegunStep> after, Comparator<String> order) {
        Map<String, String> server = new TreeMap<>(StepNote.all("shop", before));
        Map<String, String> now = StepNote.all("shop", after);
        SortedMap<String, BegunStep> inBoth = new TreeMap<>(before);
        inBoth.keySet().retainAll(after.keySet());
        assertThat(server).hasSizeGreaterThan(10);
        for (String key : StepNotes.changed(StepNote.all("shop", before), now, order)) {
            if (now.containsKey(key)) {
                server.put(key, now.get(key));
            } else {
                server.remove(key);
            }
            assertThat(StepNote.read("shop", Map.of("one:9876", server))
                            .entrySet()
                            .containsAll(inBoth.entrySet()))
                    .describedAs("after %s", key)
                    .isTrue();
        }
        assertThat(server).isEqualTo(now);
    }

    @Test
    void noStepIsForgottenWhileOthersBegin() {
        assertNoneIsForgotten(steps(1_000, 10_000), steps(950, 10_000), StepNotes.LAST_FIRST);
    }

    @Test
    void noStepIsForgottenWhileOthersEnd() {
        assertNoneIsForgotten(steps(950, 10_000), steps(1_000, 10_000), StepNotes.LAST_FIRST.reversed());
    }
}
