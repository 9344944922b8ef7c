package io.github.rocketmigrate.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/** What stands in the diaries of all JVMs so far; each is read on from where it was left. */
final class Ledger {
    private final List<Sent> sent = new ArrayList<>();
    private final List<SendError> errors = new ArrayList<>();
    private final List<Received> received = new ArrayList<>();
    private final Map<Path, Long> positions = new LinkedHashMap<>();
    private final Map<Path, Set<String>> notices = new LinkedHashMap<>();

    /** The last division of each group's topics, by the diary of the member. */
    private final Map<Path, Map<String, Division>> divisions = new LinkedHashMap<>();
    /** All of them, in the order of each diary. */
    private final Map<Path, List<Division>> allDivisions = new LinkedHashMap<>();

    void add(Path diary) {
        divisions.put(diary, new HashMap<>());
        allDivisions.put(diary, new ArrayList<>());
        positions.put(diary, 0L);
        notices.put(diary, new HashSet<>());
    }

    List<Sent> sent() {
        return Collections.unmodifiableList(sent);
    }

    List<SendError> errors() {
        return Collections.unmodifiableList(errors);
    }

    List<Received> received() {
        return Collections.unmodifiableList(received);
    }

    /** How often the member with this diary changed its share of a topic between two moments. */
    long changesOfShare(Path diary, String topic, Instant from, Instant to) {
        return allDivisions.get(diary).stream()
                .filter(division -> division.topic().equals(topic)
                        && division.at().isAfter(from)
                        && division.at().isBefore(to))
                .count();
    }

    boolean hasNotice(Path diary, String what) {
        return notices.get(diary).contains(what);
    }

    /** Which topics and groups the member with this diary does not divide among so many. */
    List<String> undivided(Path diary, List<LiveTopic> topics, ToLongFunction<LiveGroup> members) {
        Map<String, Division> known = divisions.get(diary);
        return topics.stream()
                .flatMap(topic -> topic.groups().stream()
                        .filter(group -> {
                            Division last = known.get(topic.name() + " in " + group.name());
                            return last == null || last.members() != members.applyAsLong(group);
                        })
                        .map(group -> topic.name() + " in " + group.name()))
                .toList();
    }

    /** Which producers' messages, of those sent after {@code mark}, have not come from which topics to which groups. */
    List<String> lackingSince(Mark mark, List<LiveTopic> topics, Set<String> producers) {
        Set<LiveMessage> fresh = sent.stream()
                .filter(one -> !one.at().isBefore(mark.at()))
                .map(Sent::message)
                .collect(toSet());
        Set<String> come = received.stream()
                .filter(one -> fresh.contains(one.message()))
                .map(one -> flow(one.message().producer(), one.message().topic(), one.group()))
                .collect(toSet());
        return topics.stream()
                .flatMap(topic -> topic.groups().stream()
                        .flatMap(group ->
                                producers.stream().map(producer -> flow(producer, topic.name(), group.name()))))
                .filter(flow -> !come.contains(flow))
                .toList();
    }

    private static String flow(String producer, String topic, String group) {
        return "from " + producer + " by " + topic + " to " + group;
    }

    /** How many messages are missing, counted for each group that lacks them. */
    long missing(List<LiveTopic> topics) {
        Map<String, Set<LiveMessage>> had =
                received.stream().collect(groupingBy(Received::group, mapping(Received::message, toSet())));
        Map<String, Set<LiveMessage>> wanted =
                sent.stream().map(Sent::message).collect(groupingBy(LiveMessage::topic, toSet()));
        long missing = 0;
        for (LiveTopic topic : topics) {
            for (LiveGroup group : topic.groups()) {
                Set<LiveMessage> its = had.getOrDefault(group.name(), Set.of());
                missing += wanted.getOrDefault(topic.name(), Set.of()).stream()
                        .filter(message -> !its.contains(message))
                        .count();
            }
        }
        return missing;
    }

    void update() throws IOException {
        for (Map.Entry<Path, Long> diary : positions.entrySet()) {
            if (Files.exists(diary.getKey())) {
                diary.setValue(readOn(diary.getKey(), diary.getValue()));
            }
        }
    }

    /** Takes whole lines only: the last one may be half written, for now or, after a kill, for ever. */
    private long readOn(Path diary, long position) throws IOException {
        byte[] bytes;
        try (SeekableByteChannel file = Files.newByteChannel(diary).position(position)) {
            ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(file.size() - position));
            while (buffer.hasRemaining() && file.read(buffer) >= 0) {}
            bytes = buffer.array();
        }
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                take(diary, new String(bytes, start, i - start, UTF_8).split(Diary.SEPARATOR, -1));
                start = i + 1;
            }
        }
        return position + start;
    }

    private void take(Path diary, String[] fields) {
        switch (fields[0]) {
            case Sent.TAG -> sent.add(Sent.of(fields));
            case SendError.TAG -> errors.add(SendError.of(fields));
            case Received.TAG -> received.add(Received.of(fields));
            case Division.TAG -> {
                Division division = Division.of(fields);
                divisions.get(diary).put(division.topic() + " in " + division.group(), division);
                allDivisions.get(diary).add(division);
            }
            case Diary.NOTICE -> notices.get(diary).add(fields[1]);
            default -> throw new IllegalStateException(diary + " has a line " + String.join(" ", fields));
        }
    }
}
