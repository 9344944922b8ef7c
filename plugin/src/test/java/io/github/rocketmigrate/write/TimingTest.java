package io.github.rocketmigrate.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class TimingTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Instant machine = NOON;
    private Duration elapsed = Duration.ofHours(3);

    private final Timing timing = (Timing) Proxy.newProxyInstance(
            Timing.class.getClassLoader(),
            new Class<?>[] {Timing.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "clock" -> Clock.fixed(machine, ZoneOffset.UTC);
                case "elapsed" -> elapsed;
                default -> InvocationHandler.invokeDefault(proxy, method, arguments);
            });

    @Test
    void aSteadyClockDoesNotJumpWithTheClockOfTheMachine() {
        Clock steady = timing.steadyClock();
        assertThat(steady.instant()).isEqualTo(NOON);
        machine = NOON.plus(Duration.ofMinutes(10));
        elapsed = elapsed.plusSeconds(2);
        assertThat(steady.instant()).isEqualTo(NOON.plusSeconds(2));
        machine = NOON.minus(Duration.ofMinutes(10));
        assertThat(steady.instant()).isEqualTo(NOON.plusSeconds(2));
    }
}
