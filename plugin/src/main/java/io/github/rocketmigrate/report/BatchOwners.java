package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import java.util.Map;
import java.util.Optional;

/** Finds the batch, and so the person or team, to whom an object of a plan belongs. */
final class BatchOwners {
    private final Map<String, Batch> batches;
    private final Map<String, Batch> ofGroups;

    BatchOwners(MigrationPlan plan) {
        this.batches =
                plan.batches().stream().collect(toMap(batch -> batch.name().value(), batch -> batch));
        this.ofGroups = plan.batches().stream()
                .flatMap(batch -> batch.groups().stream()
                        .map(group -> Map.entry(group.name().value(), batch)))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }

    /** The batch of an object; brokers are in none. */
    Optional<Batch> batchOf(Subject subject) {
        return subject.batch().map(batches::get);
    }

    /** The batch of a group; groups outside the plan are in none. */
    Optional<Batch> batchOfGroup(String group) {
        return Optional.ofNullable(ofGroups.get(group));
    }

    /** The person or team or, for a batch without an owner, the batch. */
    static String name(Batch batch) {
        return owner(batch).orElseGet(() -> "batch " + batch.name().value());
    }

    /** The person or team, if the plan names one. */
    static Optional<String> owner(Batch batch) {
        return batch.owner().map(owner -> owner.value());
    }
}
