package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Computes the entries of topics and groups in the record: their settings, and whether this plan created them.
 *
 * <p>Longer than 300 lines: what is noted before a run and what is recorded after it share the rules of one entry.
 */
final class ObjectRecords {
    private final Situation situation;
    private final SortedMap<String, SortedMap<String, RecordedObject>> batches = new TreeMap<>();
    private final Map<String, Change> made = new HashMap<>();
    private final Set<String> created = new HashSet<>();
    private final Map<String, Arrival> arrivals;

    /**
     * Begins with what is recorded of some batches.
     *
     * @param arrivals of topics at their stage, by name; others have it since the situation was read
     */
    ObjectRecords(Situation situation, Set<String> kept, Map<String, Arrival> arrivals) {
        this.arrivals = Map.copyOf(arrivals);
        this.situation = requireNonNull(situation, "situation is null");
        situation.recorded().batches().forEach((name, batch) -> {
            if (kept.contains(name)) {
                batches.put(name, new TreeMap<>(batch.objects()));
            }
        });
    }

    /** Notes before a change that it creates, removes or moves an object. */
    void begin(Change change) {
        String key = key(change.subject());
        if (change instanceof Change.AlignObject object && object.isNew()) {
            String hash = object.isOfTopic()
                    ? SettingsHash.topic(object.after(TopicSettings.class))
                    : SettingsHash.group(object.after(GroupSettings.class));
            put(change.subject(), key, new RecordedObject(Optional.empty(), hash, Ownership.CREATING));
        } else if (change instanceof Change.MoveTopic move) {
            put(
                    change.subject(),
                    key,
                    found(move.subject().name(), move.found().pair().flatMap(Pair::stage), entry(key))
                            .withHeading(move.wanted()));
        } else if (change instanceof Change.Remove) {
            situation
                    .recorded()
                    .of(key)
                    .ifPresent(entry -> put(
                            change.subject(),
                            key,
                            new RecordedObject(Optional.empty(), entry.hash(), Ownership.REMOVING)));
        }
    }

