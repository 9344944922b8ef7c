package io.github.rocketmigrate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client chooses its own name, and the plan's author may be a stranger: neither may control the terminal. */
class PrintableTest {

    @Test
    void ordinaryTextIsPrintedAsItIs() {
        String text = "Topic orders%eu|1 für Zoë, 注文 😀: ok";
        assertEquals(text, Printable.of(text));
    }

    @Test
    void escapeSequenceDoesNotReachTheTerminal() {
        assertEquals("<U+001B>[2Jorders<U+009B>31m", Printable.of("\u001b[2Jorders\u009b31m"));
    }

    @Test
    void lineBreaksDoNotBreakTheLine() {
        assertEquals(
                "a<U+000D><U+000A>b<U+0085>c<U+2028>d<U+2029>e<U+000B>f",
                Printable.of("a\r\nb\u0085c\u2028d\u2029e\u000bf"));
    }

    @Test
    void invisibleCharactersAreShown() {
        assertEquals("or<U+200B>ders<U+202E><U+00A0><U+FEFF>", Printable.of("or\u200bders\u202e\u00a0\ufeff"));
    }

    @Test
    void halfOfASurrogatePairIsShown() {
        assertEquals("<U+D83D>x", Printable.of("\ud83dx"));
    }

    @Test
    void commandToGitHubIsDisarmedAtTheBeginning() {
        assertEquals("<U+003A>:error file=a::b", Printable.of("::error file=a::b"));
        assertEquals("  <U+003A>:stop-commands::x", Printable.of("  ::stop-commands::x"));
        assertEquals("<U+000A>::error::x", Printable.of("\n::error::x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"##vso[task.setvariable]x", "##teamcity[buildStop]", "##[command]x"})
    void commandToAnotherBuildServerIsDisarmedAnywhere(String command) {
        assertEquals("orders <U+0023>" + command.substring(1), Printable.of("orders " + command));
    }

    @Test
    void commandToGitHubIsDisarmedBeforeEachWordThatMayBeginALine() {
        assertEquals("client <U+003A>:error::x", Printable.of("client ::error::x"));
    }

    @Test
    void cleanTextDoesNotChange() {
        String clean = Printable.of("\u001b ::error::x ##vso[y] \u202e");
        assertEquals(clean, Printable.of(clean));
    }

    @Test
    void linesOfAPageStay() {
        assertEquals("a<U+001B>\n\n<U+003A>:error::b\n", Printable.lines("a\u001b\n\n::error::b\n"));
    }

    @Test
    void colorsOfTheWriterStay() {
        assertEquals("\u001b[1;31mfailed\u001b[m<U+001B>[2J", Printable.styled("\u001b[1;31mfailed\u001b[m\u001b[2J"));
    }

    /** A program reads the name that a client has, and a terminal that shows the file is safe. */
    @Test
    void jsonIsEscapedAndMeansTheSame() {
        assertEquals(
                "{\n  \"a\" : \"\\u009b \\u003a:error::x \\u0023#vso[y] \\u202e \\udb40\\udc01\"\n}",
                Printable.json("{\n  \"a\" : \"\u009b ::error::x ##vso[y] \u202e \udb40\udc01\"\n}"));
    }

    @Test
    void halfOfASurrogatePairIsReplacedInJson() {
        assertEquals("[\"\\ufffd\"]", Printable.json("[\"\ud83d\"]"));
    }

    @Test
    void ordinaryColonsAndHashesStay() {
        String text = "[::1]:9876 ::1 C::D ## heading #1";
        assertEquals(text, Printable.of(text));
    }
}
