package io.github.rocketmigrate.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reads the notes of begun steps as they were written. */
final class StepNoteTest {
    private static final BegunStep STEP = new BegunStep(Standing.of(new Pair(Access.READ_WRITE, Access.READ)), false)
            .and(Side.DESTINATION, Access.READ_WRITE)
            .and(Side.SOURCE, Access.READ);
    private static final BegunStep FENCE = new BegunStep(Standing.of(new Pair(Access.READ, Access.WRITE)), true);

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private static SortedMap<String, BegunStep> read(Map<String, String> notes) {
        return StepNote.read("shop", Map.of("one:9876", notes));
    }

    @Test
    void readsWhatWasWritten() {
        SortedMap<String, BegunStep> steps = new TreeMap<>(Map.of("clicks", STEP, "orders", FENCE));
        Map<String, String> notes = StepNote.all("shop", steps);
        assertThat(notes.values()).containsExactly("clicks=46/46,orders=4/2!");
        assertThat(read(notes)).isEqualTo(steps);
        assertThat(StepNote.all("shop", new TreeMap<>())).isEmpty();
    }

    @Test
    void remembersWhichSideAPauseHasClosed() {
        BegunStep pause = new BegunStep(Standing.of(new Pair(Access.READ, Access.READ_WRITE)), true)
                .and(Side.DESTINATION, Access.READ)
                .paused(Optional.of(Side.DESTINATION));
        SortedMap<String, BegunStep> steps = new TreeMap<>(Map.of("orders", pause));
        assertThat(StepNote.all("shop", steps).values()).containsExactly("orders=4/46!d");
        assertThat(read(StepNote.all("shop", steps))).isEqualTo(steps);
    }

    @Test
    void remembersWhenAWriteWasNotAnswered() {
        BegunStep silent = FENCE.paused(Optional.of(Side.SOURCE)).unanswered(NOON.plusMillis(900));
        SortedMap<String, BegunStep> steps = new TreeMap<>(Map.of("clicks", STEP, "orders", silent));
        Map<String, String> notes = StepNote.all("shop", steps);
        assertThat(notes.values()).containsExactly("clicks=46/46,orders=4/2!s@" + NOON.getEpochSecond());
        assertThat(read(notes)).isEqualTo(steps);
        assertThat(STEP.mayComeLate(NOON)).isFalse();
        assertThat(silent.mayComeLate(NOON.plus(Duration.ofMinutes(59)))).isTrue();
        assertThat(silent.mayComeLate(NOON.plus(Duration.ofHours(1)))).isFalse();
        assertThat(silent.mayComeLate(NOON.minus(Duration.ofMinutes(20))))
                .describedAs("by the clock of another machine")
                .isTrue();
        assertThat(silent.and(FENCE.unanswered(NOON.plusSeconds(5))).unanswered())
                .hasValue(NOON.plusSeconds(5));
    }

    @Test
    void explainsWhatTheStepLeavesAndNothingElse() {
        Pair half = new Pair(Access.READ_WRITE, Access.READ_WRITE);
        assertThat(STEP.explains(Standing.of(half))).isTrue();
        assertThat(STEP.explains(Standing.of(new Pair(Access.READ_WRITE, Access.NONE))))
                .isFalse();
        assertThat(FENCE.explains(Standing.of(half))).isFalse();
        assertThat(STEP.opens()).isTrue();
    }

    /** Name servers log every value. */
    @Test
    void writesManyStepsInSeveralParts() {
        SortedMap<String, BegunStep> steps = new TreeMap<>();
        IntStream.range(0, 2_000).forEach(i -> steps.put("a-topic-with-a-rather-long-name-" + i, STEP));
        Map<String, String> notes = StepNote.all("shop", steps);
        assertThat(notes).hasSizeGreaterThan(1);
        assertThat(notes.values()).allMatch(part -> part.length() <= RecordFormat.LONGEST);
        assertThat(read(notes)).isEqualTo(steps);
    }

    @Test
    void mergesTheNotesOfAllNameServersAndIgnoresOtherPlans() {
        String mine = StepNote.all("shop", new TreeMap<>(Map.of("clicks", STEP)))
                .keySet()
                .iterator()
                .next();
        String other = StepNote.all("sho", new TreeMap<>(Map.of("clicks", STEP)))
                .keySet()
                .iterator()
                .next();
        SortedMap<String, BegunStep> read = StepNote.read(
                "shop",
                Map.of(
                        "one:9876", Map.of(mine, "clicks=6/4,orders=4/2!", other, "mails=6/4"),
                        "two:9876", Map.of(mine, "clicks=4/6")));
        assertThat(read).containsOnlyKeys("clicks", "orders");
        assertThat(read.get("clicks")).isEqualTo(STEP);
        assertThat(StepNote.keysOf("shop", Map.of(mine, "", other, ""))).containsExactly(mine);
    }

    @Test
    void ignoresWhatNoVersionWrites() {
        String key = StepNote.all("shop", new TreeMap<>(Map.of("clicks", STEP)))
                .keySet()
                .iterator()
                .next();
        assertThat(read(Map.of(key, "clicks,=6/4,orders=7/9,mails=6/,stock=6/4,,x=6/4!!,y=6/4@")))
                .containsOnlyKeys("stock");
    }
}
