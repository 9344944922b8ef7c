package io.github.rocketmigrate.mojo;

import org.apache.maven.plugins.annotations.Parameter;

/** The parameter of the goals that list changes of the clusters or make them. */
abstract class ChangesMojo extends ClusterMojo {
    /**
     * Removes topics and groups from the destination that this plan created before it had {@code traffic}, so that the
     * clusters can join. Removes only objects that are empty, have no clients and no offsets, and have the settings
     * that this plan gave them.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.removeEmpty", defaultValue = "false")
    private boolean removeEmpty;

    final boolean mayRemove() {
        return removeEmpty;
    }
}
