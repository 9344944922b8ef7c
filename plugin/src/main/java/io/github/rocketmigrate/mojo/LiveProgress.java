package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.Terminal;
import io.github.rocketmigrate.write.ApplyProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.shared.utils.logging.MessageUtils;

/**
 * Shows how far a run has come, and what it waits for and since when: on a terminal in one line that is written over,
 * else in a line every ten seconds, and not at all where Maven is to be quiet.
 */
final class LiveProgress implements ApplyProgress, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final Duration EVERY_LIVE = Duration.ofMillis(100);
    /** A number that is not part of a name. */
    private static final Pattern FIGURE = Pattern.compile("(?<![\\w-])\\d[\\d,.]*(?![\\w-])");

    private static final String START_OF_LINE = "\r";
    private static final String ERASE = "\u001B[K";

    private final Terminal terminal;
    private final boolean quiet;
    private final boolean live;
    private final long begin = System.nanoTime();
    private long last = begin;
    private boolean shown;
    private String waiting = "";
    private String waitingKind = "";
    private long waitingSince = begin;
    private long waitingTold = begin;

    LiveProgress(Terminal terminal, boolean quiet, boolean live) {
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

    /** What differs in its figures only is the same wait. */
    @Override
    public synchronized void waiting(String what) {
        if (quiet) {
            return;
        }
        String kind = FIGURE.matcher(what).replaceAll("0");
        long now = System.nanoTime();
        Duration passed = Duration.ofNanos(now - waitingSince);
        if (!kind.equals(waitingKind)) {
            waitingKind = kind;
            waitingSince = now;
            tellWaiting("Waiting: ", what, now);
        } else if (now - waitingTold >= EVERY.toNanos() && !(live && what.equals(waiting))) {
            tellWaiting("Waiting for " + passed.toSeconds() + " s: ", what, now);
        } else if (live && isTime(EVERY_SECOND)) {
            show("  " + passed.toSeconds() + " s");
        }
    }

    private void tellWaiting(String how, String what, long now) {
        waiting = what;
        waitingTold = now;
        end();
        terminal.line(how + what + ".");
    }

    @Override
    public synchronized void done(int done, int all) {
        if (quiet || !isTime(live ? EVERY_LIVE : EVERY)) {
            return;
        }
        String text = text(done, all, Duration.ofNanos(System.nanoTime() - begin));
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
    public synchronized void moved(String what) {
        tell("Moved: " + what + ".");
    }

    @Override
    public synchronized void overruled(String what) {
        tell("Overruled: " + what + ".");
    }

    private void tell(String line) {
        if (!quiet) {
            end();
            terminal.line(line);
            waitingKind = "";
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
