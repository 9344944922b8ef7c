package io.github.rocketmigrate.text;

import java.util.Collection;

/** Keeps sentences short that name members of a collection of any size. */
public final class Names {
    private Names() {}

    /** {@code "a, b and 3 more"}. */
    public static String of(Collection<String> names, int most) {
        String first = String.join(", ", names.stream().limit(most).toList());
        return names.size() > most ? first + " and " + (names.size() - most) + " more" : first;
    }
}
