package io.github.rocketmigrate.assess;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What runs have recorded at the destination.
 *
 * @param own what runs of the examined plan have recorded
 * @param others the keys of the objects that other plans have recorded, by plan
 */
public record RecordedPlans(MigrationRecord own, SortedMap<String, SortedSet<String>> others) {
    /** Nothing is recorded. */
    public static final RecordedPlans NONE = new RecordedPlans(MigrationRecord.NOTHING, new TreeMap<>());

    public RecordedPlans {
        requireNonNull(own, "own is null");
        others = unmodifiableSortedMap(new TreeMap<>(others));
    }

    /** The names among these whose objects another plan has recorded, by plan. */
    SortedMap<String, SortedSet<String>> ofOthers(Collection<String> names, UnaryOperator<String> key) {
        SortedMap<String, SortedSet<String>> found = new TreeMap<>();
        others.forEach((plan, keys) -> names.stream()
                .filter(name -> keys.contains(key.apply(name)))
                .forEach(name ->
                        found.computeIfAbsent(plan, unused -> new TreeSet<>()).add(name)));
        return found;
    }

    /** {@code orders and views belong to plan shop-to-5x}. */
    static String words(Map<String, SortedSet<String>> ofOthers) {
        return Names.clauses(
                ofOthers.entrySet().stream()
                        .map(plan -> Names.of(plan.getValue(), Counts.MOST_NAMED) + " "
                                + Counts.verb(plan.getValue().size(), "belongs", "belong") + " to plan "
                                + plan.getKey())
                        .toList(),
                Counts.MOST_NAMED);
    }
}
