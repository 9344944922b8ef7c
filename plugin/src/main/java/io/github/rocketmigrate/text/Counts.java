package io.github.rocketmigrate.text;

import java.time.Duration;

/** Figures as sentences need them. */
public final class Counts {
    public static final int MOST_NAMED = 5;

    private Counts() {}

    public static String messages(long count) {
        return count == 1 ? "1 message" : count + " messages";
    }

    public static String clients(long count) {
        return count == 1 ? "1 client" : count + " clients";
    }

    public static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }
}
