package io.github.rocketmigrate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What name servers keep of plans is read as it was written, each plan for itself. */
final class RecordNotesTest {
    private static Recorded joined(boolean complete) {
        SortedSet<String> brokers = new TreeSet<>(List.of("old-a", "old-b"));
        return new Recorded(new TreeMap<>(), Map.of(Side.SOURCE, brokers), brokers, complete, new TreeSet<>(), 7);
    }

    private static Recorded read(String plan, Recorded shop, Recorded mail) {
        Map<String, String> notes = new HashMap<>(RecordNotes.all("shop", false, shop));
        notes.putAll(RecordNotes.all("mail", false, mail));
        return RecordNotes.read(plan, Map.of("one:9876", notes));
    }

    @Test
    void anotherPlanThatHasJoinedAndIsNotCompleteIsKnown() {
        Recorded shop = read("shop", joined(false), joined(false));
        assertThat(shop.joined()).containsExactly("old-a", "old-b");
        assertThat(shop.mastersSequence()).isEqualTo(7);
        assertThat(shop.others()).containsExactly("mail");
        assertThat(read("shop", joined(true), joined(true)).others()).isEmpty();
        assertThat(read("mail", joined(false), Recorded.NOTHING).others()).containsExactly("shop");
        assertThat(read("shop", joined(false), Recorded.NOTHING).others()).isEmpty();
    }

    @Test
    void anotherPlanThatHasFoundTheJoinAndWasKilledIsKnown() {
        Map<String, String> notes = RecordNotes.all("mail", true, Recorded.NOTHING);
        assertThat(RecordNotes.read("shop", Map.of("one:9876", notes)).others()).containsExactly("mail");
    }
}
