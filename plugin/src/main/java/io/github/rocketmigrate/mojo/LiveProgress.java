package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.report.AppliedText;
import io.github.rocketmigrate.report.Terminal;
import io.github.rocketmigrate.report.WaitLines;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.ApplyProgress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.shared.utils.logging.MessageUtils;

/**
 * Shows what a run makes and what it waits for, but not the waits of a moment between two changes. On a terminal,
 * overwrites one line with the time; with {@code mvn -q}, prints nothing.
 */
final class LiveProgress implements ApplyProgress, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);
    /** Reasons come and go while topics catch up, each within a second or two; all of them would hide the changes. */
    private static final Duration AFTER_NEWS = Duration.ofSeconds(3);

    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final Duration EVERY_LIVE = Duration.ofMillis(100);

    private static final String START_OF_LINE = "\r";
    private static final String ERASE = "\u001B[K";

    private final Terminal terminal;
    private final boolean quiet;
    private final boolean live;
    private final LongSupplier nanoTime;
    private final long begin;
    private Optional<AppliedText> applied = Optional.empty();
    private long last;
    private boolean shown;
    private final WaitLines waits = new WaitLines();
    /** When the last change or wait was printed; there was none before the run. */
    private long lastNews;

    /**
     * Measures speed and waits from this moment.
     *
     * @param live whether the terminal can overwrite a line
     * @param nanoTime a monotonic clock
     */
    LiveProgress(Terminal terminal, boolean quiet, boolean live, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.live = live;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
        this.last = begin;
        this.lastNews = begin - AFTER_NEWS.toNanos();
    }

    static LiveProgress of(MavenSession session, Log log, Terminal terminal) {
        return new LiveProgress(terminal, !log.isInfoEnabled(), isLive(session), System::nanoTime);
    }

    /** Whether the output is a terminal that can overwrite what it shows. */
    static boolean isLive(MavenSession session) {
        // Maven uses color if it sees a terminal or if style.color is "always".
        return !"dumb".equals(System.getenv("TERM"))
                && session.getRequest().isInteractiveMode()
                && MessageUtils.isColorEnabled()
                && !"always".equals(session.getUserProperties().getProperty("style.color"));
    }

    /** Describes changes from now on by what the clusters had at the beginning. */
    synchronized void begin(Situation situation) {
        applied = Optional.of(new AppliedText(terminal, situation));
    }

    @Override
    public synchronized void waiting(List<WaitReason> reasons) {
        if (quiet) {
            return;
        }
        long now = nanoTime.getAsLong();
        List<String> lines = waits.of(reasons, Duration.ofNanos(now - begin), now - lastNews >= AFTER_NEWS.toNanos());
        if (!lines.isEmpty()) {
            end();
            WaitLines.print(terminal, lines);
            lastNews = now;
        } else if (live && isTime(EVERY_SECOND)) {
            show("  " + waits.passed());
        }
    }

    @Override
    public synchronized void done(int done, int all) {
        if (quiet || !isTime(live ? EVERY_LIVE : EVERY)) {
            return;
        }
        String text = text(done, all, Duration.ofNanos(nanoTime.getAsLong() - begin));
        if (live) {
            show(text);
        } else {
            terminal.line(text);
        }
    }

    private void show(String text) {
        System.out.print(START_OF_LINE + text + ERASE);
        System.out.flush();
        shown = true;
    }

    @Override
    public synchronized void made(List<AppliedChange> changes, Duration took) {
        if (!quiet) {
            end();
            applied.ifPresent(text -> text.print(changes, took));
            lastNews = nanoTime.getAsLong();
        }
    }

    @Override
    public synchronized void overruled(String what) {
        if (!quiet) {
            end();
            terminal.warning("Overruled: " + what + ".");
        }
    }

    private boolean isTime(Duration pause) {
        long now = nanoTime.getAsLong();
        boolean isTime = now - last >= pause.toNanos();
        if (isTime) {
            last = now;
        }
        return isTime;
    }

    /** Formats how many changes are made, how fast, and how long the rest will take. */
    static String text(int done, int all, Duration passed) {
        double perSecond = done * 1e9 / Math.max(1, passed.toNanos());
        long left = perSecond == 0 ? 0 : Math.round((all - done) / perSecond);
        return String.format(
                Locale.ROOT,
                "  %,d of %,d changes  %,.0f per second  %s left",
                done,
                all,
                perSecond,
                left < 60 ? left + " s" : (left + 59) / 60 + " min");
    }

    /** Erases the live line. */
    synchronized void end() {
        if (shown) {
            System.out.print(START_OF_LINE + ERASE);
            System.out.flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        end();
    }
}
