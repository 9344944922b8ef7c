package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What makes a build fail, besides what always does. */
record FailOn(Set<Outcome> outcomes) {
    private static final String NOTHING = "none";
    private static final Set<Outcome> CHOICES = EnumSet.of(Outcome.BLOCKED, Outcome.DRIFT, Outcome.PENDING);

    FailOn {
        outcomes = Set.copyOf(outcomes);
    }

    /** Reads a list such as {@code pending,drift}. */
    static FailOn of(String list) {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        for (String word : list.split(",", -1)) {
            String name = word.strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !name.equals(NOTHING)) {
                outcomes.add(Arrays.stream(Outcome.values())
                        .filter(outcome ->
                                CHOICES.contains(outcome) && outcome.word().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Fault(
                                "migrate.failOn=" + list + ": there is no '" + name + "'.",
                                "Give some of blocked, drift, pending with commas between them, or none.")));
            }
        }
        return new FailOn(outcomes);
    }

    /** Whether one of what a goal came to is among them. */
    boolean holds(Set<Outcome> found) {
        return found.stream().anyMatch(outcomes::contains);
    }
}
