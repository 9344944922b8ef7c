package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Profile;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules about the delays that producers ask for, as newest and waiting messages show them. */
final class DelayRows {
    /** Brokers of 5.x accept timed messages up to three days ahead, unless their setting says otherwise. */
    private static final Duration USUAL_TIMER = Duration.ofDays(3);

    private DelayRows() {}

    static RowRule longest() {
        return new RowRule(
                "RMA-203",
                "Longest delay",
                new RowText(
                        "a delay that is in use is longer than the destination allows",
                        "Shorten the delay in the producers, or raise the limit of the destination (timerMaxDelaySec, or"
                                + " another edition).",
                        "What is the longest delay that producers ask for?"),
                RowSource.of(
                        "ApsaraMQ for RocketMQ, Limits of 4.x: 40 days; 5.x, Scheduled and delayed messages: by"
                                + " edition; RocketMQ 5.5.0, MessageStoreConfig.timerMaxDelaySec (3 days)",
                        "2026-11-30"),
                DelayRows::longest);
    }

    private static RowFinding longest(Observation seen) {
        SortedMap<String, Duration> byTopic = new TreeMap<>();
        levels(seen)
                .forEach((topic, levels) -> levels.forEach(level ->
                        length(seen, level).ifPresent(delay -> byTopic.merge(topic, delay, DelayRows::longer))));
        MessageRows.samples(seen).forEach((topic, sample) -> {
            if (sample.timed() > 0) {
                byTopic.merge(topic, sample.longestTimer(), DelayRows::longer);
            }
        });
        Duration limit = limit(seen);
        List<String> over = byTopic.entrySet().stream()
                .filter(topic -> topic.getValue().compareTo(limit) > 0)
                .map(Map.Entry::getKey)
                .toList();
        String value = byTopic.isEmpty()
                ? "no delay in " + MessageRows.sampled(MessageRows.samples(seen))
                : "longest delay in use: " + Counts.span(Collections.max(byTopic.values())) + ", of "
                        + Names.of(longest(byTopic), Counts.MOST_NAMED);
        if (!over.isEmpty()) {
            return RowFinding.blocker(value)
                    .limit(Counts.span(limit))
                    .objects(over)
                    .effort(over.size(), "topic to change");
        }
        requireAll(seen);
        Amount timed = held(seen, HeldKind.TIMED);
        if (timed.total() > 0) {
            throw new Measured.NotMeasured(Counts.of(timed.total(), "timed message") + " of "
                    + Names.of(timed.topics().keySet(), Counts.MOST_NAMED) + " "
                    + Counts.verb(timed.total(), "waits", "wait")
                    + ", and brokers do not report for how long; " + value);
        }
        return RowFinding.notFired(value).limit(Counts.span(limit));
    }

    private static List<String> longest(SortedMap<String, Duration> byTopic) {
        Duration most = Collections.max(byTopic.values());
        return byTopic.entrySet().stream()
                .filter(topic -> topic.getValue().equals(most))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Amount held(Observation seen, HeldKind kind) {
        return seen.source().held().needed().kinds().getOrDefault(kind, Amount.NOTHING);
    }

    /** The delay levels that each topic uses: those of its newest messages, and those of messages that wait. */
    private static SortedMap<String, SortedSet<Integer>> levels(Observation seen) {
        SortedMap<String, SortedSet<Integer>> levels = new TreeMap<>();
        for (Map.Entry<String, MessageSample> sample : MessageRows.samples(seen).entrySet()) {
            add(levels, sample.getKey(), sample.getValue().delayLevels());
        }
        held(seen, HeldKind.DELAYED).levels().forEach((topic, some) -> add(levels, topic, some));
        return levels;
    }

    private static void add(SortedMap<String, SortedSet<Integer>> levels, String topic, Collection<Integer> some) {
        if (!some.isEmpty()) {
            levels.computeIfAbsent(topic, key -> new TreeSet<>()).addAll(some);
        }
    }

    /** A topic of which some messages could not be read has not passed. */
    private static void requireAll(Observation seen) {
        MessageRows.requireAll(MessageRows.samples(seen));
        for (HeldKind kind : List.of(HeldKind.DELAYED, HeldKind.TIMED)) {
            held(seen, kind).unseen().ifPresent(why -> {
                throw new Measured.NotMeasured("not all " + kind.word() + " messages were examined: " + why);
            });
        }
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

    /** How long a broker of the source holds the messages of a level. */
    private static Optional<Duration> length(Observation seen, int level) {
        return seen.metadata(Side.SOURCE)
                .masters()
                .flatMap(broker -> broker.delay(level).stream())
                .filter(delay -> delay.matches("\\d{1,9}[smhd]"))
                .map(DelayRows::duration)
                .max(Duration::compareTo);
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

    static RowRule settings() {
        return new RowRule(
                "RMA-204",
                "Delay levels",
                new RowText(
                        "a delay level of sampled or waiting messages means another delay at the destination, or none",
                        "Set messageDelayLevel of the destination's brokers as at the source, and restart them.",
                        "Which delay levels do producers use, and does the destination have the same?"),
                RowSource.of("RocketMQ 4.9.7 and 5.5.0, MessageStoreConfig.messageDelayLevel, seen", "2026-11-26"),
                DelayRows::settings);
    }

    private static RowFinding settings(Observation seen) {
        Set<Integer> levels = new TreeSet<>();
        levels(seen).values().forEach(levels::addAll);
        List<String> different = new ArrayList<>();
        for (int level : levels) {
            Optional<String> here = here(seen, level);
            List<String> brokers = BrokerRows.brokers(
                    seen.metadata(Side.DESTINATION),
                    broker -> !broker.delay(level).equals(here));
            if (!brokers.isEmpty()) {
                Broker other = seen.metadata(Side.DESTINATION).brokers().get(brokers.get(0));
                different.add("level " + level + ": " + here.orElse("none") + " at the source, "
                        + other.delay(level).orElse("none") + " at " + Names.of(brokers, Counts.MOST_NAMED));
            }
        }
        if (different.isEmpty()) {
            requireAll(seen);
        }
        if (levels.isEmpty()) {
            return RowFinding.notFired("no delay level in " + MessageRows.sampled(MessageRows.samples(seen)));
        }
        String value = Counts.of(levels.size(), "delay level is", "delay levels are") + " in use: "
                + levels.stream()
                        .map(level ->
                                "level " + level + " (" + here(seen, level).orElse("none") + ")")
                        .collect(joining(", "));
        return different.isEmpty()
                ? RowFinding.notFired(value)
                : RowFinding.blocker(value + "; " + String.join("; ", different))
                        .objects(different.stream()
                                .map(level -> level.substring(0, level.indexOf(':')))
                                .toList())
                        .effort(different.size(), "delay level to set");
    }

    private static Optional<String> here(Observation seen, int level) {
        return seen.metadata(Side.SOURCE)
                .masters()
                .flatMap(broker -> broker.delay(level).stream())
                .findFirst();
    }
}