    /**
     * A topic that moves, with the stage where it is now: a killed run may have moved it there, and the new heading
     * replaces the only evidence of that.
     */
    private RecordedObject found(String name, Optional<Stage> at, Optional<RecordedObject> recorded) {
        SortedMap<String, TopicSettings> settings = situation.destination().topic(name);
        RecordedObject topic = recorded.orElseGet(
                () -> new RecordedObject(Optional.empty(), SettingsHash.topic(settings), Ownership.FOUND));
        Optional<Stage> left = at.filter(stage -> stage != Stage.SOURCE);
        if (left.isEmpty()) {
            return topic;
        }
        SortedMap<String, TopicSettings> asCreated = new TreeMap<>(settings);
        asCreated.replaceAll((broker, one) -> one.withAccess(Access.NONE));
        return topic.foundAt(
                left.get(),
                ownership(SettingsHash.topicKey(name), SettingsHash.topic(asCreated)),
                situation.readAt().truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Records since when topics are at their stage that have to stay there for a while, where that is not recorded: a version
     * without times has left them there, or a run that was killed.
     */
    void noteEntries() {
        for (PlannedTopic topic : situation.scope().topics()) {
            Optional<Stage> now = situation.standing(topic.name()).pair().flatMap(Pair::stage);
            boolean isSoaking =
                    situation.plan().conditionsOf(topic.batch()).soaking().isPresent();
            if (isSoaking && now.isPresent() && now.get() != Stage.SOURCE) {
                String key = SettingsHash.topicKey(topic.name());
                RecordedObject entry = found(topic.name(), now, entry(key));
                RecordedObject timed = entry.since().isPresent()
                        ? entry
                        : entry.at(situation.readAt().truncatedTo(ChronoUnit.SECONDS));
                if (!entry(key).equals(Optional.of(timed))) {
                    put(topic.batch().name().value(), key, timed);
                }
            }
        }
    }

    /**
     * Forgets where topics were heading that this run has not moved and that are closed at the destination: if somebody
     * else opens such a topic later, it must not pass for a step of ours.
     *
     * @param since the results of changes that the situation does not show
     */
    void endHeadings(AppliedChanges since) {
        Set<String> tried = since.changes().stream()
                .filter(one -> one.outcome() != WriteOutcome.NOT_ATTEMPTED)
                .map(one -> key(one.change().subject()))
                .collect(toSet());
        for (PlannedTopic topic : situation.scope().topics()) {
            String key = SettingsHash.topicKey(topic.name());
            if (!tried.contains(key) && !situation.isOpen(Side.DESTINATION, topic.name())) {
                batches.values()
                        .forEach(objects -> objects.computeIfPresent(key, (same, object) -> object.withoutHeading()));
            }
        }
    }

    /** Sequence numbers count per batch: an entry of another batch could pass for newer. */
    private void put(Subject subject, String key, RecordedObject object) {
        subject.batch().ifPresent(batch -> put(batch, key, object));
    }

    private void put(String batch, String key, RecordedObject object) {
        drop(key);
        batches.computeIfAbsent(batch, name -> new TreeMap<>()).put(key, object);
    }

    /** What is known of an object: what a change of this run has noted, or what was recorded. */
    private Optional<RecordedObject> entry(String key) {
        return batches.values().stream()
                .flatMap(objects -> Optional.ofNullable(objects.get(key)).stream())
                .findFirst()
                .or(() -> situation.recorded().of(key));
    }

    private void drop(String key) {
        batches.values().forEach(objects -> objects.remove(key));
    }

    SortedMap<String, RecordedBatch> numbered() {
        SortedMap<String, RecordedBatch> numbered = new TreeMap<>();
        batches.forEach((name, objects) -> {
            RecordedBatch before = situation.recorded().batches().get(name);
            boolean same = before != null && before.objects().equals(objects);
            long sequence = before == null ? 0 : before.sequence();
            numbered.put(name, new RecordedBatch(same ? sequence : sequence + 1, objects));
        });
        return numbered;
    }

    private static String key(Subject subject) {
        return switch (subject.kind()) {
            case TOPIC -> SettingsHash.topicKey(subject.name());
            case GROUP -> SettingsHash.groupKey(subject.name());
            case BROKER -> "broker " + subject.name();
        };
    }

    /** Adds the result of a change that the situation does not show yet. */
    void addMade(AppliedChange applied) {
        if (applied.outcome().isDone()) {
            made.put(key(applied.change().subject()), applied.change());
        }
        add(applied);
    }

    /** Adds the result of a change; a change that was not made leaves the record as it is. */
    void add(AppliedChange applied) {
        Subject subject = applied.change().subject();
        if (!applied.outcome().isDone() || applied.change() instanceof Change.SeedOffsets) {
            return;
        }
        if (applied.change() instanceof Change.Remove) {
            drop(key(subject));
            return;
        }
        if (applied.outcome() == WriteOutcome.CONFIRMED
                && applied.change() instanceof Change.AlignObject object
                && object.isNew()) {
            created.add(key(subject));
        }
        add(subject);
    }

    /** Adds an object as it is, or drops what is recorded of one that is absent. */
    void add(Subject subject) {
        String key = key(subject);
        Optional<String> hash = switch (subject.kind()) {
            case TOPIC -> {
                SortedMap<String, TopicSettings> topic = topic(subject.name(), made.get(key));
                yield topic.isEmpty() ? Optional.empty() : Optional.of(SettingsHash.topic(topic));
            }
            case GROUP -> {
                SortedMap<String, GroupSettings> group = group(subject.name(), made.get(key));
                yield group.isEmpty() ? Optional.empty() : Optional.of(SettingsHash.group(group));
            }
            case BROKER -> Optional.empty();
        };
        if (hash.isPresent()) {
            Optional<Stage> stage = stage(subject);
            put(
                    subject,
                    key,
                    new RecordedObject(
                                    stage,
                                    hash.get(),
                                    ownership(key, hash.get()),
                                    since(subject, key, stage),
                                    before(key, stage))
                            .withSourceEnd(sourceEnd(subject, key, stage)));
        } else if (subject.kind() != Subject.Kind.BROKER) {
            drop(key);
        }
    }

    /** An object with the settings that a run was about to create is what that run created. */
    private Ownership ownership(String key, String hash) {
        if (created.contains(key)) {
            return Ownership.CREATED;
        }
        return situation
                .recorded()
                .of(key)
                .filter(entry -> switch (entry.ownership()) {
                    case FOUND -> false;
                    case CREATING -> entry.hash().equals(hash);
                    case CREATED, REMOVING -> true;
                })
                .map(entry -> Ownership.CREATED)
                .orElse(Ownership.FOUND);
    }

    /**
     * When an object came to its stage. A stage that was recorded before keeps its time, even if the time is unknown, unless
     * the topic left it and came back.
     */
    private Optional<Instant> since(Subject subject, String key, Optional<Stage> stage) {
        Optional<Instant> arrived = arrival(subject).map(Arrival::at).map(at -> at.truncatedTo(ChronoUnit.SECONDS));
        if (stage.isPresent() && arrived.isPresent()) {
            return arrived;
        }
        Optional<RecordedObject> same =
                situation.recorded().of(key).filter(entry -> entry.stage().equals(stage));
        return same.isPresent()
                ? same.flatMap(RecordedObject::since)
                : stage.map(it -> situation.readAt().truncatedTo(ChronoUnit.SECONDS));
    }

    private Optional<Arrival> arrival(Subject subject) {
        return subject.kind() == Subject.Kind.TOPIC
                ? Optional.ofNullable(arrivals.get(subject.name()))
                : Optional.empty();
    }

    /** A topic that comes to the destination again has another end at the source. */
    private OptionalLong sourceEnd(Subject subject, String key, Optional<Stage> stage) {
        if (!stage.equals(Optional.of(Stage.DESTINATION))) {
            return OptionalLong.empty();
        }
        OptionalLong known = arrival(subject)
                .map(Arrival::sourceEnd)
                .or(() -> situation
                        .recorded()
                        .of(key)
                        .filter(entry -> entry.stage().equals(stage))
                        .map(RecordedObject::sourceEnd))
                .orElseGet(OptionalLong::empty);
        return known.isPresent() ? known : consumedEnd(subject.name());
    }

    /** All that has come to the source, if its groups have consumed it: a run that was killed did not record the end. */
    private OptionalLong consumedEnd(String topic) {
        SortedSet<String> groups = new TreeSet<>(situation.offsets().groupsOf(topic));
        groups.removeAll(situation.plan().ignoredGroupNames());
        QueueOffsets queues = situation.leftBehind();
        return groups.stream()
                        .allMatch(group ->
                                situation.offsets().unread(group, topic, queues).isEmpty())
                ? queues.written(topic)
                : OptionalLong.empty();
    }

    /** The recorded stage that a new stage follows; the same stage keeps the one before it. */
    private Optional<Stage> before(String key, Optional<Stage> stage) {
        return situation
                .recorded()
                .of(key)
                .flatMap(entry -> entry.stage().equals(stage) ? entry.before() : entry.stage());
    }

    private Optional<Stage> stage(Subject subject) {
        return situation.routing().isPresent() && subject.kind() == Subject.Kind.TOPIC
                ? standing(subject).flatMap(Pair::stage)
                : Optional.empty();
    }

    private Optional<Pair> standing(Subject subject) {
        return made.get(key(subject)) instanceof Change.MoveTopic move
                ? move.after().pair()
                : situation.standing(subject.name()).pair();
    }

    private SortedMap<String, TopicSettings> topic(String name, Change change) {
        SortedMap<String, TopicSettings> topic =
                new TreeMap<>(situation.destination().topic(name));
        if (change instanceof Change.AlignObject object) {
            topic.putAll(object.after(TopicSettings.class));
        } else if (change instanceof Change.MoveTopic move) {
            for (Rung.AccessChange write : move.rung().writes()) {
                if (write.side() == Side.DESTINATION) {
                    topic.replaceAll((broker, settings) -> settings.withAccess(write.access()));
                }
            }
        }
        return topic;
    }

    private SortedMap<String, GroupSettings> group(String name, Change change) {
        SortedMap<String, GroupSettings> group =
                new TreeMap<>(situation.destination().group(name));
        if (change instanceof Change.AlignObject object) {
            group.putAll(object.after(GroupSettings.class));
        }
        return group;
    }
}
