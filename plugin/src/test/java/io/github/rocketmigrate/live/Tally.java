package io.github.rocketmigrate.live;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What became of the live traffic's messages.
 *
 * <p>Times are microseconds of one machine's clock: two receptions within the same microsecond are in no order.
 *
 * @param lines one for each topic and each of its groups
 * @param errors what could not be sent
 * @param marks in the order of time
 */
public record Tally(List<Line> lines, List<SendError> errors, List<Mark> marks) {
    private static final int SHOWN = 5;

    public Tally {
        lines = List.copyOf(lines);
        errors = List.copyOf(errors);
        marks = List.copyOf(marks);
    }

    /**
     * What became of a topic's messages in one of its groups.
     *
     * @param sent how many messages brokers have taken
     * @param received how many different messages the group has received
     * @param unsent how many of these their producer was not told to have sent
     * @param lost those that were sent and never received
     * @param duplicates each reception of a message after its first
     * @param overtakers in a FIFO topic with an orderly group, those that were first received before another one of
     *     their producer and key that was sent earlier; one that was never received is lost and not overtaken
     */
    public record Line(
            String topic,
            String group,
            int sent,
            int received,
            int unsent,
            List<Sent> lost,
            List<Duplicate> duplicates,
            List<Received> overtakers) {
        public Line {
            lost = List.copyOf(lost);
            duplicates = List.copyOf(duplicates);
            overtakers = List.copyOf(overtakers);
        }
    }

    /** A message that a group has received {@code again}, in the time of {@code mark}. */
    public record Duplicate(Received first, Received again, Mark mark) {
        /** How long after the mark. */
        public Duration after() {
            return Duration.between(mark.at(), again.at());
        }

        /** Whether brokers hold it twice, as when a producer was not answered in time and has sent it again. */
        public boolean isStoredTwice() {
            return again.reconsumeTimes() == 0 && !again.place().equals(first.place());
        }
    }

    static Tally of(
            List<LiveTopic> topics,
            List<Mark> marks,
            List<Sent> sent,
            List<SendError> errors,
            List<Received> received) {
        List<Mark> inOrder =
                marks.stream().sorted(Comparator.comparing(Mark::at)).toList();
        Map<String, List<Sent>> sentTo =
                sent.stream().collect(groupingBy(one -> one.message().topic()));
        Map<String, List<Received>> receivedBy = received.stream()
                .collect(groupingBy(one -> section(one.message().topic(), one.group())));
        List<Line> lines = new ArrayList<>();
        for (LiveTopic topic : topics) {
            for (LiveGroup group : topic.groups()) {
                lines.add(new Count(
                                inOrder,
                                sentTo.getOrDefault(topic.name(), List.of()),
                                receivedBy.getOrDefault(section(topic.name(), group.name()), List.of()))
                        .line(topic, group));
            }
        }
        return new Tally(lines, errors, inOrder);
    }

    private static String section(String topic, String group) {
        return topic + " " + group;
    }

