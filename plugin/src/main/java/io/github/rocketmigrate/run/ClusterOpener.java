package io.github.rocketmigrate.run;

import io.github.rocketmigrate.plan.MigrationPlan;

/** Opens the clusters of a plan for one run of a goal. */
@FunctionalInterface
interface ClusterOpener {
    Connections open(MigrationPlan plan);
}
