package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.OutsideConsumers;
import io.github.rocketmigrate.observe.Situation;
import java.util.Set;

/**
 * Reads which clients find topics outside the plan only through the join, right before the join is left.
 *
 * <p>It takes one request for each such topic, and for each group that consumes one, to each master of the source, and one
 * for each of their clients.
 */
final class OutsideSurvey {
    private final Connections clusters;
    private final ReportSurvey clientReports;
    private final AddressLookup lookup = new AddressLookup();

    OutsideSurvey(Connections clusters) {
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.clientReports = new ReportSurvey(clusters);
    }

    OutsideConsumers of(Situation situation) {
        if (OutsideConsumers.isKnownToBeEmpty(situation)) {
            return OutsideConsumers.NONE;
        }
        Subscribers subscribers = clusters.one(
                Side.SOURCE,
                (side, reader) -> reader.subscribers(situation.source(), OutsideConsumers.topics(situation)));
        Set<String> groups =
                OutsideConsumers.topicsByGroup(situation, subscribers).keySet();
        if (groups.isEmpty()) {
            return OutsideConsumers.NONE;
        }
        Clients clients = clusters.one(Side.SOURCE, (side, reader) -> reader.clients(situation.source(), groups));
        ClientReports reports = clientReports.ofSource(situation, clients);
        return OutsideConsumers.of(
                situation, subscribers, clients, reports, lookup.addresses(situation.plan(), reports));
    }
}
