package io.github.rocketmigrate.live;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Messages of one key that several producers have sent, and that came to a group in another order. Two of them have an
 * order if the first was taken by a broker before the sending of the second began.
 *
 * @param messages those that came
 * @param late those of them that came after a later one of another producer
 * @param most how much later they came at most
 */
public record SharedKeys(int messages, int late, Duration most) {
    /** Counts what one group has received of a topic since a moment. */
    public static SharedKeys of(LiveTraffic live, String topic, String group, Instant since) throws Exception {
        Map<LiveMessage, Instant> begun = new HashMap<>();
        live.sent().stream()
                .filter(sent -> sent.message().topic().equals(topic))
                .forEach(sent -> begun.putIfAbsent(sent.message(), sent.at()));
        Map<LiveMessage, Instant> taken = taken(live, topic);
        Map<String, Received> last = new HashMap<>();
        Set<LiveMessage> seen = new HashSet<>();
        int late = 0;
        Duration most = Duration.ZERO;
        for (Received one : received(live, topic, group)) {
            LiveMessage message = one.message();
            if (!begun.containsKey(message) || begun.get(message).isBefore(since) || !seen.add(message)) {
                continue;
            }
            Received before = last.get(message.key());
            if (before != null
                    && taken.containsKey(message)
                    && begun.get(before.message()).isAfter(taken.get(message))) {
                late++;
                Duration by = Duration.between(taken.get(message), begun.get(before.message()));
                most = by.compareTo(most) > 0 ? by : most;
            }
            if (before == null || begun.get(message).isAfter(begun.get(before.message()))) {
                last.put(message.key(), one);
            }
        }
        return new SharedKeys(seen.size(), late, most);
    }

    private static List<Received> received(LiveTraffic live, String topic, String group) throws Exception {
        return live.received().stream()
                .filter(one ->
                        one.message().topic().equals(topic) && one.group().equals(group))
                .sorted(comparing(Received::at))
                .toList();
    }

    /** A producer sends the messages of a topic one after the other: when the next one begins, a broker has this one. */
    private static Map<LiveMessage, Instant> taken(LiveTraffic live, String topic) throws Exception {
        Map<String, List<Sent>> byProducer = new HashMap<>();
        live.sent().stream()
                .filter(sent -> sent.message().topic().equals(topic))
                .forEach(sent -> byProducer
                        .computeIfAbsent(sent.message().producer(), key -> new ArrayList<>())
                        .add(sent));
        Map<LiveMessage, Instant> taken = new HashMap<>();
        byProducer.values().forEach(all -> {
            all.sort(comparing(Sent::at));
            for (int i = 1; i < all.size(); i++) {
                taken.put(all.get(i - 1).message(), all.get(i).at());
            }
        });
        return taken;
    }

    /** One line of a table. */
    public String words(String name) {
        return "%-32s %6d messages, %5d late, by up to %5.1f s"
                .formatted(name, messages, late, most.toMillis() / 1000.0);
    }
}
