package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Group;

/** Pairs a consumer group of the plan with its batch. */
public record PlannedGroup(Batch batch, Group group) {
    public PlannedGroup {
        requireNonNull(batch, "batch is null");
        requireNonNull(group, "group is null");
    }

    public String name() {
        return group.name().value();
    }

    public ConsumeOrder order() {
        return group.order().value();
    }

    public Position at() {
        return group.name().at();
    }
}
