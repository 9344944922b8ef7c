package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.ObjectUse;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Lists the topics and groups that this plan created at the destination before it had {@code traffic}. After the join,
 * they would be open in both clusters at once, so they have to be removed before it.
 *
 * @param topics by name
 * @param groups by name
 */
public record ObjectsToRemove(SortedMap<String, ObjectToRemove> topics, SortedMap<String, ObjectToRemove> groups) {
    public static final ObjectsToRemove NONE = new ObjectsToRemove(new TreeMap<>(), new TreeMap<>());

    public ObjectsToRemove {
        topics = unmodifiableSortedMap(topics);
        groups = unmodifiableSortedMap(groups);
    }

    /**
     * A topic or group.
     *
     * @param settings on each master that has it; empty if only name servers still list it
     * @param hasRetryTopic whether it is a group with a retry topic
     * @param isChanged whether its settings are not those that the record shows
     * @param uses what uses it, in words; empty if it is unused
     */
    public record ObjectToRemove(
            SortedMap<String, ObjectSettings> settings, boolean hasRetryTopic, boolean isChanged, List<String> uses) {
        public ObjectToRemove {
            settings = unmodifiableSortedMap(settings);
            uses = List.copyOf(uses);
        }

        ObjectToRemove usedBy(List<String> found) {
            return new ObjectToRemove(settings, hasRetryTopic, isChanged, found);
        }
    }

    /** The objects of the selected part of the plan, before the first join; their use is not known yet. */
    public static ObjectsToRemove in(Situation situation) {
        if (!situation.isBeforeFirstJoin()) {
            return NONE;
        }
        Metadata destination = situation.destination();
        MigrationRecord recorded = situation.recorded();
        Set<String> masters = destination.brokers().keySet();
        SortedMap<String, ObjectToRemove> topics = new TreeMap<>();
        for (PlannedTopic topic : situation.scope().topics()) {
            String name = topic.name();
            var settings = destination.topic(name);
            recorded.of(SettingsHash.topicKey(name))
                    .filter(RecordedObject::isOurs)
                    .filter(entry -> !settings.isEmpty() || destination.isRouted(name))
                    .ifPresent(entry -> topics.put(
                            name,
                            new ObjectToRemove(
                                    new TreeMap<>(settings),
                                    false,
                                    !isAsRecorded(entry, settings, masters, SettingsHash::topic),
                                    List.of())));
        }
        SortedMap<String, ObjectToRemove> groups = new TreeMap<>();
        for (PlannedGroup group : situation.scope().groups()) {
            String name = group.name();
            var settings = destination.group(name);
            String retries = Traffic.retries(name);
            boolean hasRetries = !destination.topic(retries).isEmpty() || destination.isRouted(retries);
            recorded.of(SettingsHash.groupKey(name))
                    .filter(RecordedObject::isOurs)
                    .filter(entry -> !settings.isEmpty() || hasRetries)
                    .ifPresent(entry -> groups.put(
                            name,
                            new ObjectToRemove(
                                    new TreeMap<>(settings),
                                    hasRetries,
                                    !isAsRecorded(entry, settings, masters, SettingsHash::group),
                                    List.of())));
        }
        return topics.isEmpty() && groups.isEmpty() ? NONE : new ObjectsToRemove(topics, groups);
    }

    /** Whether an object is as a run left it, which may have stopped while it created or removed the object. */
    private static <S> boolean isAsRecorded(
            RecordedObject entry,
            SortedMap<String, S> settings,
            Set<String> masters,
            Function<SortedMap<String, S>, String> hash) {
        if (entry.ownership() == Ownership.REMOVING || settings.isEmpty()) {
            return true;
        }
        SortedMap<String, S> complete = new TreeMap<>(settings);
        if (entry.ownership() == Ownership.CREATING) {
            S one = settings.get(settings.firstKey());
            masters.forEach(master -> complete.putIfAbsent(master, one));
        }
        return entry.hash().equals(hash.apply(complete));
    }

    /** The same objects with what uses them. */
    public ObjectsToRemove usedBy(ObjectUse use) {
        requireNonNull(use, "use is null");
        SortedMap<String, ObjectToRemove> usedTopics = new TreeMap<>();
        topics.forEach((name, one) -> usedTopics.put(name, one.usedBy(use.ofTopic(name))));
        SortedMap<String, ObjectToRemove> usedGroups = new TreeMap<>();
        groups.forEach((name, one) -> usedGroups.put(name, one.usedBy(use.ofGroup(name))));
        return new ObjectsToRemove(usedTopics, usedGroups);
    }

    public boolean isEmpty() {
        return topics.isEmpty() && groups.isEmpty();
    }

    public int size() {
        return topics.size() + groups.size();
    }
}
