package io.github.rocketmigrate.sandbox;

import static io.github.rocketmigrate.sandbox.WaitingMessages.WhyWaiting.BEHIND;
import static io.github.rocketmigrate.sandbox.WaitingMessages.WhyWaiting.NOT_CONNECTED;
import static io.github.rocketmigrate.sandbox.WaitingMessages.WhyWaiting.NO_ANSWER;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Shows whether messages of the {@link Shop}'s applications were lost, repeated or reordered. Messages that were in the
 * source before the applications started do not count.
 *
 * @param lines one line for each topic and each of its readers
 * @param waiting where messages are that a reader did not receive, as far as brokers were asked
 */
public record ShopTally(List<Line> lines, List<WaitingMessages> waiting) {
    private static final String FILE = "tally";
    private static final String GAP = "\t";

    public ShopTally {
        lines = List.copyOf(lines);
        waiting = List.copyOf(waiting);
    }

    public ShopTally(List<Line> lines) {
        this(lines, List.of());
    }

    /**
     * The counts of one topic and one reader.
     *
     * @param reader the group or, if it is broadcasting, a member, because each member must receive every message
     * @param ordered whether the reader must receive the messages of one subject in the order of sending
     * @param sent messages that brokers confirmed
     * @param failed messages that brokers did not confirm
     * @param received different messages that the reader received, confirmed or not
     * @param lost messages that were sent, not received, and are on no broker
     * @param unread messages that were sent and were not read in time, because the reader was slow or does not see their broker
     * @param twice receptions of messages that had been received before
     * @param late messages first received after a message of the same subject that was sent later
     */
    public record Line(
            String topic,
            String reader,
            boolean ordered,
            long sent,
            long failed,
            long received,
            long lost,
            long unread,
            long twice,
            long late) {
        /** Counts missing messages that wait on a broker as unread. */
        private Line recounted(List<WaitingMessages> found) {
            long missing = lost + unread;
            long waits = Math.min(missing, waiting(found));
            return new Line(topic, reader, ordered, sent, failed, received, missing - waits, waits, twice, late);
        }

        private long waiting(List<WaitingMessages> found) {
            if (found.stream().anyMatch(some -> some.cause() == NO_ANSWER)) {
                // A broker that does not answer may hold any number of messages.
                return Long.MAX_VALUE;
            }
            // The reader itself has counted what it did not consume on the brokers that it sees.
            return Math.max(unread, sum(found, BEHIND)) + sum(found, NOT_CONNECTED);
        }

        private static long sum(List<WaitingMessages> found, WaitingMessages.WhyWaiting cause) {
            return found.stream()
                    .filter(some -> some.cause() == cause)
                    .mapToLong(WaitingMessages::messages)
                    .sum();
        }

        private String text() {
            return String.join(
                    GAP,
                    topic,
                    reader,
                    Boolean.toString(ordered),
                    Long.toString(sent),
                    Long.toString(failed),
                    Long.toString(received),
                    Long.toString(lost),
                    Long.toString(unread),
                    Long.toString(twice),
                    Long.toString(late));
        }

        private static Line of(String text) {
            String[] parts = text.split(GAP, -1);
            long[] numbers =
                    Arrays.stream(parts).skip(3).mapToLong(Long::parseLong).toArray();
            return new Line(
                    parts[0],
                    parts[1],
                    Boolean.parseBoolean(parts[2]),
                    numbers[0],
                    numbers[1],
                    numbers[2],
                    numbers[3],
                    numbers[4],
                    numbers[5],
                    numbers[6]);
        }
    }

    /** Searches for the messages of each reader that lost some; a message is lost only if no broker holds it. */
    ShopTally recounted(Function<Line, List<WaitingMessages>> search) {
        List<Line> recounted = new ArrayList<>();
        List<WaitingMessages> all = new ArrayList<>();
        for (Line line : lines) {
            List<WaitingMessages> found = line.lost() == 0 ? List.of() : search.apply(line);
            recounted.add(line.recounted(found));
            all.addAll(found);
        }
        return new ShopTally(recounted, all);
    }

    public long sent() {
        return ofTopics(Line::sent);
    }

    public long failed() {
        return ofTopics(Line::failed);
    }

    public long received() {
        return ofReaders(Line::received);
    }

    public long lost() {
        return ofReaders(Line::lost);
    }

    public long unread() {
        return ofReaders(Line::unread);
    }

    public long twice() {
        return ofReaders(Line::twice);
    }

    public long late() {
        return ofReaders(Line::late);
    }

    /** Whether every message was received, and in order. */
    public boolean isGood() {
        return lost() == 0 && unread() == 0 && late() == 0;
    }

    /** Whether, besides, every message was sent. */
    public boolean isPerfect() {
        return isGood() && failed() == 0;
    }

    private long ofReaders(ToLongFunction<Line> number) {
        return lines.stream().mapToLong(number).sum();
    }

    private long ofTopics(ToLongFunction<Line> number) {
        Map<String, Long> topics = new TreeMap<>();
        lines.forEach(line -> topics.put(line.topic(), number.applyAsLong(line)));
        return topics.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Reads the tally in {@code folder}, if it was written already. */
    static Optional<ShopTally> read(Path folder) throws IOException {
        try {
            return Optional.of(new ShopTally(Files.readAllLines(folder.resolve(FILE), UTF_8).stream()
                    .map(Line::of)
                    .toList()));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        }
    }

    void write(Path folder) throws IOException {
        Path whole = Files.write(
                folder.resolve(FILE + ".new"), lines.stream().map(Line::text).toList(), UTF_8);
        Files.move(whole, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }
}
