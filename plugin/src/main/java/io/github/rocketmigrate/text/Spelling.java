package io.github.rocketmigrate.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Suggests the correct word for a misspelled, shortened or inflected key, value or name. */
public final class Spelling {
    private static final int SHORTEST = 3;

    private Spelling() {}

    /**
     * Returns the known word that {@code word} was meant to be: the word with the fewest typing errors between them, or
     * the only word of which it is another form or an abbreviation.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return misspelled(word, known).or(() -> related(Word.of(word), known));
    }

    private static Optional<String> related(Word word, Collection<String> known) {
        List<Word> words = known.stream().distinct().map(Word::of).toList();
        return only(words, word::isFormOf)
                .or(() -> only(words, word::beginsLike))
                .or(() -> only(words, word::contains))
                .or(() -> only(words, word::isPartOf))
                .or(() -> only(words, word::abbreviates));
    }

    /** Returns the known word with the fewest typing errors between it and {@code word}, if there are only a few. */
    public static Optional<String> misspelled(String word, Collection<String> known) {
        // A third of the letters, at most three: a word of a thousand characters is not a misspelling.
        int most = Math.min(3, Math.max(1, word.length() / 3));
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= most)
                .map(candidate -> new Guess(candidate, distance(lower(word), lower(candidate))))
                .filter(guess -> guess.distance <= most)
                .min(Comparator.comparingInt(Guess::distance).thenComparing(Guess::word))
                .map(Guess::word);
    }

    private static Optional<String> only(List<Word> known, Predicate<Word> fits) {
        List<Word> fitting = known.stream().filter(fits).limit(2).toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0).text) : Optional.empty();
    }

    /**
     * A word as it is compared with others.
     *
     * @param letters its letters and digits in lower case
     * @param stem the letters without the ending of a singular, a plural or a participle: that of {@code retry} and
     *     {@code retries} is the same
     */
    private record Word(String text, String letters, String stem) {
        private static final Pattern OTHER_SIGNS = Pattern.compile("[^\\p{L}\\p{N}]");
        private static final Pattern ENDING = Pattern.compile("(ies|ied|es|ed|s|y|e)$");

        static Word of(String text) {
            String letters = OTHER_SIGNS.matcher(lower(text)).replaceAll("");
            return new Word(text, letters, ENDING.matcher(letters).replaceFirst(""));
        }

        boolean isFormOf(Word other) {
            return stem.length() >= SHORTEST && stem.equals(other.stem);
        }

        /** Whether one begins with the other, or half of both is the same: {@code namesrvAddr}, {@code nameServers}. */
        boolean beginsLike(Word other) {
            int shorter = Math.min(letters.length(), other.letters.length());
            int same = 0;
            while (same < shorter && letters.charAt(same) == other.letters.charAt(same)) {
                same++;
            }
            return same >= SHORTEST && (same == shorter || (same > SHORTEST && 2 * same + 1 >= shorter));
        }

        /** Whether the other is a part of this, as {@code retr} of {@code maxRetries}. */
        boolean contains(Word other) {
            return isPart(other.letters, letters) || isPart(other.stem, letters);
        }

        boolean isPartOf(Word other) {
            return isPart(letters, other.letters);
        }

        private static boolean isPart(String part, String whole) {
            return part.length() > SHORTEST && whole.contains(part);
        }

        /** Whether letters of the other were left out, as in {@code src}. */
        boolean abbreviates(Word other) {
            if (letters.length() < SHORTEST
                    || other.letters.isEmpty()
                    || letters.charAt(0) != other.letters.charAt(0)) {
                return false;
            }
            int found = 0;
            for (int i = 0; i < other.letters.length() && found < letters.length(); i++) {
                if (other.letters.charAt(i) == letters.charAt(found)) {
                    found++;
                }
            }
            return found == letters.length();
        }
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
