package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What became of the messages that the {@link Shop}'s applications have sent; those that were in the source before them
 * do not count.
 *
 * @param lines one for each topic and each of its readers
 */
public record ShopTally(List<Line> lines) {
    private static final String FILE = "tally";
    private static final String GAP = "\t";

    public ShopTally {
        lines = List.copyOf(lines);
    }

    /**
     * What became of a topic's messages at one reader.
     *
     * @param reader the group, or a single member of a broadcasting one, because each of these is to get every message
     * @param ordered whether the messages of one subject are to come in the order in which they were sent
     * @param sent how many messages brokers have taken
     * @param failed how many they have not taken, as far as the producer knows
     * @param received how many different messages the reader got, of all that were tried
     * @param lost how many were sent and not received
     * @param twice how often a message came that had come before
     * @param late how many came for the first time after one of their subject that was sent later
     */
    public record Line(
            String topic,
            String reader,
            boolean ordered,
            long sent,
            long failed,
            long received,
            long lost,
            long twice,
            long late) {
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
                    numbers[5]);
        }
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

    public long twice() {
        return ofReaders(Line::twice);
    }

    public long late() {
        return ofReaders(Line::late);
    }

    /** Whether nothing was lost, and nothing came out of order. */
    public boolean isGood() {
        return lost() == 0 && late() == 0;
    }

    private long ofReaders(ToLongFunction<Line> number) {
        return lines.stream().mapToLong(number).sum();
    }

    private long ofTopics(ToLongFunction<Line> number) {
        Map<String, Long> topics = new TreeMap<>();
        lines.forEach(line -> topics.put(line.topic(), number.applyAsLong(line)));
        return topics.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The tally in {@code folder}, once it is there. */
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
