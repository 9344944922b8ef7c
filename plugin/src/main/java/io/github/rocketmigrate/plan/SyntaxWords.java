package io.github.rocketmigrate.plan;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates messages of the YAML parser for users who do not know its tokens. */
final class SyntaxWords {
    private static final List<Phrase> PHRASES = List.of(
            new Phrase(
                    "unexpected character found .*",
                    "a name is missing after * or &; put text that begins with them in quotes"),
            new Phrase("found character '\\\\t\\(TAB\\)'.*", "a tab is not allowed here; use spaces"),
            new Phrase(
                    "found character '(.)' that cannot start any token.*",
                    "a value cannot begin with $1; put it in quotes"),
            new Phrase(
                    "expected <block end>, but found .*",
                    "the indentation does not match the lines above; align this line with them"),
            new Phrase(
                    "expected ',' or '([}\\]])', but got .*", "a comma or $1 is missing before this position; add it"),
            new Phrase(
                    "could not find expected ':'.*",
                    "a colon is missing here; write a colon and a space after the key"),
            new Phrase(
                    "mapping values are not allowed here.*",
                    "a key is not allowed here; check the indentation, or put text that contains a colon in quotes"),
            new Phrase("found unexpected end of stream.*", "a quotation mark is not closed; add the closing one"),
            new Phrase(
                    "(?:sequence|block sequence) entries are not allowed here.*",
                    "a list cannot begin here; begin it on its own line"),
            new Phrase(
                    "found undefined alias (.*)",
                    "anchor $1 is not defined in this plan; put text that begins with * in quotes"));

    private SyntaxWords() {}

    private record Phrase(Pattern parser, String people) {
        Phrase(String parser, String people) {
            this(Pattern.compile(parser, Pattern.DOTALL), people);
        }
    }

    /** Whether something is missing behind the last word, which may be in a line above. */
    static boolean isAboutEnd(String reason) {
        return reason.startsWith("expected ',' or ");
    }

    /** Returns the translation of {@code reason}, or {@code reason} if there is none. */
    static String of(String reason) {
        for (Phrase phrase : PHRASES) {
            Matcher matcher = phrase.parser.matcher(reason);
            if (matcher.matches()) {
                return matcher.replaceFirst(phrase.people);
            }
        }
        return reason;
    }
}
