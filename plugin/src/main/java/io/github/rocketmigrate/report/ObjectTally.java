package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Counts objects in words, each object once: {@code 6 objects: 6 to create, 4 of them also to move}. The plan, the end of a
 * run and the message of a failed build count with it, so that one thing has one number everywhere; zeros are left out.
 */
final class ObjectTally {
    private final Map<ObjectKey, Set<PlanAction>> objects = new HashMap<>();

    void add(ObjectKey object, PlanAction action) {
        objects.computeIfAbsent(object, key -> EnumSet.noneOf(PlanAction.class)).add(action);
    }

    long count(PlanAction action) {
        return objects.values().stream()
                .filter(actions -> actions.contains(action))
                .count();
    }

    long objects() {
        return objects.size();
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    /** {@code 3 to create and move, 1 to update}; nothing without objects. */
    String planned() {
        return words("to ", PlanAction::word);
    }

    /** {@code 3 created and moved, 1 updated}; nothing without objects. */
    String done() {
        return words("", PlanAction::done);
    }

    private String words(String before, Function<PlanAction, String> word) {
        Map<PlanAction, List<Set<PlanAction>>> byFirst = new EnumMap<>(PlanAction.class);
        objects.values()
                .forEach(actions -> byFirst.computeIfAbsent(actions.iterator().next(), key -> new ArrayList<>())
                        .add(actions));
        Set<PlanAction> named = EnumSet.noneOf(PlanAction.class);
        List<String> parts = new ArrayList<>();
        boolean isShared = false;
        for (Map.Entry<PlanAction, List<Set<PlanAction>>> one : byFirst.entrySet()) {
            List<Set<PlanAction>> alike = one.getValue();
            String more = named.contains(one.getKey()) ? " more" : "";
            StringBuilder part = new StringBuilder(alike.size() + more + " " + before + word.apply(one.getKey()));
            for (PlanAction also : EnumSet.complementOf(EnumSet.of(one.getKey()))) {
                long count =
                        alike.stream().filter(actions -> actions.contains(also)).count();
                if (count > 0) {
                    boolean isAll = count == alike.size();
                    part.append(isAll ? " and " : ", " + count + " of them also " + before)
                            .append(word.apply(also));
                    isShared |= !isAll;
                    named.add(also);
                }
            }
            parts.add(part.toString());
        }
        String all = String.join(", ", parts);
        return parts.size() > 1 || isShared ? objects.size() + " objects: " + all : all;
    }

    /** The parts that are not empty, in one line: {@code Plan: 1 to move; 1 topic blocked (2 tasks); 5 unchanged.}. */
    static String line(String goal, String... parts) {
        return requireNonNull(goal, "goal is null") + ": " + parts(parts) + ".";
    }

    /** The parts that are not empty: {@code 3 to create; 2 blocked; 1 unchanged}. */
    static String parts(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(joining("; "));
    }

    /** {@code 3 unchanged}; nothing for 0. */
    static String some(long count, String what) {
        return count == 0 ? "" : count + " " + what;
    }

    /** The counts that are not empty: {@code 1 failed, 2 not attempted}. */
    static String some(Collection<String> counts) {
        return counts.stream().filter(count -> !count.isEmpty()).collect(joining(", "));
    }
}
