package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.MessageType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Recent messages of a topic, counted by what their broker stores with them.
 *
 * @param types the number of messages of each type. Messages without a mark are {@code NORMAL} here: those that a 4.x
 *     client sends in order have none
 * @param delayLevels the delay levels that messages had
 * @param timed the number of delayed messages that had a time instead of a level
 * @param longestTimer the longest of the delays of these; zero if there are none
 * @param largest the size of the largest message as it is stored, in bytes
 * @param unseen why some messages were not read; empty if all were
 */
public record MessageSample(
        Map<MessageType, Integer> types,
        SortedSet<Integer> delayLevels,
        int timed,
        Duration longestTimer,
        int largest,
        Optional<String> unseen) {
    /** A topic without messages. */
    public static final MessageSample NONE = new MessageSample(Map.of(), new TreeSet<>(), 0, Optional.empty());

    public MessageSample {
        types = types.isEmpty() ? Map.of() : unmodifiableMap(new EnumMap<>(types));
        delayLevels = unmodifiableSortedSet(delayLevels);
        requireNonNull(longestTimer, "longestTimer is null");
        requireNonNull(unseen, "unseen is null");
    }

    /** Messages without a time. */
    public MessageSample(
            Map<MessageType, Integer> types, SortedSet<Integer> delayLevels, int largest, Optional<String> unseen) {
        this(types, delayLevels, 0, Duration.ZERO, largest, unseen);
    }

    /** One message without a delay. */
    public static MessageSample of(MessageType type, int bytes) {
        return new MessageSample(Map.of(type, 1), new TreeSet<>(), bytes, Optional.empty());
    }

    /** One message that waited for a delay level. */
    public static MessageSample delayed(int level, int bytes) {
        return new MessageSample(Map.of(MessageType.DELAY, 1), new TreeSet<>(Set.of(level)), bytes, Optional.empty());
    }

    /** One message that had a time of delivery. */
    public static MessageSample timed(Duration delay, int bytes) {
        return new MessageSample(Map.of(MessageType.DELAY, 1), new TreeSet<>(), 1, delay, bytes, Optional.empty());
    }

    /** No message, because they could not be read. */
    public static MessageSample unseen(String why) {
        return new MessageSample(Map.of(), new TreeSet<>(), 0, Optional.of(why));
    }

    /** The types of messages that a topic of a planned type does not take. Messages that 4.x clients send in order have no mark. */
    public Set<MessageType> contrary(MessageType planned) {
        Set<MessageType> contrary = EnumSet.noneOf(MessageType.class);
        contrary.addAll(types.keySet());
        contrary.removeIf(type -> type == planned
                || planned == MessageType.MIXED
                || (type == MessageType.NORMAL && planned == MessageType.FIFO));
        return contrary;
    }

    /** The number of messages. */
    public int size() {
        return types.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The messages of both. */
    public MessageSample and(MessageSample other) {
        Map<MessageType, Integer> counts = new EnumMap<>(MessageType.class);
        counts.putAll(types);
        other.types.forEach((type, count) -> counts.merge(type, count, Integer::sum));
        SortedSet<Integer> levels = new TreeSet<>(delayLevels);
        levels.addAll(other.delayLevels);
        return new MessageSample(
                counts,
                levels,
                timed + other.timed,
                longestTimer.compareTo(other.longestTimer) > 0 ? longestTimer : other.longestTimer,
                Math.max(largest, other.largest),
                unseen.or(other::unseen));
    }
}
