package io.github.rocketmigrate.plan;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what the YAML parser means in words for people who do not know its tokens. */
final class SyntaxWords {
    private static final List<Phrase> PHRASES = List.of(
            new Phrase(
                    "unexpected character found .*",
                    "a name is missing after * or &; put text that begins with them in quotes"),
            new Phrase("found character '\\\\t\\(TAB\\)'.*", "a tab stands here; indent with spaces"),
            new Phrase(
                    "found character '(.)' that cannot start any token.*",
                    "a value cannot begin with $1; put it in quotes"),
            new Phrase(
                    "expected <block end>, but found .*",
                    "the indentation does not fit the lines above; align this with its neighbours"),
            new Phrase("expected ',' or '([}\\]])', but got .*", "a comma or $1 is missing before this"),
            new Phrase(
                    "could not find expected ':'.*",
                    "a colon is missing here; a key is followed by a colon and a space"),
            new Phrase(
                    "mapping values are not allowed here.*",
                    "a key cannot stand here; check the indentation, or put text with a colon in quotes"),
            new Phrase("found unexpected end of stream.*", "a quote is not closed"),
            new Phrase(
                    "(?:sequence|block sequence) entries are not allowed here.*",
                    "a list cannot begin here; begin it in a line of its own"),
            new Phrase(
                    "found undefined alias (.*)",
                    "$1 is no anchor of this plan; put text that begins with * in quotes"));

    private SyntaxWords() {}

    private record Phrase(Pattern parser, String people) {
        Phrase(String parser, String people) {
            this(Pattern.compile(parser, Pattern.DOTALL), people);
        }
    }

    /** {@code reason} in other words, or as it is where there are none. */
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
