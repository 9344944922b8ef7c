package io.github.rocketmigrate.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Everything that happens in a simulation, in its order, for people to read. */
final class History {
    private final LongSupplier now;
    private final List<Line> lines = new ArrayList<>();
    private final boolean isRead;

    private record Line(long at, String who, Supplier<String> what) {
        String text() {
            Duration time = Duration.ofNanos(at * 1_000);
            return String.format(
                    Locale.ROOT,
                    "%02d:%02d:%02d.%03d  %-22s %s",
                    time.toHours(),
                    time.toMinutesPart(),
                    time.toSecondsPart(),
                    time.toMillisPart(),
                    who,
                    what.get());
        }
    }

    History(LongSupplier now) {
        this(now, true);
    }

    /**
     * Creates a history.
     *
     * @param isRead whether somebody reads it: otherwise it keeps nothing
     */
    History(LongSupplier now, boolean isRead) {
        this.now = now;
        this.isRead = isRead;
    }

    /** Whether somebody reads it, so that words are worth making. */
    boolean isRead() {
        return isRead;
    }

    void say(String who, String what) {
        say(who, () -> what);
    }

    /** The words are made only if somebody reads them. */
    void say(String who, Supplier<String> what) {
        if (isRead) {
            lines.add(new Line(now.getAsLong(), who, what));
        }
    }

    /** Forgets everything until now. */
    void clear() {
        lines.clear();
    }

    List<String> lines() {
        return lines.stream().map(Line::text).toList();
    }
}
