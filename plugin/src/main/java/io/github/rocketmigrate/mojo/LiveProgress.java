package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.Terminal;
import io.github.rocketmigrate.write.ApplyProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.shared.utils.logging.MessageUtils;

/**
 * Shows how many changes a run has made, what it waits for and for how long. On a terminal, overwrites one line;
 * elsewhere, prints a line every ten seconds; with {@code mvn -q}, prints nothing.
 */
final class LiveProgress implements ApplyProgress, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final Duration EVERY_LIVE = Duration.ofMillis(100);
    /** A number outside a name. */
    private static final Pattern FIGURE = Pattern.compile("(?<![\\w-])\\d[\\d,.]*(?![\\w-])");

    private static final String START_OF_LINE = "\r";
    private static final String ERASE = "\u001B[K";

    private final Terminal terminal;
    private final boolean quiet;
    private final boolean live;
    private final LongSupplier nanoTime;
    private final long begin;
    private long last;
    private boolean shown;
    private String waiting = "";
    private String waitingKind = "";
    private long waitingSince;
    private long waitingPrinted;

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
        this.waitingSince = begin;
        this.waitingPrinted = begin;
    }

    static LiveProgress of(MavenSession session, Log log, Terminal terminal) {
        // Maven uses color if it sees a terminal or if style.color is "always".
        boolean live = session.getRequest().isInteractiveMode()
                && MessageUtils.isColorEnabled()
                && !"always".equals(session.getUserProperties().getProperty("style.color"));
        return new LiveProgress(terminal, !log.isInfoEnabled(), live, System::nanoTime);
    }

    /** Texts that differ only in numbers are one wait. */
    @Override
    public synchronized void waiting(String what) {
        if (quiet) {
            return;
        }
        String kind = FIGURE.matcher(what).replaceAll("0");
        long now = nanoTime.getAsLong();
        Duration passed = Duration.ofNanos(now - waitingSince);
        if (!kind.equals(waitingKind)) {
            waitingKind = kind;
            waitingSince = now;
            printWaiting("Waiting: ", what, now);
        } else if (now - waitingPrinted >= EVERY.toNanos() && !(live && what.equals(waiting))) {
            printWaiting("Waiting for " + passed.toSeconds() + " s: ", what, now);
        } else if (live && isTime(EVERY_SECOND)) {
            show("  " + passed.toSeconds() + " s");
        }
    }

    private void printWaiting(String how, String what, long now) {
        waiting = what;
        waitingPrinted = now;
        end();
        terminal.line(how + what + ".");
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
    public synchronized void moved(String what) {
        print("Moved: " + what + ".");
    }

    @Override
    public synchronized void overruled(String what) {
        print("Overruled: " + what + ".");
    }

    private void print(String line) {
        if (!quiet) {
            end();
            terminal.line(line);
            waitingKind = "";
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
