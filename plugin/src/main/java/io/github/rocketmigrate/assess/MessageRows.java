package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rules about the newest messages that topics of the source have: their types and sizes. */
final class MessageRows {
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
                .effort(topics.size(), "topic to decide about");
    }

    private static String counts(MessageSample sample) {
        return sample.types().entrySet().stream()
                .map(type -> type.getValue() + " " + type.getKey())
                .collect(joining(", "));
    }

    static SortedMap<String, MessageSample> samples(Observation seen) {
        return new TreeMap<>(seen.source().samples().needed());
    }

    /** A topic whose messages could not be read has not passed. */
    static void requireAll(Map<String, MessageSample> samples) {
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

    static String sampled(Map<String, MessageSample> samples) {
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
}
