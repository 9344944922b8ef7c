package io.github.rocketmigrate.check;

import java.time.Duration;

/** Figures as sentences need them. */
final class Words {
    static final int MOST_NAMED = 5;

    private Words() {}

    static String messages(long count) {
        return count == 1 ? "1 message" : count + " messages";
    }

    static String clients(long count) {
        return count == 1 ? "1 client" : count + " clients";
    }

    static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }
}
