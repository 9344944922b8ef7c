package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.UtcTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Rules about messages that stay in the source when their topic has moved, until they are consumed there. */
final class HeldRows {
    private static final String DOCUMENTED =
            "documentation of managed migration, special messages: those that remain in the source may never be consumed; ";

    private HeldRows() {}

    static RowRule delayed() {
        return new RowRule(
                "RMA-205",
                "Delayed messages that wait",
                new RowText(
                        "messages of the source wait for their time: they are delivered there, also after the producers have"
                                + " switched",
                        "Keep consumers in the source until they are delivered: the last stage waits for them"
                                + " (source-drained).",
                        "Which topics have delayed messages, and when is the last one due?"),
                RowSource.of(
                        DOCUMENTED + "RocketMQ 4.7.1 to 5.5.0, ScheduleMessageService and TimerMessageStore",
                        "2026-11-26"),
                seen -> waiting(seen, List.of(HeldKind.DELAYED, HeldKind.TIMED), due(seen)));
    }

    static RowRule transactions() {
        return new RowRule(
                "RMA-207",
                "Open transactions",
                new RowText(
                        "half messages of the source wait for the end of their transaction",
                        "Keep the producers of these topics running until their transactions have ended.",
                        "Which producers send transactions, and are some open for long?"),
                RowSource.of(
                        DOCUMENTED
                                + "RocketMQ 4.7.1 to 5.5.0, TransactionalMessageServiceImpl; the count may be too high",
                        "2026-11-26"),
                seen -> waiting(seen, List.of(HeldKind.HALF), ""));
    }

    /** {@code ; the last is due at 2026-11-21 14:31 UTC (in 2 h)}. */
    private static String due(Observation seen) {
        Map<HeldKind, Amount> held = seen.source().held().needed().kinds();
        Amount delayed = held.getOrDefault(HeldKind.DELAYED, Amount.NOTHING);
        String last = delayed.due().values().stream()
                .max(Instant::compareTo)
                .map(at -> (delayed.unseen().isPresent() ? "; the last examined one is due " : "; the last is due ")
                        + (at.isAfter(seen.readAt()) ? "at " : "now, since ")
                        + UtcTime.words(at)
                        + (at.isAfter(seen.readAt())
                                ? " (in " + Counts.span(Duration.between(seen.readAt(), at)) + ")"
                                : ""))
                .orElse("");
        long timed = held.getOrDefault(HeldKind.TIMED, Amount.NOTHING).total();
        return last
                + (timed == 0
                        ? ""
                        : "; brokers do not report when the " + Counts.of(timed, "timed message") + " "
                                + Counts.isOrAre(timed) + " due");
    }

    private static RowFinding waiting(Observation seen, List<HeldKind> kinds, String due) {
        long total = 0;
        SortedMap<String, Long> topics = new TreeMap<>();
        Optional<String> unseen = Optional.empty();
        for (HeldKind kind : kinds) {
            Amount amount = seen.source().held().needed().kinds().getOrDefault(kind, Amount.NOTHING);
            total += amount.total();
            amount.topics().forEach((topic, count) -> topics.merge(topic, count, Long::sum));
            unseen = unseen.or(amount::unseen);
        }
        if (total == 0) {
            unseen.ifPresent(why -> {
                throw new Measured.NotMeasured(why);
            });
            return RowFinding.notFired("none");
        }
        List<String> counts = topics.entrySet().stream()
                .filter(topic -> topic.getValue() > 0)
                .map(topic -> topic.getKey() + " " + topic.getValue())
                .toList();
        return RowFinding.note(Counts.messages(total)
                        + (counts.isEmpty() ? "" : ": " + Names.of(counts, Counts.MOST_NAMED))
                        + due
                        + unseen.map(why -> "; not all were examined: " + why).orElse(""))
                .objects(topics.keySet())
                .effort(total, "message to wait for");
    }

    static RowRule retries() {
        return new RowRule(
                "RMA-206",
                "Retries that wait",
                new RowText(
                        "messages of the source wait to be consumed again",
                        "Keep consumers in the source until they are consumed: the last stage waits for them (source-drained).",
                        "Which groups have messages to retry?"),
                RowSource.of(DOCUMENTED + "RocketMQ 4.7.1 to 5.5.0, topics %RETRY%", "2026-11-26"),
                HeldRows::retries);
    }

    private static RowFinding retries(Observation seen) {
        ConsumerOffsets offsets = seen.source().consumers().needed().offsets();
        QueueOffsets queues = seen.source().queues().needed();
        SortedSet<String> topics = seen.metadata(Side.SOURCE)
                .masters()
                .flatMap(broker -> broker.topics().keySet().stream())
                .collect(toCollection(TreeSet::new));
        SortedMap<String, Long> waiting = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        for (String group : seen.source().groups()) {
            for (String topic : topics.tailSet(SystemNames.retryTopic(group))) {
                if (!topic.startsWith(SystemNames.retryTopic(group))) {
                    break;
                }
                if (SystemNames.isOfGroup(topic, group)) {
                    OptionalLong unread = offsets.backlog(group, topic, queues);
                    unread.ifPresentOrElse(count -> waiting.merge(group, count, Long::sum), () -> unknown.add(group));
                }
            }
        }
        waiting.values().removeIf(count -> count == 0);
        if (waiting.isEmpty()) {
            if (!unknown.isEmpty()) {
                throw new Measured.NotMeasured("the offsets of " + Counts.noun(unknown.size(), "group") + " "
                        + Names.of(unknown, Counts.MOST_NAMED) + " do not fit the queues of the retries");
            }
            return RowFinding.notFired(
                    Counts.of(seen.source().groups().size(), "group has", "groups have") + " no messages to retry");
        }
        return note(waiting, "message to wait for");
    }

    private static RowFinding note(SortedMap<String, Long> counts, String unit) {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        return RowFinding.note(Counts.messages(total) + ": " + Names.of(named(counts), Counts.MOST_NAMED))
                .objects(counts.keySet())
                .effort(total, unit);
    }

    private static List<String> named(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .toList();
    }

    static RowRule deadLetters() {
        return new RowRule(
                "RMA-208",
                "Dead letters",
                new RowText(
                        "the source has dead letters: no consumer reads them, so they stay behind",
                        "Send them again, or save them, before the source is switched off.",
                        "Which groups have dead letters, and who needs them?"),
                RowSource.of("RocketMQ 4.7.1 to 5.5.0, topics %DLQ%", "2026-11-26"),
                HeldRows::deadLetters);
    }

    private static RowFinding deadLetters(Observation seen) {
        QueueOffsets queues = seen.source().queues().needed();
        SortedMap<String, Long> letters = new TreeMap<>();
        deadLetterTopics(seen).forEach(topic -> queues.held(topic).ifPresent(count -> letters.put(topic, count)));
        letters.values().removeIf(count -> count == 0);
        return letters.isEmpty() ? RowFinding.notFired("none") : note(letters, "dead letter to send again or save");
    }

    private static Stream<String> deadLetterTopics(Observation seen) {
        return seen.source().groups().stream().map(SystemNames::deadLetterTopic);
    }
}
