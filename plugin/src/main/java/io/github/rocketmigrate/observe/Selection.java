package io.github.rocketmigrate.observe;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.text.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of a plan that somebody asked for.
 *
 * @param batches by name; all where there is none
 * @param topics patterns with {@code *} and {@code ?}; all where there is none
 * @param excluded patterns of topics to leave out
 */
public record Selection(List<String> batches, List<String> topics, List<String> excluded) {
    public static final Selection ALL = new Selection(List.of(), List.of(), List.of());

    public Selection {
        batches = List.copyOf(batches);
        topics = List.copyOf(topics);
        excluded = List.copyOf(excluded);
    }

    /** Reads lists with commas; null is none. */
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
     * What it takes in. A batch brings its groups and the groups of other batches that consume its topics; a pattern
     * of topics brings the groups that consume them, and those of their batches of which nobody knows.
     */
    public Scope in(MigrationPlan plan, ConsumerOffsets offsets) {
        known(plan);
        List<PlannedTopic> chosen = plan.batches().stream()
                .filter(this::holds)
                .flatMap(batch -> batch.topics().stream().map(topic -> new PlannedTopic(batch, topic)))
                .filter(topic -> holds(topic.name()))
                .toList();
        if (isPartial() && chosen.isEmpty() && (!topics.isEmpty() || !excluded.isEmpty())) {
            throw new Fault(
                    "No topic of the plan fits " + words() + ".",
                    "A pattern is a name in which * stands for anything and ? for one character.");
        }
        Set<String> names = chosen.stream().map(PlannedTopic::name).collect(toSet());
        boolean whole = topics.isEmpty() && excluded.isEmpty();
        List<PlannedGroup> groups = plan.batches().stream()
                .flatMap(batch -> batch.groups().stream().map(group -> new PlannedGroup(batch, group)))
                .filter(group -> (whole && holds(group.batch())) || consumes(group, names, offsets))
                .toList();
        return new Scope(chosen, groups, isPartial());
    }

    /** Whether a group consumes one of these topics; where nobody knows, whether its batch has one of them. */
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
                        "The plan has no batch '" + batch + "'" + Spelling.hint(batch, names) + ".",
                        "Give names of batches as they stand in the plan, with commas between them.");
            }
        }
    }

    private boolean holds(Batch batch) {
        return batches.isEmpty() || batches.contains(batch.name().value());
    }

    private boolean holds(String topic) {
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

    /** What was asked for, as it was asked for. */
    public String words() {
        return Stream.of(words("batch", batches), words("topic", topics), words("excludeTopic", excluded))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String words(String name, List<String> values) {
        return values.isEmpty() ? "" : "migrate." + name + "=" + String.join(",", values);
    }
}
