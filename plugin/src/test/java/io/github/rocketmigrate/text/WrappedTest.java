package io.github.rocketmigrate.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Somebody pastes a command or searches for a name in output that was broken into lines. */
final class WrappedTest {
    @Test
    void breaksAtSpaces() {
        assertThat(Wrapped.lines("the topic user-events waits", 16))
                .containsExactly("the topic", "user-events", "waits");
    }

    @Test
    void keepsANumberWithItsUnit() {
        assertThat(Wrapped.lines("it waits for 30 s or less", 15)).containsExactly("it waits for", "30 s or less");
    }

    @Test
    void breaksAfterAnArrow() {
        assertThat(Wrapped.lines("name servers 10.0.0.11:9876 → 10.0.1.11:9876", 28))
                .containsExactly("name servers", "10.0.0.11:9876 →", "10.0.1.11:9876");
    }

    @Test
    void keepsACommandWhole() {
        assertThat(Wrapped.lines("If it is dead: mvn migrate:unlock -Dmigrate.leaseId=4711 -Dmigrate.file=a.yaml", 30))
                .containsExactly("If it is dead:", "mvn migrate:unlock -Dmigrate.leaseId=4711 -Dmigrate.file=a.yaml");
    }

    /** A shell that gets half of a quoted value waits for the rest. */
    @Test
    void keepsAQuotedValueWhole() {
        String command = "mvn migrate:rollback -Dmigrate.reason='it'\\''s slow since 03:10' -Dmigrate.to=source";
        assertThat(Wrapped.lines("Go back: " + command + " at once", 30))
                .containsExactly("Go back:", command, "at once");
        assertThat(Wrapped.lines("never closed -Dmigrate.reason='it breaks as any text", 30))
                .containsExactly("never", "closed -Dmigrate.reason='it", "breaks as any text");
    }

    @Test
    void aWordThatIsTooLongHasItsOwnLine() {
        assertThat(Wrapped.lines("see https://rocketmigrate.github.io/rules.html now", 12))
                .containsExactly("see", "https://rocketmigrate.github.io/rules.html", "now");
    }
}
