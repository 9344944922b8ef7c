package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.report.PlainTerminal;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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
    void aWaitIsPrintedOnceWhileOnlyItsFiguresChange() {
        try (LiveProgress progress = progress(false)) {
            progress.waiting(List.of(reason("20 messages are left", "orders-1")));
            after(3);
            progress.waiting(List.of(reason("1,000 messages are left", "orders-1")));
            progress.waiting(List.of(reason("1,000 messages are left", "orders-2")));
            progress.made(List.of(), Duration.ZERO);
            after(3);
            progress.waiting(List.of(reason("1,000 messages are left", "orders-2")));
        }
        assertThat(lines)
                .containsExactly(
                        "… Waiting: orders-1: 20 messages are left",
                        "… Waiting: orders-2: 1,000 messages are left",
                        "… Waiting: orders-2: 1,000 messages are left");
    }

    /** Between two changes of the quickstart, reasons came and went four times, and hid the changes. */
    @Test
    void aWaitOfAMomentIsNotPrinted() {
        try (LiveProgress progress = progress(false)) {
            progress.made(List.of(), Duration.ZERO);
            after(1);
            progress.waiting(List.of(reason("20 messages are left", "orders")));
            after(1);
            progress.waiting(List.of(reason("the source has been quiet for 1 s", "orders")));
            after(1);
            progress.waiting(List.of(reason("the source has been quiet for 2 s", "orders")));
            after(1);
            progress.waiting(List.of(reason("2 messages are left", "orders")));
            progress.made(List.of(), Duration.ZERO);
            progress.waiting(List.of(reason("2 messages are left", "payments")));
        }
        assertThat(lines).containsExactly("… Waiting: orders: the source has been quiet for 2 s");
    }

    @Test
    void eachReasonHasItsLineAndItsTopics() {
        try (LiveProgress progress = progress(false)) {
            progress.waiting(List.of(
                    reason("12 messages are unread by billing", "orders", "payments"),
                    reason("the source has been quiet for 3 s (35 s required)", "orders")));
        }
        assertThat(lines)
                .containsExactly(
                        "… Waiting:",
                        "  - orders, payments: 12 messages are unread by billing",
                        "  - orders: the source has been quiet for 3 s (35 s required)");
    }

    @Test
    void aLongWaitIsRepeatedOnlyIfItsFiguresHaveChanged() {
        try (LiveProgress progress = progress(false)) {
            progress.waiting(List.of(reason("20 messages are left", "orders")));
            after(29);
            progress.waiting(List.of(reason("15 messages are left", "orders")));
            after(1);
            progress.waiting(List.of(reason("14 messages are left", "orders")));
            after(30);
            progress.waiting(List.of(reason("14 messages are left", "orders")));
        }
        assertThat(lines)
                .containsExactly(
                        "… Waiting: orders: 20 messages are left", "… Waiting for 30 s: orders: 14 messages are left");
    }

    @Test
    void printsNothingWhenMavenIsQuiet() {
        try (LiveProgress progress = progress(true)) {
            after(10);
            progress.done(1, 2);
            progress.waiting(List.of(reason("20 messages are left", "orders")));
            progress.made(List.of(), Duration.ZERO);
        }
        assertThat(lines).isEmpty();
    }

    private static WaitReason reason(String what, String... topics) {
        return new WaitReason(what, new TreeSet<>(List.of(topics)));
    }

    private LiveProgress progress(boolean quiet) {
        return new LiveProgress(new PlainTerminal(lines), quiet, false, () -> now);
    }

    private void after(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }
}
