package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * The states of all masters of a cluster at the beginning and at the end of a time in which they were observed.
 *
 * @param before by the name of the master
 * @param after of the same masters
 */
public record ObservedLoad(
        Map<String, Map<String, String>> before, Map<String, Map<String, String>> after, Duration took) {
    private static final String MESSAGES = "msgPutTotalTodayNow";
    private static final String END_OF_LOG = "commitLogMaxOffset";
    private static final double MILLIS = 1_000;

    public ObservedLoad {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
        requireNonNull(took, "took is null");
    }

    /** The messages that came to all masters in a second, retries and RocketMQ's own among them. */
    double messagesPerSecond() {
        return perSecond(MESSAGES);
    }

    /** By how many bytes the logs of all masters grew in a second. */
    double bytesPerSecond() {
        return perSecond(END_OF_LOG);
    }

    private double perSecond(String counter) {
        long sum = 0;
        for (Map.Entry<String, Map<String, String>> master : after.entrySet()) {
            long grown = number(master.getKey(), master.getValue(), counter)
                    - number(master.getKey(), before.getOrDefault(master.getKey(), Map.of()), counter);
            if (grown < 0) {
                throw new Measured.NotMeasured(
                        "the counters of broker " + master.getKey() + " began again while it was observed");
            }
            sum += grown;
        }
        return sum * MILLIS / Math.max(1, took.toMillis());
    }

    private static long number(String master, Map<String, String> state, String counter) {
        String text = state.getOrDefault(counter, "");
        if (!text.matches("\\d{1,18}")) {
            throw new Measured.NotMeasured("broker " + master + " does not report its " + counter);
        }
        return Long.parseLong(text);
    }
}
