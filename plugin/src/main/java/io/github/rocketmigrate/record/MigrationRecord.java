package io.github.rocketmigrate.record;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Holds what earlier runs recorded at the destination's name servers: how they left each object, and which masters
 * there were.
 *
 * <p>Longer than 300 lines: the parts of an entry are declared here, beside what is derived from them.
 *
 * @param batches by name
 * @param masters of each side that earlier runs found
 * @param joined servers of the source that have joined the destination's name servers
 * @param complete whether the migration is complete
 * @param others the other plans that have joined and are not complete, so that they need the join
 * @param mastersSequence how often the masters were written
 * @param begun the steps that a run has begun and not ended, by topic
 * @param source the source of the plan; empty if the record is of a version that did not write it
 * @param holds the topics that were rolled back and are not to move forward
 * @param isCopy whether the destination's name servers have lost the record, and this is the copy from the source's
 */
public record MigrationRecord(
        SortedMap<String, RecordedBatch> batches,
        Map<Side, SortedSet<String>> masters,
        SortedSet<String> joined,
        boolean complete,
        SortedSet<String> others,
        long mastersSequence,
        SortedMap<String, BegunStep> begun,
        Optional<RecordedSource> source,
        SortedMap<String, Hold> holds,
        boolean isCopy) {
    public static final MigrationRecord NOTHING =
            new MigrationRecord(new TreeMap<>(), Map.of(), new TreeSet<>(), false, new TreeSet<>(), 0);

    /** A record of runs that have ended all their steps, which does not have its source. */
    public MigrationRecord(
            SortedMap<String, RecordedBatch> batches,
            Map<Side, SortedSet<String>> masters,
            SortedSet<String> joined,
            boolean complete,
            SortedSet<String> others,
            long mastersSequence) {
        this(batches, masters, joined, complete, others, mastersSequence, new TreeMap<>());
    }

    /** A record that does not have its source. */
    public MigrationRecord(
            SortedMap<String, RecordedBatch> batches,
            Map<Side, SortedSet<String>> masters,
            SortedSet<String> joined,
            boolean complete,
            SortedSet<String> others,
            long mastersSequence,
            SortedMap<String, BegunStep> begun) {
        this(batches, masters, joined, complete, others, mastersSequence, begun, Optional.empty());
    }

    /** A record from the destination, without holds. */
    public MigrationRecord(
            SortedMap<String, RecordedBatch> batches,
            Map<Side, SortedSet<String>> masters,
            SortedSet<String> joined,
            boolean complete,
            SortedSet<String> others,
            long mastersSequence,
            SortedMap<String, BegunStep> begun,
            Optional<RecordedSource> source) {
        this(batches, masters, joined, complete, others, mastersSequence, begun, source, new TreeMap<>(), false);
    }

    public MigrationRecord {
        batches = unmodifiableSortedMap(batches);
        masters = Map.copyOf(masters);
        joined = unmodifiableSortedSet(joined);
        others = unmodifiableSortedSet(others);
        begun = unmodifiableSortedMap(begun);
        requireNonNull(source, "source is null");
        holds = unmodifiableSortedMap(holds);
    }

    /** The parts of a record, of which a copy replaces some. */
    private static final class Parts {
        private SortedMap<String, RecordedBatch> batches;
        private Map<Side, SortedSet<String>> masters;
        private SortedSet<String> joined;
        private boolean complete;
        private SortedSet<String> others;
        private long mastersSequence;
        private SortedMap<String, BegunStep> begun;
        private SortedMap<String, Hold> holds;
        private boolean isCopy;
    }

    private MigrationRecord with(Consumer<Parts> change) {
        Parts parts = new Parts();
        parts.batches = batches;
        parts.masters = masters;
        parts.joined = joined;
        parts.complete = complete;
        parts.others = others;
        parts.mastersSequence = mastersSequence;
        parts.begun = begun;
        parts.holds = holds;
        parts.isCopy = isCopy;
        change.accept(parts);
        return new MigrationRecord(
                parts.batches,
                parts.masters,
                parts.joined,
                parts.complete,
                parts.others,
                parts.mastersSequence,
                parts.begun,
                source,
                parts.holds,
                parts.isCopy);
    }

    /** The same with other batches. */
    public MigrationRecord with(SortedMap<String, RecordedBatch> otherBatches) {
        return with(parts -> parts.batches = otherBatches);
    }

    /** The same with other plans that need the join. */
    public MigrationRecord withOthers(SortedSet<String> plans) {
        return with(parts -> parts.others = plans);
    }

    /** The same with other holds. */
    public MigrationRecord withHolds(SortedMap<String, Hold> topics) {
        return with(parts -> parts.holds = topics);
    }

    /** The same for a migration that continues after its end. Name servers that keep the old entry must not win. */
    public MigrationRecord reopened() {
        return with(parts -> {
            parts.complete = false;
            parts.mastersSequence++;
        });
    }

    /** The same as far as it concerns other plans. Name servers that keep an old entry must not win: its number stays. */
    public MigrationRecord emptied() {
        return new MigrationRecord(
                new TreeMap<>(), Map.of(), new TreeSet<>(), false, others, mastersSequence, new TreeMap<>());
    }

    /** The topics that a run has begun to pass through a fence. */
    public Set<String> fenced() {
        return begun.entrySet().stream()
                .filter(step -> step.getValue().fence())
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    /**
     * The record of a batch.
     *
     * @param sequence how often the batch was written
     * @param objects by {@link SettingsHash#key}
     */
    public record RecordedBatch(long sequence, SortedMap<String, RecordedObject> objects) {
        public RecordedBatch {
            objects = unmodifiableSortedMap(objects);
        }
    }

    /** Whether runs of the plan created an object. */
    public enum Ownership {
        /** The object was at the destination before. */
        FOUND,
        /** A run was about to create the object. */
        CREATING,
        /** A run created the object. */
        CREATED,
        /** A run that created the object was about to remove it. */
        REMOVING
    }

    /**
     * How the last run left an object.
     *
     * @param stage of a topic, if it was at one
     * @param hash of its settings at the destination, see {@link SettingsHash}
     * @param since when a run first recorded this stage, to the second; empty without a stage, and if a version recorded
     *     the stage that did not record times
     * @param before the stage that was recorded before this one
     * @param heading the stage to which the last run was about to move the topic, unless that run recorded its end
     * @param sourceEnd how many messages had ever come to the topic's queues at the source when it left the source, and
     *     all of them were consumed
     */
    public record RecordedObject(
            Optional<Stage> stage,
            String hash,
            Ownership ownership,
            Optional<Instant> since,
            Optional<Stage> before,
            Optional<Stage> heading,
            OptionalLong sourceEnd) {
        public RecordedObject {
            requireNonNull(stage, "stage is null");
            requireNonNull(hash, "hash is null");
            requireNonNull(ownership, "ownership is null");
            requireNonNull(since, "since is null");
            requireNonNull(before, "before is null");
            requireNonNull(heading, "heading is null");
            requireNonNull(sourceEnd, "sourceEnd is null");
        }

        /** An object that no run is about to move, and that has not left the source. */
        public RecordedObject(
                Optional<Stage> stage,
                String hash,
                Ownership ownership,
                Optional<Instant> since,
                Optional<Stage> before) {
            this(stage, hash, ownership, since, before, Optional.empty(), OptionalLong.empty());
        }

        /** An object whose stage was first recorded at an unknown time. */
        public RecordedObject(Optional<Stage> stage, String hash, Ownership ownership) {
            this(stage, hash, ownership, Optional.empty(), Optional.empty());
        }

        /** The same topic at the stage where a killed run, which did not record it, has left it. */
        public RecordedObject foundAt(Stage found, Ownership owner, Instant at) {
            return stage.equals(Optional.of(found))
                    ? this
                    : new RecordedObject(
                            Optional.of(found), hash, owner, Optional.of(at), stage, heading, OptionalLong.empty());
        }

        /** The same at its stage since a time at the latest. */
        public RecordedObject at(Instant time) {
            return new RecordedObject(stage, hash, ownership, Optional.of(time), before, heading, sourceEnd);
        }

        /** The same before a run that moves the topic to a stage. */
        public RecordedObject withHeading(Stage wanted) {
            return new RecordedObject(stage, hash, ownership, since, before, Optional.of(wanted), sourceEnd);
        }

        /** The same after a run that has not moved the topic. */
        public RecordedObject withoutHeading() {
            return new RecordedObject(stage, hash, ownership, since, before, Optional.empty(), sourceEnd);
        }

        /** The same once the topic has left the source. */
        public RecordedObject withSourceEnd(OptionalLong end) {
            return new RecordedObject(stage, hash, ownership, since, before, heading, end);
        }

        /** Whether this plan created the object, rather than found it. */
        public boolean isOurs() {
            return ownership != Ownership.FOUND;
        }

        /** Whether a run stopped while it created or removed the object. */
        public boolean isUnfinished() {
            return ownership == Ownership.CREATING || ownership == Ownership.REMOVING;
        }
    }

    /** How an object was left, if recorded. The newest batch counts, because batches may have been renamed. */
    public Optional<RecordedObject> of(String key) {
        return batches.values().stream()
                .filter(batch -> batch.objects().containsKey(key))
                .max(Comparator.comparing(RecordedBatch::sequence))
                .map(batch -> batch.objects().get(key));
    }

    /** The same without some masters. */
    public MigrationRecord without(Set<String> names) {
        Map<Side, SortedSet<String>> fewer = new EnumMap<>(Side.class);
        masters.forEach((side, all) -> {
            SortedSet<String> rest = new TreeSet<>(all);
            rest.removeAll(names);
            fewer.put(side, rest);
        });
        SortedSet<String> stillJoined = new TreeSet<>(joined);
        stillJoined.removeAll(names);
        return fewer.equals(masters) && stillJoined.equals(joined)
                ? this
                : with(parts -> {
                    parts.masters = fewer;
                    parts.joined = stillJoined;
                    parts.mastersSequence++;
                });
    }

    /** Whether no run of the plan has recorded anything but holds, or all of it is lost. */
    public boolean isEmpty() {
        return batches.isEmpty() && masters.isEmpty() && joined.isEmpty() && begun.isEmpty() && !complete;
    }

    /** The same with holds from another place; of two holds of a topic, the newer one counts. */
    public MigrationRecord withMoreHolds(SortedMap<String, Hold> more) {
        if (more.isEmpty()) {
            return this;
        }
        SortedMap<String, Hold> all = new TreeMap<>(holds);
        more.forEach((topic, hold) -> all.merge(topic, hold, Hold::or));
        return withHolds(all);
    }

    /** The same with steps that are noted in another place. */
    public MigrationRecord withMoreSteps(SortedMap<String, BegunStep> more) {
        if (more.isEmpty()) {
            return this;
        }
        SortedMap<String, BegunStep> all = new TreeMap<>(begun);
        more.forEach((topic, step) -> all.merge(topic, step, BegunStep::and));
        return with(parts -> parts.begun = all);
    }

    /** The same with masters that a user has named. */
    public MigrationRecord withMasters(Map<Side, SortedSet<String>> named) {
        return with(parts -> {
            parts.masters = named;
            parts.mastersSequence++;
        });
    }

    /** This record as a copy, beside what the destination knows of other plans. */
    public MigrationRecord asCopy(SortedSet<String> otherPlans) {
        return with(parts -> {
            parts.others = otherPlans;
            parts.isCopy = true;
        });
    }

    public SortedSet<String> mastersOf(Side side) {
        return masters.getOrDefault(side, new TreeSet<>());
    }
}
