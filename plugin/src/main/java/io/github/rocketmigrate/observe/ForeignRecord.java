package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.RecordedSource;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the record has under the name of a plan although it is not of that plan: two files may have one name. Runs of one
 * would leave the join of the other, and overwrite what it has recorded.
 *
 * @param source of the record, if it is not the source of the plan
 * @param batches that the plan does not know, with the number of their objects that are nowhere in the plan
 */
public record ForeignRecord(Optional<RecordedSource> source, SortedMap<String, Integer> batches) {
    public ForeignRecord {
        requireNonNull(source, "source is null");
        batches = unmodifiableSortedMap(batches);
    }

    /** What is foreign in a situation. A batch may be renamed: its objects are in the plan. */
    public static Optional<ForeignRecord> in(Situation situation) {
        MigrationRecord recorded = situation.recorded();
        Optional<RecordedSource> other =
                recorded.source().filter(source -> !source.isSameAs(RecordedSource.of(situation.source())));
        Set<String> known = situation.plan().batches().stream()
                .map(batch -> batch.name().value())
                .collect(toSet());
        SortedMap<String, Integer> batches = new TreeMap<>();
        recorded.batches().forEach((name, batch) -> {
            if (other.isPresent()) {
                batches.put(name, batch.objects().size());
            } else if (!known.contains(name)) {
                int objects = notPlanned(batch, situation);
                if (objects > 0) {
                    batches.put(name, objects);
                }
            }
        });
        return other.isEmpty() && batches.isEmpty() ? Optional.empty() : Optional.of(new ForeignRecord(other, batches));
    }

    private static int notPlanned(RecordedBatch batch, Situation situation) {
        Set<String> objects = new HashSet<>(batch.objects().keySet());
        situation.plan().batches().stream().flatMap(ForeignRecord::keys).forEach(objects::remove);
        return objects.size();
    }

    private static Stream<String> keys(Batch batch) {
        return Stream.concat(
                batch.topics().stream()
                        .map(topic -> SettingsHash.topicKey(topic.name().value())),
                batch.groups().stream()
                        .map(group -> SettingsHash.groupKey(group.name().value())));
    }

    /** A record without it: nothing of that of another source, and without the batches of another plan. */
    public MigrationRecord removedFrom(MigrationRecord recorded) {
        if (source.isPresent()) {
            return recorded.emptied();
        }
        SortedMap<String, RecordedBatch> rest = new TreeMap<>();
        for (Map.Entry<String, RecordedBatch> batch : recorded.batches().entrySet()) {
            if (!batches.containsKey(batch.getKey())) {
                rest.put(batch.getKey(), batch.getValue());
            }
        }
        return recorded.with(rest);
    }
}
