package io.github.rocketmigrate.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the record of each plan as it was written. */
final class RecordFormatTest {
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
}
