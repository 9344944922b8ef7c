package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Describes what differs at the source once the destination owns an object, see {@link SettingsOwner}. No run removes
 * this drift.
 *
 * @param what the object, and the settings with their values in both clusters
 */
public record SourceDrift(Subject subject, String what, String fix) {
    private static final String RETRIES = "retries";

    public SourceDrift {
        requireNonNull(subject, "subject is null");
        requireNonNull(what, "what is null");
        requireNonNull(fix, "fix is null");
    }

    /** The drift of all selected objects; none once the migration is complete and the source no longer counts. */
    public static List<SourceDrift> in(Situation situation) {
        if (situation.routing().isEmpty() || situation.recorded().complete()) {
            return List.of();
        }
        SettingsOwner owner = new SettingsOwner(situation);
        Wanted wanted = new Wanted(situation);
        List<SourceDrift> all = new ArrayList<>();
        situation.scope().groups().stream()
                .filter(owner::isDestination)
                .forEach(group -> between(
                                GroupPlanner.subject(group),
                                ofGroup(wanted, group, situation.source().group(group.name())),
                                ofGroup(wanted, group, situation.destination().group(group.name())))
                        .ifPresent(all::add));
        situation.scope().topics().stream()
                .filter(topic -> owner.isDestination(topic.name()))
                .forEach(topic -> between(
                                TopicPlanner.subject(topic),
                                ofTopic(wanted, topic, situation.source().topic(topic.name())),
                                ofTopic(wanted, topic, situation.destination().topic(topic.name())))
                        .ifPresent(all::add));
        return List.copyOf(all);
    }

    private static Optional<SourceDrift> between(Subject subject, SettingsByMaster source, SettingsByMaster found) {
        List<String> settings = source.unknownTo(found);
        return settings.isEmpty() || found.values().isEmpty()
                ? Optional.empty()
                : Optional.of(new SourceDrift(
                        subject,
                        object(subject) + " has other settings at the source (drift): "
                                + settings.stream()
                                        .map(name -> name + " is " + source.words(name) + " at the source and "
                                                + found.words(name) + " at the destination")
                                        .collect(joining("; ")),
                        "Nothing is copied once a topic has left the source. Find out which cluster was changed, and make"
                                + " the same change in the other one by hand, or undo it."));
    }

    private static String object(Subject subject) {
        return (subject.kind() == Subject.Kind.GROUP ? "Group" : "Topic") + " '" + subject.name() + "'";
    }

    /** Sentences about groups that get the source's settings although its masters differ. */
    public static List<String> disagreements(Situation situation) {
        SettingsOwner owner = new SettingsOwner(situation);
        Wanted wanted = new Wanted(situation);
        List<String> sentences = new ArrayList<>();
        for (PlannedGroup group : situation.scope().groups()) {
            SortedMap<String, GroupSettings> masters = situation.source().group(group.name());
            SettingsByMaster source = ofGroup(wanted, group, masters);
            if (!source.disputed().isEmpty() && !owner.isDestination(group)) {
                Map<String, String> chosen = Differences.words(Wanted.together(masters));
                sentences.add("The source's masters disagree about group '" + group.name() + "': "
                        + source.disputed().stream()
                                .map(name -> name + " is " + source.words(name))
                                .collect(joining("; "))
                        + ". The destination gets "
                        + source.disputed().stream()
                                .map(name -> name + " " + chosen.getOrDefault(name, SettingsByMaster.ABSENT))
                                .collect(joining(", "))
                        + ".");
            }
        }
        return sentences;
    }

    /** Without the order, which the plan sets. */
    private static SettingsByMaster ofGroup(
            Wanted wanted, PlannedGroup group, SortedMap<String, GroupSettings> masters) {
        boolean isPlanned = wanted.retries(group).isPresent();
        return SettingsByMaster.of(masters, settings -> {
            Map<String, String> words = Differences.words(settings);
            words.remove("order");
            if (isPlanned) {
                words.remove(RETRIES);
            }
            return words;
        });
    }

    /**
     * Without the type, which the plan sets, the permissions of the stage, and the order mark, which 4.x brokers lose with
     * every step.
     */
    private static SettingsByMaster ofTopic(
            Wanted wanted, PlannedTopic topic, SortedMap<String, TopicSettings> masters) {
        boolean isPlanned = wanted.queues(topic).isPresent();
        // The destination got as many as the master with the most.
        int most =
                masters.values().stream().mapToInt(TopicSettings::queues).max().orElse(0);
        return SettingsByMaster.of(masters, settings -> {
            Map<String, String> words = new LinkedHashMap<>();
            if (!isPlanned) {
                words.put("queues", Integer.toString(most));
            }
            words.putAll(TopicAlignment.FIXED);
            words.putAll(settings.otherAttributes());
            return words;
        });
    }
}
