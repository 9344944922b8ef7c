package io.github.rocketmigrate.run;

import io.github.rocketmigrate.cluster.file.MetadataFiles;
import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;

/** Lets metadata files stand for the source of a plan. */
final class StoredSource {
    private StoredSource() {}

    /** The files under the name that the plan gives to the cluster. */
    static MetadataFiles of(StoredCluster files, MigrationPlan plan) {
        return MetadataFiles.of(
                files,
                plan.source().cluster().map(Located::value),
                plan.source().nameServers().stream()
                        .map(Located::value)
                        .distinct()
                        .toList());
    }

    /** The same to compare the plan with a destination: files have no clients, offsets and routes, which stages need. */
    static MetadataFiles toCompare(StoredCluster files, MigrationPlan plan) {
        if (plan.traffic().isPresent()) {
            throw new Fault(
                            "The plan moves traffic, and the stages of its topics are unknown: " + files.names()
                                    + " has only topics and groups.",
                            "Remove migrate.from, so that the goal reads the source. A plan without the key traffic can be"
                                    + " compared with files.")
                    .at(plan.source().written());
        }
        return of(files, plan);
    }
}
