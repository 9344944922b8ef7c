package io.github.rocketmigrate.text;

import java.util.Collection;

/** The first of many names, for sentences that people can still read. */
public final class Names {
    private Names() {}

    /** {@code "a, b and 3 more"}. */
    public static String of(Collection<String> names, int most) {
        String first = String.join(", ", names.stream().limit(most).toList());
        return names.size() > most ? first + " and " + (names.size() - most) + " more" : first;
    }
}
