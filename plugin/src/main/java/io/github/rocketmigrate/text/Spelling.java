package io.github.rocketmigrate.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the correct word for a misspelled key, value or name. */
public final class Spelling {
    private Spelling() {}

    /** Returns the known word with the fewest typing errors between it and {@code word}, if they are few. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        // A third of the letters, at most three: a word of a thousand characters is not a misspelling.
        int most = Math.min(3, Math.max(1, word.length() / 3));
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= most)
                .map(candidate -> new Guess(candidate, distance(lower(word), lower(candidate))))
                .filter(guess -> guess.distance <= most)
                .min(Comparator.comparingInt(Guess::distance).thenComparing(Guess::word))
                .map(Guess::word);
    }

    /** {@code "; did you mean x?"}, or all known words if none is similar and there are at most 20. */
    public static String hint(String word, Collection<String> known) {
        return nearest(word, known)
                .map(meant -> "; did you mean " + meant + "?")
                .orElseGet(() ->
                        known.isEmpty() || known.size() > 20 ? "" : "; choose one of " + String.join(", ", known));
    }

    private record Guess(String word, int distance) {}

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Counts insertions, deletions, replacements and swaps of adjacent letters (Damerau–Levenshtein, optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
