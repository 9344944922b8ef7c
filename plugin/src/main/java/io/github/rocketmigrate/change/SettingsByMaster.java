package io.github.rocketmigrate.change;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.ObjectSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The settings of one object on the masters of one cluster.
 *
 * @param values in words, by setting and master
 */
record SettingsByMaster(Map<String, SortedMap<String, String>> values) {
    static final String ABSENT = "–";

    static <T extends ObjectSettings> SettingsByMaster of(
            SortedMap<String, T> masters, Function<T, Map<String, String>> words) {
        Map<String, SortedMap<String, String>> values = new LinkedHashMap<>();
        masters.forEach((master, settings) -> words.apply(settings)
                .forEach((name, value) ->
                        values.computeIfAbsent(name, key -> new TreeMap<>()).put(master, value)));
        values.values().forEach(byMaster -> masters.keySet().forEach(master -> byMaster.putIfAbsent(master, ABSENT)));
        return new SettingsByMaster(values);
    }

    /** The settings for which some master has a value that no master of the other cluster has. */
    List<String> unknownTo(SettingsByMaster other) {
        return values.entrySet().stream()
                .filter(setting -> !other.valuesOf(setting.getKey())
                        .containsAll(setting.getValue().values()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The settings for which masters have different values. */
    List<String> disputed() {
        return values.keySet().stream()
                .filter(name -> valuesOf(name).size() > 1)
                .toList();
    }

    private Set<String> valuesOf(String setting) {
        Collection<String> all = values.getOrDefault(setting, new TreeMap<>()).values();
        return all.isEmpty() ? Set.of(ABSENT) : new HashSet<>(all);
    }

    /** The value of a setting; if masters differ, with their names, the exception first. */
    String words(String setting) {
        Map<String, List<String>> masters = new LinkedHashMap<>();
        values.getOrDefault(setting, new TreeMap<>())
                .forEach((master, value) ->
                        masters.computeIfAbsent(value, key -> new ArrayList<>()).add(master));
        if (masters.size() < 2) {
            return valuesOf(setting).iterator().next();
        }
        return masters.entrySet().stream()
                .sorted(comparingInt(value -> value.getValue().size()))
                .map(value -> value.getKey() + " on " + String.join(", ", value.getValue()))
                .collect(joining(" and "));
    }
}