    /** The line of a topic and group. */
    public Line line(String topic, String group) {
        return lines.stream()
                .filter(line -> line.topic().equals(topic) && line.group().equals(group))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(group + " does not consume " + topic));
    }

    /** The messages lost, one for each group that lacks it. */
    public List<LiveMessage> lost() {
        return lines.stream()
                .flatMap(line -> line.lost().stream())
                .map(Sent::message)
                .toList();
    }

    public List<Duplicate> duplicates() {
        return lines.stream().flatMap(line -> line.duplicates().stream()).toList();
    }

    /** Those received in the time of the mark of this name. */
    public List<Duplicate> duplicates(String mark) {
        return duplicates().stream()
                .filter(duplicate -> duplicate.mark().name().equals(mark))
                .toList();
    }

    public List<Received> overtakers() {
        return lines.stream().flatMap(line -> line.overtakers().stream()).toList();
    }

    /** Everything, for people. */
    public String words() {
        List<String> words = new ArrayList<>();
        for (Line line : lines) {
            words.add("%s to %s: sent %d, received %d, lost %d, duplicated %d, out of order %d%s"
                    .formatted(
                            line.topic(),
                            line.group(),
                            line.sent(),
                            line.received(),
                            line.lost().size(),
                            line.duplicates().size(),
                            line.overtakers().size(),
                            line.unsent() == 0 ? "" : ", of the received not known as sent " + line.unsent()));
            words.addAll(some(
                    "lost",
                    line.lost().stream().map(one -> at(one.at()) + " " + one.message() + " to " + one.place())));
            words.addAll(some(
                    "received before an earlier one",
                    line.overtakers().stream()
                            .map(one -> at(one.at()) + " " + one.message() + " by " + one.member() + " from "
                                    + one.place())));
        }
        words.add("send errors: " + errors.size());
        words.addAll(some(
                "not sent",
                errors.stream().map(error -> at(error.at()) + " " + error.message() + ": " + error.text())));
        for (Mark mark : marks) {
            words.add("duplicates in " + mark.name() + ": " + duplicatesIn(mark));
        }
        return String.join("\n", words);
    }

    private String duplicatesIn(Mark mark) {
        List<Duplicate> these = duplicates().stream()
                .filter(duplicate -> duplicate.mark().equals(mark))
                .toList();
        if (these.isEmpty()) {
            return "0";
        }
        String groups = these.stream()
                .collect(groupingBy(duplicate -> duplicate.again().group(), TreeMap::new, counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(joining(", "));
        List<Long> after = these.stream()
                .map(duplicate -> duplicate.after().toMillis())
                .sorted()
                .toList();
        long stored = these.stream().filter(Duplicate::isStoredTwice).count();
        return these.size() + " (" + groups + "), " + after.get(0) + " to " + after.get(after.size() - 1)
                + " ms after its begin" + (stored == 0 ? "" : ", of which stored twice " + stored);
    }

    private String at(Instant at) {
        Mark mark = markAt(marks, at);
        return mark.name() + "+" + Duration.between(mark.at(), at).toMillis() + " ms";
    }

    private static List<String> some(String what, Stream<String> all) {
        List<String> these = all.toList();
        List<String> shown = new ArrayList<>(these.stream()
                .limit(SHOWN)
                .map(one -> "    " + what + ": " + one)
                .toList());
        if (these.size() > SHOWN) {
            shown.add("    and " + (these.size() - SHOWN) + " more");
        }
        return shown;
    }

    @Override
    public String toString() {
        return words();
    }

    /** The last mark that had begun; what is older than all belongs to the first. */
    private static Mark markAt(List<Mark> marks, Instant at) {
        Mark found = marks.get(0);
        for (Mark mark : marks) {
            if (!mark.at().isAfter(at)) {
                found = mark;
            }
        }
        return found;
    }

    /** Counts for one topic and group. */
    private static final class Count {
        private final List<Mark> marks;
        private final Map<LiveMessage, Sent> sent = new LinkedHashMap<>();
        private final Map<LiveMessage, Received> first = new LinkedHashMap<>();
        private final List<Duplicate> duplicates = new ArrayList<>();

        Count(List<Mark> marks, List<Sent> sent, List<Received> received) {
            this.marks = marks;
            sent.forEach(one -> this.sent.putIfAbsent(one.message(), one));
            received.stream().sorted(Comparator.comparing(Received::at)).forEach(this::take);
        }

        private void take(Received received) {
            Received before = first.putIfAbsent(received.message(), received);
            if (before != null) {
                duplicates.add(new Duplicate(before, received, markAt(marks, received.at())));
            }
        }

        Line line(LiveTopic topic, LiveGroup group) {
            boolean ordered = topic.kind() == MessageType.FIFO && group.order() == ConsumeOrder.ORDERLY;
            return new Line(
                    topic.name(),
                    group.name(),
                    sent.size(),
                    first.size(),
                    (int) first.keySet().stream()
                            .filter(message -> !sent.containsKey(message))
                            .count(),
                    sent.values().stream()
                            .filter(one -> !first.containsKey(one.message()))
                            .toList(),
                    duplicates,
                    ordered ? overtakers() : List.of());
        }

        private List<Received> overtakers() {
            Map<String, Instant> latest = new HashMap<>();
            List<Received> overtakers = new ArrayList<>();
            first.values().stream()
                    .sorted(Comparator.comparingLong(one -> one.message().sequence()))
                    .forEach(one -> {
                        String key = one.message().line();
                        if (one.at().isBefore(latest.getOrDefault(key, Instant.MIN))) {
                            overtakers.add(one);
                        } else {
                            latest.put(key, one.at());
                        }
                    });
            return overtakers;
        }
    }
}
