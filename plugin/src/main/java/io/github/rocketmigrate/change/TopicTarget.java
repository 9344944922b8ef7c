package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.TopicSettings;

/**
 * Describes what a topic has to become at the destination.
 *
 * @param settings on each master
 * @param keepsAttributes whether masters that have the topic keep their attributes, because the destination owns them
 * @param keepsQueues whether they keep their numbers of queues as well, because the plan sets none
 */
record TopicTarget(TopicSettings settings, boolean keepsAttributes, boolean keepsQueues) {
    TopicTarget {
        requireNonNull(settings, "settings is null");
    }

    /** The queues of a master that has the topic. */
    int queues(TopicSettings has) {
        return keepsQueues ? has.queues() : settings.queues();
    }

    /**
     * The write queues of a master that has the topic. They stay where the order of keys depends on them. Otherwise a
     * canary may have left fewer of them.
     *
     * @param planned fewer than all queues, for a canary
     */
    int writeQueues(TopicSettings has, int planned, boolean isFenced) {
        if (!keepsQueues) {
            return planned;
        }
        if (isFenced) {
            return has.writeQueues();
        }
        return planned < settings.queues() ? Math.min(planned, has.queues()) : has.queues();
    }
}
