package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.assess.Observation;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Tls;
import io.github.rocketmigrate.observe.OneSide;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.PlannedCluster;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DisplayWidth;
import io.github.rocketmigrate.text.Printable;
import java.util.function.UnaryOperator;

/** Names the clusters of a migration in the title of a report: {@code old (4.9.7, 2 brokers) → new (5.5.0, 1 broker)}. */
record ClusterRoute(String source, String destination) {
    private static final String ARROW = " →";

    ClusterRoute {
        requireNonNull(source, "source is null");
        requireNonNull(destination, "destination is null");
    }

    static ClusterRoute of(Situation situation) {
        return new ClusterRoute(words(Side.SOURCE, situation), words(Side.DESTINATION, situation));
    }

    static ClusterRoute of(Observation seen) {
        return new ClusterRoute(words(Side.SOURCE, seen), words(Side.DESTINATION, seen));
    }

    private static String words(Side side, Observation seen) {
        return seen.at(side)
                .metadata()
                .known()
                .map(cluster -> words(cluster, seen.plan().at(side)))
                .orElseGet(() -> notRead(side));
    }

    static ClusterRoute of(OneSide seen) {
        String words = words(seen.cluster(), seen.plan().at(seen.side()));
        return seen.side() == Side.SOURCE
                ? new ClusterRoute(words, notRead(Side.DESTINATION))
                : new ClusterRoute(notRead(Side.SOURCE), words);
    }

    private static String notRead(Side side) {
        return side.word() + " not read";
    }

    private static String words(Side side, Situation situation) {
        return situation.at(side).isUnread()
                ? notRead(side)
                : words(situation.at(side), situation.plan().at(side));
    }

    private static String words(Metadata cluster, PlannedCluster planned) {
        return cluster.cluster() + " ("
                + cluster.versions().stream().map(ServerVersion::toString).collect(joining(", ")) + ", "
                + Counts.of(cluster.brokers().size(), "broker")
                + (planned.tls() == Tls.INSECURE ? ", certificates not verified" : "") + ")";
    }

    /** Prints the title of a plan. Clusters with long names have a line each, the first of which ends with the arrow. */
    void print(Layout layout, String plan, UnaryOperator<String> style) {
        String before = plan + ": ";
        int indent = DisplayWidth.of(Printable.of(before));
        if (indent + DisplayWidth.of(Printable.of(words())) <= layout.width()) {
            layout.item(before, words(), style);
        } else {
            layout.item(before, source + ARROW, style);
            layout.text(indent, destination);
        }
    }

    String words() {
        return source + ARROW + " " + destination;
    }
}
