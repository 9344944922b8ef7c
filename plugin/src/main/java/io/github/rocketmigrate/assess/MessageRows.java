package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Profile;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules about the messages that topics of the source have: their types, sizes and delays. */
final class MessageRows {
    /** Brokers of 5.x accept timed messages up to three days ahead, unless their setting says otherwise. */
    private static final Duration USUAL_TIMER = Duration.ofDays(3);

    private static final String QUESTION_OF_TYPES = "Which types of messages do the producers of each topic send?";

    private MessageRows() {}

    static RowRule types() {
        return new RowRule(
                "RMA-201",
                "Message types",
                new RowText(
                        "a sampled message has another type than the plan says, or the samples of a topic outside the plan"
                                + " have several types",
                        "Correct the type in the plan, or send each type to a topic of its own: with a wrong type, sends are"
                                + " denied after the move.",
                        QUESTION_OF_TYPES),
                RowSource.of(
                        "documentation of RocketMQ 5.x, message types; RocketMQ 4.9.7 and 5.5.0, seen in stored messages",
                        "2026-11-26"),
                MessageRows::types);
    }

    private static RowFinding types(Observation seen) {
        Map<String, MessageType> planned = new HashMap<>();
        seen.plan()
                .topics()
                .forEach(topic -> planned.put(topic.name().value(), topic.type().value()));
        List<String> wrong = new ArrayList<>();
        List<String> topics = new ArrayList<>();
        boolean isPlanned = false;
        for (Map.Entry<String, MessageSample> sample : samples(seen).entrySet()) {
            MessageType type = planned.get(sample.getKey());
            boolean contradicts = type == null
                    ? sample.getValue().types().size() > 1
                    : !sample.getValue().contrary(type).isEmpty();
            if (contradicts) {
                isPlanned |= type != null;
                topics.add(sample.getKey());
                wrong.add(sample.getKey() + ": " + counts(sample.getValue())
                        + (type == null ? "" : ", planned as " + type));
            }
        }
        if (wrong.isEmpty()) {
            requireAll(samples(seen));
            return RowFinding.notFired(sampled(samples(seen)) + " fit");
        }
        return RowFinding.fired(
                        isPlanned ? RowSeverity.BLOCKER : RowSeverity.RISK, Names.clauses(wrong, Counts.MOST_NAMED))
                .objects(topics)
                .effort(topics.size(), "topic to decide");
    }

    private static String counts(MessageSample sample) {
        return sample.types().entrySet().stream()
                .map(type -> type.getValue() + " " + type.getKey())
                .collect(joining(", "));
    }

    private static SortedMap<String, MessageSample> samples(Observation seen) {
        return new TreeMap<>(seen.source().samples().needed());
    }

    /** A topic whose messages could not be read has not passed. */
    private static void requireAll(Map<String, MessageSample> samples) {
        List<String> unseen = samples.entrySet().stream()
                .filter(sample -> sample.getValue().unseen().isPresent())
                .map(sample ->
                        sample.getKey() + " (" + sample.getValue().unseen().get() + ")")
                .toList();
        if (!unseen.isEmpty()) {
            throw new Measured.NotMeasured("the messages of " + Counts.of(unseen.size(), "topic")
                    + " were not all read: " + Names.of(unseen, Counts.MOST_NAMED));
        }
    }

    private static String sampled(Map<String, MessageSample> samples) {
        long messages = samples.values().stream().mapToLong(MessageSample::size).sum();
        long topics =
                samples.values().stream().filter(sample -> sample.size() > 0).count();
        return Counts.of(messages, "sampled message") + " of " + Counts.of(topics, "topic");
    }

    static RowRule sizes() {
        return new RowRule(
                "RMA-202",
                "Message sizes",
                new RowText(
                        "a sampled message is larger than the destination allows",
                        "Set maxMessageSize of the destination as at the source, or send smaller messages.",
                        "How large is the largest message of each topic?"),
                RowSource.of(
                        "RocketMQ 5.5.0, MessageStoreConfig.maxMessageSize; documentation of managed RocketMQ 5.x: 4 MB",
                        "2026-11-30"),
                MessageRows::sizes);
    }

    private static RowFinding sizes(Observation seen) {
        SortedMap<String, MessageSample> samples = samples(seen);
        long most = StorageRows.largestAllowed(seen);
        long largest = samples.values().stream()
                .mapToLong(MessageSample::largest)
                .max()
                .orElse(0);
        List<String> over = samples.entrySet().stream()
                .filter(sample -> sample.getValue().largest() > most)
                .map(Map.Entry::getKey)
                .toList();
        String value = "largest message in up to 64 samples a queue: " + Counts.bytes(largest);
        if (over.isEmpty()) {
            requireAll(samples);
            return RowFinding.notFired(value).limit(Counts.bytes(most));
        }
        return RowFinding.blocker(value + "; too large in " + Names.of(over, Counts.MOST_NAMED))
                .limit(Counts.bytes(most))
                .objects(over)
                .effort(over.size(), "topic to change");
    }

    static RowRule longestDelay() {
        return new RowRule(
                "RMA-203",
                "Longest delay",
                new RowText(
                        "a delay that is in use is longer than the destination allows",
                        "Shorten the delay in the producers, or raise the limit of the destination (timerMaxDelaySec, or"
                                + " another edition).",
                        "What is the longest delay that producers ask for?"),
                RowSource.of(
                        "documentation of managed RocketMQ: 40 days on 4.x, and by edition on 5.x; RocketMQ 5.5.0,"
                                + " MessageStoreConfig.timerMaxDelaySec (3 days)",
                        "2026-11-30"),
                MessageRows::longestDelay);
    }

