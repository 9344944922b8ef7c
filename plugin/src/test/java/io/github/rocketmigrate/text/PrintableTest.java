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
        assertEquals(text, Printable.line(text));
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
        assertEquals("<U+003A>:error file=a::b", Printable.line("::error file=a::b"));
        assertEquals("  <U+003A>:stop-commands::x", Printable.line("  ::stop-commands::x"));
        assertEquals("<U+000A>::error::x", Printable.line("\n::error::x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"##vso[task.setvariable]x", "##teamcity[buildStop]", "##[command]x"})
    void commandToAnotherBuildServerIsDisarmedAnywhere(String command) {
        assertEquals("orders <U+0023>" + command.substring(1), Printable.line("orders " + command));
    }

    @Test
    void ordinaryColonsAndHashesStay() {
        String text = "[::1]:9876 C::D ## heading #1";
        assertEquals(text, Printable.line(text));
    }
}
