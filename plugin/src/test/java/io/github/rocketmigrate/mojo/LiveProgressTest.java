package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.report.PlainTerminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The progress of a run as a build server shows it. */
final class LiveProgressTest {
    private final List<String> lines = new ArrayList<>();
    private long now;

    @Test
    void showsSpeedAndTheTimeLeft() {
        assertThat(LiveProgress.text(1_500, 10_000, Duration.ofSeconds(3)))
                .isEqualTo("  1,500 of 10,000 changes  500 per second  17 s left");
        assertThat(LiveProgress.text(10, 10_000, Duration.ofSeconds(1)))
                .isEqualTo("  10 of 10,000 changes  10 per second  17 min left");
    }

    @Test
    void printsChangesEveryTenSeconds() {
        try (LiveProgress progress = progress(false)) {
            after(9);
            progress.done(90, 1_000);
            after(1);
            progress.done(200, 1_000);
            after(9);
            progress.done(380, 1_000);
        }
        assertThat(lines).containsExactly("  200 of 1,000 changes  20 per second  40 s left");
    }

    @Test
    void printsAWaitOnceWhileOnlyItsNumbersChange() {
        try (LiveProgress progress = progress(false)) {
            progress.waiting("topic orders-1: 20 messages are left");
            progress.waiting("topic orders-1: 1,000 messages are left");
            progress.waiting("topic orders-2: 1,000 messages are left");
            progress.moved("topic orders-2: x → y");
            progress.waiting("topic orders-2: 1,000 messages are left");
        }
        assertThat(lines)
                .containsExactly(
                        "Waiting: topic orders-1: 20 messages are left.",
                        "Waiting: topic orders-2: 1,000 messages are left.",
                        "Moved: topic orders-2: x → y.",
                        "Waiting: topic orders-2: 1,000 messages are left.");
    }

    @Test
    void repeatsALongWaitWithItsDuration() {
        try (LiveProgress progress = progress(false)) {
            progress.waiting("topic orders: 20 messages are left");
            after(9);
            progress.waiting("topic orders: 15 messages are left");
            after(1);
            progress.waiting("topic orders: 14 messages are left");
        }
        assertThat(lines)
                .containsExactly(
                        "Waiting: topic orders: 20 messages are left.",
                        "Waiting for 10 s: topic orders: 14 messages are left.");
    }

    @Test
    void printsNothingWhenMavenIsQuiet() {
        try (LiveProgress progress = progress(true)) {
            after(10);
            progress.done(1, 2);
            progress.waiting("topic orders: 20 messages are left");
            progress.moved("topic orders: x → y");
        }
        assertThat(lines).isEmpty();
    }

    private LiveProgress progress(boolean quiet) {
        return new LiveProgress(new PlainTerminal(lines), quiet, false, () -> now);
    }

    private void after(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }
}
