package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.apply.ApplyProgress;
import io.github.rocketmigrate.report.Terminal;
import java.time.Duration;
import java.util.Locale;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.shared.utils.logging.MessageUtils;

/**
 * Shows how far a run has come: on a terminal in one line that is written over, else in a line every ten seconds, and
 * not at all where Maven is to be quiet.
 */
final class LiveProgress implements ApplyProgress, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration EVERY_LIVE = Duration.ofMillis(100);
    private static final int WIDTH = 76;
    private static final String START_OF_LINE = "\r";
    private static final String ERASE = "\u001B[K";

    private final Terminal terminal;
    private final boolean quiet;
    private final boolean live;
    private final long begin = System.nanoTime();
    private long last = begin;
    private boolean shown;
    private String waiting = "";

    private LiveProgress(Terminal terminal, boolean quiet, boolean live) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.live = live;
    }

    static LiveProgress of(MavenSession session, Log log, Terminal terminal) {
        // Maven colours where it sees a terminal, or where it is told to.
        boolean live = session.getRequest().isInteractiveMode()
                && MessageUtils.isColorEnabled()
                && !"always".equals(session.getUserProperties().getProperty("style.color"));
        return new LiveProgress(terminal, !log.isInfoEnabled(), live);
    }

    @Override
    public synchronized void waiting(String what) {
        // Figures change all the time; what is waited for does not.
        String unlike = what.replaceAll("\\d+", "");
        if (quiet) {
            return;
        }
        if (!unlike.equals(waiting) || (!live && isTime(EVERY))) {
            end();
            terminal.line("Waiting: " + what + ".");
            waiting = unlike;
        } else if (live && isTime(EVERY_LIVE)) {
            String text = "  " + what;
            System.out.print(START_OF_LINE + (text.length() > WIDTH ? text.substring(0, WIDTH) + "…" : text) + ERASE);
            System.out.flush();
            shown = true;
        }
    }

    @Override
    public synchronized void done(int done, int all) {
        if (quiet || !isTime(live ? EVERY_LIVE : EVERY)) {
            return;
        }
        String text = text(done, all, Duration.ofNanos(System.nanoTime() - begin));
        if (live) {
            System.out.print(START_OF_LINE + text + ERASE);
            System.out.flush();
            shown = true;
        } else {
            terminal.line(text);
        }
    }

    @Override
    public synchronized void moved(String what) {
        if (!quiet) {
            end();
            terminal.line("Moved: " + what + ".");
            waiting = "";
        }
    }

    private boolean isTime(Duration pause) {
        long now = System.nanoTime();
        boolean isTime = now - last >= pause.toNanos();
        if (isTime) {
            last = now;
        }
        return isTime;
    }

    /** So many of so many, how fast, and how long it will take. */
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

    /** Takes the live line away. */
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
