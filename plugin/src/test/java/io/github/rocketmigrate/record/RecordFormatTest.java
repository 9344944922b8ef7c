package io.github.rocketmigrate.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the record of each plan as it was written. */
final class RecordFormatTest {
    private static final Instant SATURDAY = Instant.parse("2026-11-21T12:00:07Z");

    private static MigrationRecord joined(boolean complete) {
        SortedSet<String> brokers = new TreeSet<>(List.of("old-a", "old-b"));
        return new MigrationRecord(
                new TreeMap<>(), Map.of(Side.SOURCE, brokers), brokers, complete, new TreeSet<>(), 7);
    }

    private static MigrationRecord read(String plan, MigrationRecord shop, MigrationRecord mail) {
        Map<String, String> notes = new HashMap<>(RecordFormat.all("shop", false, shop));
        notes.putAll(RecordFormat.all("mail", false, mail));
        return RecordFormat.read(plan, Map.of("one:9876", notes));
    }

    @Test
    void findsAnotherPlanThatHasJoinedAndIsNotComplete() {
        MigrationRecord shop = read("shop", joined(false), joined(false));
        assertThat(shop.joined()).containsExactly("old-a", "old-b");
        assertThat(shop.mastersSequence()).isEqualTo(7);
        assertThat(shop.others()).containsExactly("mail");
        assertThat(read("shop", joined(true), joined(true)).others()).isEmpty();
        assertThat(read("mail", joined(false), MigrationRecord.NOTHING).others())
                .containsExactly("shop");
        assertThat(read("shop", joined(false), MigrationRecord.NOTHING).others())
                .isEmpty();
    }

    @Test
    void findsAnotherPlanThatUsesTheJoinAndWasKilled() {
        Map<String, String> notes = RecordFormat.all("mail", true, MigrationRecord.NOTHING);
        assertThat(RecordFormat.read("shop", Map.of("one:9876", notes)).others())
                .containsExactly("mail");
    }

    /** Whether a plan created an object decides whether the plan may remove it. */
    @ParameterizedTest
    @EnumSource
    void keepsWhoCreatedAnObject(Ownership ownership) {
        boolean isUnfinished = new RecordedObject(Optional.empty(), "12345678", ownership).isUnfinished();
        for (Optional<Stage> stage : List.of(Optional.<Stage>empty(), Optional.of(Stage.WRITE_BOTH))) {
            RecordedObject object = new RecordedObject(isUnfinished ? Optional.empty() : stage, "12345678", ownership);
            MigrationRecord recorded = new MigrationRecord(
                    new TreeMap<>(Map.of("all", new RecordedBatch(1, new TreeMap<>(Map.of("abcdefgh", object))))),
                    Map.of(),
                    new TreeSet<>(),
                    false,
                    new TreeSet<>(),
                    1);
            assertThat(RecordFormat.read("shop", Map.of("ns", RecordFormat.all("shop", false, recorded)))
                            .of("abcdefgh"))
                    .hasValue(object);
        }
    }

    @Test
    void keepsTheTimeOfEachStageToTheSecond() {
        MigrationRecord recorded = recorded(List.of(
                object(Stage.READ_BOTH, Optional.of(SATURDAY)),
                object(Stage.READ_BOTH, Optional.empty()),
                object(Stage.DESTINATION, Optional.of(Instant.parse("2105-12-31T23:59:59Z")))));
        assertThat(RecordFormat.read("shop", Map.of("ns", RecordFormat.all("shop", false, recorded)))
                        .batches())
                .isEqualTo(recorded.batches());
    }

    @Test
    void keepsTheStageBeforeThePresentOne() {
        MigrationRecord recorded = recorded(List.of(
                object(Stage.READ_BOTH, Optional.of(SATURDAY)),
                new RecordedObject(
                        Optional.of(Stage.READ_BOTH),
                        "12345678",
                        Ownership.CREATED,
                        Optional.of(SATURDAY),
                        Optional.of(Stage.DESTINATION))));
        assertThat(RecordFormat.read("shop", Map.of("ns", RecordFormat.all("shop", false, recorded)))
                        .batches())
                .isEqualTo(recorded.batches());
    }

    @Test
    void keepsTheEndOfTheSource() {
        MigrationRecord recorded = recorded(List.of(
                object(Stage.READ_BOTH, Optional.of(SATURDAY)),
                object(Stage.DESTINATION, Optional.of(SATURDAY)).withSourceEnd(OptionalLong.of(123_456_789_012_345L)),
                object(Stage.DESTINATION, Optional.of(SATURDAY)).withSourceEnd(OptionalLong.of(0))));
        assertThat(RecordFormat.read("shop", Map.of("ns", RecordFormat.all("shop", false, recorded)))
                        .batches())
                .isEqualTo(recorded.batches());
    }

    /** Earlier versions neither wrote times nor read them. */
    @Test
    void readsARecordWithoutTimes() {
        String old = "{\"plan\":\"shop\",\"batch\":\"all\",\"seq\":1,\"objects\":\"00000000r12345678\"}";
        assertThat(RecordFormat.read("shop", Map.of("ns", Map.of("record:batch:4:shop:all/0", old)))
                        .of("00000000"))
                .hasValue(object(Stage.READ_BOTH, Optional.empty()));
        assertThat(RecordFormat.all("shop", false, recorded(List.of(object(Stage.READ_BOTH, Optional.empty()))))
                        .get("record:batch:4:shop:all/0"))
                .isEqualTo(old);
    }

    @Test
    void readsTimesThatSomebodyHasCutShort() {
        Map<String, String> notes = RecordFormat.all(
                "shop",
                false,
                recorded(List.of(
                        object(Stage.READ_BOTH, Optional.of(SATURDAY)),
                        object(Stage.READ_BOTH, Optional.of(SATURDAY)))));
        notes.replaceAll((key, value) -> value.replaceFirst("(\"since\":\"[^\"]{6})[^\"]*", "$1?"));
        MigrationRecord read = RecordFormat.read("shop", Map.of("ns", notes));
        assertThat(read.of("00000000").flatMap(RecordedObject::since)).hasValue(SATURDAY);
        assertThat(read.of("00000001").flatMap(RecordedObject::since)).isEmpty();
    }

    /** Name servers log every value. */
    @Test
    void cutsALargeBatchIntoParts() {
        MigrationRecord recorded = recorded(Collections.nCopies(
                3_000, object(Stage.DESTINATION, Optional.of(SATURDAY)).withSourceEnd(OptionalLong.of(1_000_000))));
        Map<String, String> notes = RecordFormat.all("shop", false, recorded);
        assertThat(notes.values())
                .hasSize(5)
                .allSatisfy(value -> assertThat(value.length()).isLessThan(RecordFormat.LONGEST));
        assertThat(RecordFormat.read("shop", Map.of("ns", notes)).batches()).isEqualTo(recorded.batches());
    }

    private static RecordedObject object(Stage stage, Optional<Instant> since) {
        return new RecordedObject(Optional.of(stage), "12345678", Ownership.FOUND, since, Optional.empty());
    }

    /** A record of one batch, whose objects have the keys {@code 00000000}, {@code 00000001} and so on. */
    private static MigrationRecord recorded(List<RecordedObject> objects) {
        TreeMap<String, RecordedObject> byKey = new TreeMap<>();
        objects.forEach(object -> byKey.put(String.format(Locale.ROOT, "%08d", byKey.size()), object));
        return new MigrationRecord(
                new TreeMap<>(Map.of("all", new RecordedBatch(1, byKey))),
                Map.of(),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                1);
    }
}
