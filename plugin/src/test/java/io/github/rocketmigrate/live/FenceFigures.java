package io.github.rocketmigrate.live;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What consumers notice of a fence.
 *
 * @param name of the fence
 * @param withheld how long each message waited that was sent behind the closed fence, in order
 * @param firstAfter when the first of them came after the fence had opened
 * @param longestGap the longest time in which the group received nothing from the topic
 * @param changes the most changes of its queues that a member made
 * @param logged the most lines that a member's client logged meanwhile
 */
public record FenceFigures(
        String name, List<Duration> withheld, Duration firstAfter, Duration longestGap, long changes, long logged) {
    /** Members divide queues again every 20 s, and poll routes every 30 s. */
    private static final Duration AFTERMATH = Duration.ofSeconds(60);

    public FenceFigures {
        withheld = List.copyOf(withheld);
    }

    /**
     * Counts from what live traffic has noted.
     *
     * @param closed when the fence closed
     * @param opened when it opened
     * @param brokers the prefix of the names of those brokers that the fence opened
     */
    public static FenceFigures of(
            String name, LiveTraffic live, String topic, Instant closed, Instant opened, String brokers, long logged)
            throws IOException {
        Instant end = opened.plus(AFTERMATH);
        List<Sent> behind = live.sent().stream()
                .filter(sent -> sent.message().topic().equals(topic)
                        && sent.place().broker().startsWith(brokers)
                        && sent.at().isAfter(closed)
                        && sent.at().isBefore(opened))
                .toList();
        List<Received> received = live.received().stream()
                .filter(one -> one.message().topic().equals(topic)
                        && one.at().isAfter(closed.minusSeconds(5))
                        && one.at().isBefore(end))
                .sorted((one, other) -> one.at().compareTo(other.at()))
                .toList();
        List<Duration> withheld = behind.stream()
                .flatMap(sent -> received.stream()
                        .filter(one -> one.message().equals(sent.message()))
                        .findFirst()
                        .map(one -> Duration.between(sent.at(), one.at()))
                        .stream())
                .sorted()
                .toList();
        Duration first = received.stream()
                .filter(one -> one.place().broker().startsWith(brokers))
                .findFirst()
                .map(one -> Duration.between(opened, one.at()))
                .orElse(AFTERMATH);
        Duration gap = Duration.ZERO;
        for (int i = 1; i < received.size(); i++) {
            Duration between =
                    Duration.between(received.get(i - 1).at(), received.get(i).at());
            gap = between.compareTo(gap) > 0 ? between : gap;
        }
        return new FenceFigures(name, withheld, first, gap, live.mostChangesOfShare(topic, closed, end), logged);
    }

    /** One line of a table. */
    public String words() {
        return "%-32s %6d withheld: %5.1f s median, %5.1f s p99, %5.1f s most; first %5.1f s; gap %5.1f s; %d changes; %d lines"
                .formatted(
                        name,
                        withheld.size(),
                        seconds(at(0.5)),
                        seconds(at(0.99)),
                        seconds(at(1)),
                        seconds(firstAfter),
                        seconds(longestGap),
                        changes,
                        logged);
    }

    private Duration at(double share) {
        return withheld.isEmpty()
                ? Duration.ZERO
                : withheld.get((int) Math.min(withheld.size() - 1L, Math.round(share * (withheld.size() - 1))));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
