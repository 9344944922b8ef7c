package io.github.rocketmigrate.text;

import java.util.Collection;

/** Keeps sentences short that name members of a collection of any size. */
public final class Names {
    private Names() {}

    /** {@code "a: 1, 2; b: 3; and 3 more"}, for what has commas inside. */
    public static String clauses(Collection<String> clauses, int most) {
        String first = String.join("; ", clauses.stream().limit(most).toList());
        return clauses.size() > most ? first + "; and " + (clauses.size() - most) + " more" : first;
    }

    /** {@code "a, b and 3 more"}. */
    public static String of(Collection<String> names, int most) {
        String first = String.join(", ", names.stream().limit(most).toList());
        return names.size() > most ? first + " and " + (names.size() - most) + " more" : first;
    }
}
