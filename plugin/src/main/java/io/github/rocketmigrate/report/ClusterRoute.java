package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.OneSide;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;

/** Names the clusters of a migration in the title of a report. */
final class ClusterRoute {
    private static final String ARROW = " → ";

    private ClusterRoute() {}

    /** {@code old (4.9.7, 2 brokers) → new (5.5.0, 1 broker)}. */
    static String of(Situation situation) {
        return words(situation.source()) + ARROW + words(situation.destination());
    }

    /** {@code old (4.9.7, 2 brokers) → destination not read}. */
    static String of(OneSide seen) {
        return seen.side() == Side.SOURCE
                ? words(seen.cluster()) + ARROW + "destination not read"
                : "source not read" + ARROW + words(seen.cluster());
    }

    private static String words(Metadata cluster) {
        return cluster.cluster() + " ("
                + cluster.versions().stream().map(ServerVersion::toString).collect(joining(", ")) + ", "
                + Counts.of(cluster.brokers().size(), "broker") + ")";
    }
}
