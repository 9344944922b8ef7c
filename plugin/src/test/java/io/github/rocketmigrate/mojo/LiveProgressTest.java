package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.memory.VirtualTiming;
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
    private final VirtualTiming timing = new VirtualTiming(1);

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

    private static final String NORMAL = "Normal for up to 1 min 40 s: consumers read what is left";

    @Test
    void aWaitSaysWhatIsAwaitedAndWhyThatIsNormal() {
        try (LiveProgress progress = progress(false)) {
            progress.waiting(List.of(drained("20 messages are left", "orders", "payments")));
        }
        assertThat(text())
                .isEqualTo("… orders, payments wait for source-drained: 20 messages are left. " + NORMAL + ".");
    }

    /** A line for each second of a fence hid the changes. */
    @Test
    void aLongWaitIsRepeatedAtGrowingIntervals() {
        try (LiveProgress progress = progress(false)) {
            for (int second = 0; second < 300; second++) {
                progress.waiting(List.of(drained(300 - second + " messages are left", "orders")));
                after(1);
            }
        }
        assertThat(text())
                .isEqualTo("… orders waits for source-drained: 300 messages are left. " + NORMAL + "."
                        + "… Waited 30 s: orders waits for source-drained: 270 messages are left. " + NORMAL + "."
                        + "… Waited 1 min 30 s: orders waits for source-drained: 210 messages are left. " + NORMAL + "."
                        + "… Waited 3 min 30 s: orders waits for source-drained: 90 messages are left. " + NORMAL
                        + ".");
    }

    @Test
    void changesInBetweenNeitherResetAWaitNorRepeatIt() {
        try (LiveProgress progress = progress(false)) {
            progress.waiting(List.of(drained("20 messages are left", "orders")));
            after(20);
            progress.made(List.of(), Duration.ZERO);
            progress.waiting(List.of(drained("12 messages are left", "orders")));
            after(20);
            progress.waiting(List.of(drained("9 messages are left", "orders")));
        }
        assertThat(text())
                .isEqualTo("… orders waits for source-drained: 20 messages are left. " + NORMAL + "."
                        + "… Waited 40 s: orders waits for source-drained: 9 messages are left. " + NORMAL + ".");
    }

    @Test
    void aReasonThatComesAndGoesIsNotRepeated() {
        try (LiveProgress progress = progress(false)) {
            for (int second = 0; second < 29; second++) {
                progress.waiting(
                        List.of(second % 3 == 0 ? quiet("orders") : drained(second + " messages are left", "orders")));
                after(1);
            }
        }
        assertThat(lines.stream().filter(line -> line.startsWith("…")))
                .hasSize(2)
                .anyMatch(line -> line.contains("source-quiet"))
                .anyMatch(line -> line.contains("source-drained"));
    }

    @Test
    void aWaitIsPrintedAgainWhenItsTopicsHaveChanged() {
        try (LiveProgress progress = progress(false)) {
            progress.waiting(List.of(drained("20 messages are left", "orders", "payments")));
            after(30);
            progress.waiting(List.of(drained("20 messages are left", "orders", "payments")));
            after(30);
            progress.waiting(List.of(drained("8 messages are left", "payments")));
        }
        assertThat(text())
                .endsWith("… Waited 1 min: payments waits for source-drained: 8 messages are left. " + NORMAL + ".");
    }

    /** Between two changes of the quickstart, reasons came and went four times, and hid the changes. */
    @Test
    void aWaitOfAMomentIsNotPrinted() {
        try (LiveProgress progress = progress(false)) {
            progress.made(List.of(), Duration.ZERO);
            after(1);
            progress.waiting(List.of(drained("20 messages are left", "orders")));
            after(1);
            progress.waiting(List.of(quiet("orders")));
            after(1);
            progress.waiting(List.of(quiet("orders")));
            progress.made(List.of(), Duration.ZERO);
            progress.waiting(List.of(drained("2 messages are left", "payments")));
        }
        assertThat(text())
                .isEqualTo(
                        "… Waited 1 s: orders waits for source-quiet: messages still arrive. Normal: producers poll routes.");
    }

    @Test
    void eachReasonHasOneLineWithItsTopics() {
        try (LiveProgress progress = progress(false)) {
            progress.waiting(List.of(
                    drained("12 messages are unread by billing", "orders", "payments"),
                    drained("3 messages are unread by audit", "refunds"),
                    quiet("orders")));
        }
        assertThat(text())
                .isEqualTo("… orders, payments, refunds wait, for example orders for source-drained: 12 messages are"
                        + " unread by billing. " + NORMAL + "."
                        + "… orders waits for source-quiet: messages still arrive. Normal: producers poll routes.");
    }

    /** "1 of 1 changes, 0 per second" says nothing, and the run has more to do. */
    @Test
    void doesNotCountAFewChanges() {
        try (LiveProgress progress = progress(false)) {
            after(10);
            progress.done(1, 2);
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void printsNothingWhenMavenIsQuiet() {
        try (LiveProgress progress = progress(true)) {
            after(10);
            progress.done(100, 200);
            progress.waiting(List.of(drained("20 messages are left", "orders")));
            progress.made(List.of(), Duration.ZERO);
        }
        assertThat(lines).isEmpty();
    }

    private static WaitReason drained(String what, String... topics) {
        return new WaitReason("source-drained", "source-drained: " + what, NORMAL, new TreeSet<>(List.of(topics)));
    }

    private static WaitReason quiet(String... topics) {
        return new WaitReason(
                "source-quiet",
                "source-quiet: messages still arrive",
                "Normal: producers poll routes",
                new TreeSet<>(List.of(topics)));
    }

    /** The lines without the breaks that fit them into the terminal. */
    private String text() {
        return String.join("\n", lines).replaceAll("\n +", " ").replace("\n", "");
    }

    private LiveProgress progress(boolean quiet) {
        return new LiveProgress(new PlainTerminal(lines), quiet, false, timing);
    }

    private void after(int seconds) {
        timing.sleep(Duration.ofSeconds(seconds));
    }
}
