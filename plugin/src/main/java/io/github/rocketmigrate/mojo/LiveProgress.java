package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.report.AppliedText;
import io.github.rocketmigrate.report.Layout;
import io.github.rocketmigrate.report.Terminal;
import io.github.rocketmigrate.report.WaitLines;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.SystemTiming;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.shared.utils.logging.MessageUtils;

/**
 * Shows what a run makes and what it waits for, but not the waits of a moment between two changes. On a terminal,
 * overwrites one line with the time; with {@code mvn -q}, prints nothing.
 */
final class LiveProgress implements ApplyProgress, AutoCloseable {
    private static final int FEWEST_COUNTED = 20;
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
    private final Timing timing;
    private final Duration begin;
    private Optional<AppliedText> applied = Optional.empty();
    private Duration last;
    private boolean shown;
    private final WaitLines waits = new WaitLines();
    /** When the last change or wait was printed; there was none before the run. */
    private Duration lastNews;

    /**
     * Measures speed and waits from this moment.
     *
     * @param live whether the terminal can overwrite a line
     * @param timing measures how long changes and waits take
     */
    LiveProgress(Terminal terminal, boolean quiet, boolean live, Timing timing) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.live = live;
        this.timing = timing;
        this.begin = timing.elapsed();
        this.last = begin;
        this.lastNews = begin.minus(AFTER_NEWS);
    }

    static LiveProgress of(MavenSession session, Log log, Terminal terminal) {
        return new LiveProgress(terminal, !log.isInfoEnabled(), isLive(session), new SystemTiming());
    }

    /** Whether the output is a terminal that can overwrite what it shows. */
    static boolean isLive(MavenSession session) {
        // Maven uses color if it sees a terminal or if style.color is "always".
        return session.getRequest().isInteractiveMode()
                && MessageUtils.isColorEnabled()
                && !"always".equals(session.getUserProperties().getProperty("style.color"))
                && !"dumb".equals(System.getenv("TERM"))
                && StandardOutput.isTerminal();
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
        Duration now = timing.elapsed();
        boolean isAfterNews = now.minus(lastNews).compareTo(AFTER_NEWS) >= 0;
        List<String> lines = waits.of(reasons, now.minus(begin), isAfterNews);
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
        // Few changes are made before anybody has read how many are left.
        if (quiet || all < FEWEST_COUNTED || !isTime(live ? EVERY_LIVE : EVERY)) {
            return;
        }
        String text = text(done, all, timing.elapsed().minus(begin));
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
            lastNews = timing.elapsed();
        }
    }

    @Override
    public synchronized void overruled(String what) {
        if (!quiet) {
            end();
            new Layout(terminal).warning("Overruled: " + what + ".");
        }
    }

    private boolean isTime(Duration pause) {
        Duration now = timing.elapsed();
        boolean isTime = now.minus(last).compareTo(pause) >= 0;
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
