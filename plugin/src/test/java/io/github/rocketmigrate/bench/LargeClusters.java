package io.github.rocketmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What two large clusters hold, and the plan from one to the other. Half of the plan's topics and groups are at the
 * destination as they are wanted; a quarter is missing there, and a quarter is different.
 */
final class LargeClusters {
    static final int TOPICS = 10_000;
    static final int GROUPS = 5_000;

    private static final int BATCHES = 20;
    private static final int LOUD = 100;
    private static final List<String> TEAMS =
            List.of("orders", "billing", "stock", "search", "pricing", "returns", "loyalty", "shipping");
    private static final List<String> EVENTS = List.of("created", "changed", "settled", "expired", "removed");

    private LargeClusters() {}

    /** Something that a cluster holds. */
    private record Entry(String name, String settings) {
        @Override
        public String toString() {
            return "\"" + name + "\":" + settings;
        }
    }

    /** What is at the destination of a thing that the plan wants there. */
    private enum There {
        EQUAL,
        MISSING,
        DIFFERENT;

        static There of(int number) {
            return switch (number % 4) {
                case 1 -> MISSING;
                case 3 -> DIFFERENT;
                default -> EQUAL;
            };
        }
    }

    static String topic(int number) {
        return "%s-document-%s-%05d"
                .formatted(TEAMS.get(number % TEAMS.size()), EVENTS.get(number % EVENTS.size()), number);
    }

    static String group(int number) {
        return "%s-document-indexer-%04d".formatted(TEAMS.get(number % TEAMS.size()), number);
    }

    static Stream<String> groups() {
        return IntStream.range(0, GROUPS).mapToObj(LargeClusters::group);
    }

    /** The topics that hold messages, which nobody has consumed; all are in both clusters. */
    static Stream<String> loudTopics() {
        return IntStream.range(0, LOUD).mapToObj(number -> topic(number * 4));
    }

    /** The topics of a group, one or two, which no other group consumes. */
    private static List<Integer> consumed(int group) {
        return group % 2 == 0 ? List.of(2 * group, 2 * group + 1) : List.of(2 * group);
    }

    private static int queues(int topic) {
        return topic % 3 == 0 ? 4 : 8;
    }

    private static String type(int topic) {
        return switch (topic % 10) {
            case 0, 1 -> "FIFO";
            case 2 -> "DELAY";
            case 3 -> "TRANSACTION";
            default -> "NORMAL";
        };
    }

    /** Writes what a broker, when it starts, takes for its memory; creating all this by requests takes minutes. */
    static void write(Side side, Path broker) throws IOException {
        Path folder = Files.createDirectories(broker.resolve("store/config"));
        write(folder.resolve("topics.json"), "topicConfigTable", topics(side));
        write(folder.resolve("subscriptionGroup.json"), "subscriptionGroupTable", groups(side));
        write(folder.resolve("consumerOffset.json"), "offsetTable", offsets(side));
    }

    private static void write(Path file, String table, Stream<Entry> entries) throws IOException {
        String version = "\"dataVersion\":{\"counter\":1,\"timestamp\":1700000000000}";
        String all = entries.map(Entry::toString).collect(joining(",", "\"" + table + "\":{", "}"));
        Files.writeString(file, "{" + version + "," + all + "}", UTF_8);
    }

    private static Stream<Entry> topics(Side side) {
        return Stream.concat(
                IntStream.range(0, TOPICS).mapToObj(number -> topic(side, number)),
                // Brokers make one for every group that consumes.
                IntStream.range(0, GROUPS).mapToObj(number -> topic("%RETRY%" + name(side, number), 1, "NORMAL")));
    }

    private static Entry topic(Side side, int number) {
        if (side == Side.SOURCE) {
            return topic(topic(number), queues(number), "");
        }
        // Of those that differ, half have fewer queues, which is aligned at once, and half another type, which is
        // aligned where they are empty.
        boolean growing = number % 8 == 3;
        String otherType = "NORMAL".equals(type(number)) ? "FIFO" : "NORMAL";
        return switch (There.of(number)) {
            case EQUAL -> topic(topic(number), queues(number), type(number));
            case MISSING -> topic("destination-only-" + number, queues(number), type(number));
            case DIFFERENT ->
                topic(topic(number), queues(number) / (growing ? 2 : 1), growing ? type(number) : otherType);
        };
    }

    private static Entry topic(String name, int queues, String type) {
        String attributes = type.isEmpty() ? "" : ",\"attributes\":{\"message.type\":\"" + type + "\"}";
        return new Entry(name, """
                {"order":false,"perm":6,"readQueueNums":%2$d,"topicFilterType":"SINGLE_TAG","topicName":"%1$s",\
                "topicSysFlag":0,"writeQueueNums":%2$d%3$s}""".formatted(name, queues, attributes));
    }

    /** The name of the group that stands for one of the plan: the same, unless it is missing there. */
    private static String name(Side side, int group) {
        return side == Side.DESTINATION && There.of(group) == There.MISSING
                ? "destination-only-group-" + group
                : group(group);
    }

    private static Stream<Entry> groups(Side side) {
        return IntStream.range(0, GROUPS).mapToObj(number -> {
            boolean differs = side == Side.DESTINATION && There.of(number) == There.DIFFERENT;
            return new Entry(name(side, number), """
                    {"brokerId":0,"consumeBroadcastEnable":true,"consumeEnable":true,"consumeFromMinEnable":true,\
                    "groupName":"%s","notifyConsumerIdsChangedEnable":true,"retryMaxTimes":%d,"retryQueueNums":1,\
                    "whichBrokerWhenConsumeSlowly":1}""".formatted(name(side, number), differs ? 3 : 16));
        });
    }

    private static Stream<Entry> offsets(Side side) {
        return IntStream.range(0, GROUPS).boxed().flatMap(group -> {
            String name = name(side, group);
            List<Entry> offsets = new ArrayList<>();
            offsets.add(new Entry("%RETRY%" + name + "@" + name, "{0:0}"));
            for (int topic : consumed(group)) {
                if (side == Side.SOURCE || There.of(topic) != There.MISSING) {
                    offsets.add(new Entry(
                            topic(topic) + "@" + name,
                            IntStream.range(0, queues(topic))
                                    .mapToObj(queue -> queue + ":0")
                                    .collect(joining(",", "{", "}"))));
                }
            }
            return offsets.stream();
        });
    }

    /** Writes the plan that moves everything, {@code traffic} and {@code stage} as lines of it, or empty. */
    static Path writePlan(Path file, Endpoints endpoints, String traffic, String stage) throws IOException {
        StringBuilder plan = new StringBuilder("version: 1\nname: benchmark\n");
        for (Side side : Side.values()) {
            plan.append("%s: { nameServers: [\"%s\"] }\n"
                    .formatted(side.word(), endpoints.cluster(side).nameServers()));
        }
        plan.append(traffic).append("batches:\n");
        for (int batch = 0; batch < BATCHES; batch++) {
            plan.append("  - name: batch-%d\n%s    topics:\n".formatted(batch, stage));
            IntStream.range(batch * TOPICS / BATCHES, (batch + 1) * TOPICS / BATCHES)
                    .forEach(number ->
                            plan.append("      - { name: %s, type: %s }\n".formatted(topic(number), type(number))));
            plan.append("    groups:\n");
            IntStream.range(batch * GROUPS / BATCHES, (batch + 1) * GROUPS / BATCHES)
                    .forEach(number ->
                            plan.append("      - { name: %s, order: CONCURRENT }\n".formatted(group(number))));
        }
        return Files.writeString(file, plan, UTF_8);
    }
}
