package io.github.rocketmigrate.cluster.file;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Divides sums of queues by the masters of a cluster. A sum does not show its parts, so a topic that cannot have the same
 * number of queues on each master is refused.
 *
 * @param masters the number of masters
 * @param names of the files
 */
record QueueShare(int masters, String names) {
    QueueShare {
        requireNonNull(names, "names is null");
    }

    SortedMap<String, TopicSettings> topics(SortedMap<String, TopicSettings> sums) {
        SortedMap<String, TopicSettings> shares = new TreeMap<>();
        TreeSet<String> uneven = new TreeSet<>();
        sums.forEach((name, sum) -> {
            if (sum.readQueues() % masters != 0 || sum.writeQueues() % masters != 0) {
                uneven.add(name);
            }
            shares.put(
                    name,
                    new TopicSettings(
                            sum.readQueues() / masters,
                            sum.writeQueues() / masters,
                            sum.access(),
                            sum.order(),
                            sum.systemFlag(),
                            sum.attributes()));
        });
        if (!uneven.isEmpty()) {
            throw new Fault(
                    "In " + names + ", the queues of " + Counts.noun(uneven.size(), "topic") + " "
                            + Names.of(uneven, Counts.MOST_NAMED) + " are sums that " + masters
                            + " masters with equal numbers cannot have.",
                    "Correct migrate.fromMasters. If the masters differ, export each broker with mqadmin exportMetadata -b,"
                            + " or the cluster with the goal export.");
        }
        return shares;
    }

    /** Retry queues are one on each master, unless somebody has changed them; a master may lack a group. */
    SortedMap<String, GroupSettings> groups(SortedMap<String, GroupSettings> sums) {
        SortedMap<String, GroupSettings> shares = new TreeMap<>();
        sums.forEach((name, sum) -> shares.put(name, sum.withRetryQueues((sum.retryQueues() + masters - 1) / masters)));
        return shares;
    }
}
