package io.github.rocketmigrate.observe;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.text.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects a part of a plan by batches and topics.
 *
 * @param batches by name; empty for all
 * @param topics patterns with {@code *} and {@code ?}; empty for all
 * @param excluded patterns of topics to exclude
 */
public record Selection(List<String> batches, List<String> topics, List<String> excluded) {
    public static final Selection ALL = new Selection(List.of(), List.of(), List.of());

    public Selection {
        batches = List.copyOf(batches);
        topics = List.copyOf(topics);
        excluded = List.copyOf(excluded);
    }

    /** Reads lists that are separated by commas; null is an empty list. */
    public static Selection of(String batches, String topics, String excluded) {
        return new Selection(list(batches), list(topics), list(excluded));
    }

    private static List<String> list(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    public boolean isPartial() {
        return !equals(ALL);
    }

    /**
     * The selected topics and groups. A batch selects its groups and the groups of other batches that consume its
     * topics. A pattern selects the groups that consume its topics, and groups of their batches whose topics are
     * unknown.
     */
    public Scope in(MigrationPlan plan, ConsumerOffsets offsets) {
        known(plan);
        Set<String> orderly = plan.orderlyGroupNames();
        List<PlannedTopic> chosen = plan.batches().stream()
                .filter(this::holds)
                .flatMap(batch -> batch.topics().stream().map(topic -> new PlannedTopic(batch, topic)))
                .filter(topic -> includes(topic.name()))
                .map(topic -> topic.withOrderly(offsets.groupsOf(topic.name()).stream()
                        .filter(orderly::contains)
                        .toList()))
                .toList();
        if (isPartial() && chosen.isEmpty() && (!topics.isEmpty() || !excluded.isEmpty())) {
            throw new Fault(
                    "No topic of the plan matches " + words() + ".",
                    "Correct the pattern: * matches any characters and ? matches one.");
        }
        Set<String> names = chosen.stream().map(PlannedTopic::name).collect(toSet());
        boolean whole = topics.isEmpty() && excluded.isEmpty();
        List<PlannedGroup> groups = plan.batches().stream()
                .flatMap(batch -> batch.groups().stream().map(group -> new PlannedGroup(batch, group)))
                .filter(group -> (whole && holds(group.batch())) || consumes(group, names, offsets))
                .toList();
        return new Scope(chosen, groups, isPartial());
    }

    /** Whether a group consumes one of these topics or, if its topics are unknown, its batch has one of them. */
    private static boolean consumes(PlannedGroup group, Set<String> topics, ConsumerOffsets offsets) {
        Set<String> consumed = offsets.topicsOf(group.name());
        return consumed.isEmpty()
                ? group.batch().topics().stream()
                        .anyMatch(topic -> topics.contains(topic.name().value()))
                : consumed.stream().anyMatch(topics::contains);
    }

    private void known(MigrationPlan plan) {
        List<String> names =
                plan.batches().stream().map(batch -> batch.name().value()).toList();
        for (String batch : batches) {
            if (!names.contains(batch)) {
                throw new Fault(
                        Sentences.closed("The plan has no batch '" + batch + "'" + Spelling.hint(batch, names)),
                        "Use the names of batches in the plan, separated by commas.");
            }
        }
    }

    private boolean holds(Batch batch) {
        return batches.isEmpty() || batches.contains(batch.name().value());
    }

    /** Whether the patterns select a topic, whatever its batch. */
    public boolean includes(String topic) {
        return (topics.isEmpty() || topics.stream().anyMatch(pattern -> fits(pattern, topic)))
                && excluded.stream().noneMatch(pattern -> fits(pattern, topic));
    }

    private static boolean fits(String pattern, String topic) {
        String expression = pattern.codePoints()
                .mapToObj(c -> switch (c) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(c));
                })
                .collect(Collectors.joining());
        return topic.matches(expression);
    }

    /** The selection as the user wrote it. */
    public String words() {
        return Stream.of(words("batch", batches), words("topic", topics), words("excludeTopic", excluded))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String words(String name, List<String> values) {
        return values.isEmpty() ? "" : "migrate." + name + "=" + String.join(",", values);
    }
}