    private static RowFinding longestDelay(Observation seen) {
        SortedMap<String, Duration> byTopic = new TreeMap<>();
        int timed = 0;
        for (Map.Entry<String, MessageSample> sample : samples(seen).entrySet()) {
            for (int level : sample.getValue().delayLevels()) {
                delay(seen, level).ifPresent(delay -> byTopic.merge(sample.getKey(), delay, MessageRows::longer));
            }
            timed += sample.getValue().timed();
        }
        HeldMessages held = seen.source().held().needed();
        for (HeldKind kind : List.of(HeldKind.DELAYED, HeldKind.TIMED)) {
            Amount amount = held.kinds().getOrDefault(kind, Amount.NOTHING);
            for (Map.Entry<String, Instant> due : amount.due().entrySet()) {
                Duration left = Duration.between(seen.readAt(), due.getValue());
                byTopic.merge(due.getKey(), left.isNegative() ? Duration.ZERO : left, MessageRows::longer);
            }
        }
        Duration limit = limit(seen);
        List<String> over = byTopic.entrySet().stream()
                .filter(topic -> topic.getValue().compareTo(limit) > 0)
                .map(Map.Entry::getKey)
                .toList();
        String value = byTopic.isEmpty()
                ? "no delay in " + sampled(samples(seen))
                : "longest delay in use: " + Counts.span(Collections.max(byTopic.values()));
        if (!over.isEmpty()) {
            return RowFinding.blocker(value + ", of " + Names.of(over, Counts.MOST_NAMED))
                    .limit(Counts.span(limit))
                    .objects(over)
                    .effort(over.size(), "topic to change");
        }
        requireAll(samples(seen));
        if (timed > 0) {
            throw new Measured.NotMeasured(Counts.of(timed, "sampled message")
                    + " had a time of delivery, and delivered messages do not show how long they waited");
        }
        return RowFinding.notFired(value).limit(Counts.span(limit));
    }

    private static Duration limit(Observation seen) {
        Profile profile = seen.plan().profile();
        Optional<Integer> days = profile.limits().delayDays();
        if (days.isPresent()) {
            return Duration.ofDays(days.get());
        }
        return StorageRows.setting(seen, Side.DESTINATION, Broker.LONGEST_TIMER)
                .mapToObj(Duration::ofSeconds)
                .min(Duration::compareTo)
                .orElse(USUAL_TIMER);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** The delay of a level at the source. */
    private static Optional<Duration> delay(Observation seen, int level) {
        return seen.metadata(Side.SOURCE)
                .masters()
                .flatMap(broker -> broker.delay(level).stream())
                .findFirst()
                .filter(delay -> delay.matches("\\d{1,9}[smhd]"))
                .map(MessageRows::duration);
    }

    private static Duration duration(String delay) {
        long number = Long.parseLong(delay.substring(0, delay.length() - 1));
        return switch (delay.charAt(delay.length() - 1)) {
            case 'd' -> Duration.ofDays(number);
            case 'h' -> Duration.ofHours(number);
            case 'm' -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    static RowRule delayLevels() {
        return new RowRule(
                "RMA-204",
                "Delay levels",
                new RowText(
                        "a delay level that sampled messages have means another delay at the destination, or none",
                        "Set messageDelayLevel of the destination's brokers as at the source, and restart them.",
                        "Which delay levels do producers use, and does the destination have the same?"),
                RowSource.of("RocketMQ 4.9.7 and 5.5.0, MessageStoreConfig.messageDelayLevel, seen", "2026-11-26"),
                MessageRows::delayLevels);
    }

    private static RowFinding delayLevels(Observation seen) {
        SortedSet<Integer> levels = new TreeSet<>();
        samples(seen).values().forEach(sample -> levels.addAll(sample.delayLevels()));
        if (levels.isEmpty()) {
            requireAll(samples(seen));
            return RowFinding.notFired("no delay level in " + sampled(samples(seen)));
        }
        List<String> different = new ArrayList<>();
        for (int level : levels) {
            Optional<String> here = seen.metadata(Side.SOURCE)
                    .masters()
                    .flatMap(broker -> broker.delay(level).stream())
                    .findFirst();
            List<String> brokers = BrokerRows.brokers(
                    seen.metadata(Side.DESTINATION),
                    broker -> !broker.delay(level).equals(here));
            if (!brokers.isEmpty()) {
                Broker other = seen.metadata(Side.DESTINATION).brokers().get(brokers.get(0));
                different.add("level " + level + ": " + here.orElse("none") + " at the source, "
                        + other.delay(level).orElse("none") + " at " + Names.of(brokers, Counts.MOST_NAMED));
            }
        }
        String value = "levels in use: " + levels.stream().map(String::valueOf).collect(joining(", "));
        return different.isEmpty()
                ? RowFinding.notFired(value)
                : RowFinding.blocker(value + "; " + String.join("; ", different))
                        .objects(different.stream()
                                .map(level -> level.substring(0, level.indexOf(':')))
                                .toList())
                        .effort(different.size(), "delay level to set");
    }
}
