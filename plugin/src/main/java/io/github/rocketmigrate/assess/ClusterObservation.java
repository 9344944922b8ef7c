package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.AclTable;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Consumers;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.QueueOffsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was read of one cluster, part by part.
 *
 * @param absent why nothing of it was to be read; empty for a cluster that was asked
 * @param nameServers as they answered, with brokers that have no master
 * @param metadata without brokers that have no master
 * @param consumers of all topics
 * @param clients of all groups, with the senders of topics
 * @param reports of the members of all groups
 * @param queues of topics, retry topics and topics of dead letters
 * @param samples of the newest messages of topics
 * @param held the messages that brokers hold back
 * @param ordered the topics for which a name server publishes an order
 * @param runtime the state of each master, by its name, as the broker writes it
 * @param acls the accounts of each master that requires accounts
 * @param load how much came to it while it was observed
 */
public record ClusterObservation(
        Optional<String> absent,
        Measured<List<NameServer>> nameServers,
        Measured<Metadata> metadata,
        Measured<Consumers> consumers,
        Measured<Clients> clients,
        Measured<ClientReports> reports,
        Measured<QueueOffsets> queues,
        Measured<Map<String, MessageSample>> samples,
        Measured<HeldMessages> held,
        Measured<SortedSet<String>> ordered,
        Measured<Map<String, Map<String, String>>> runtime,
        Measured<Map<String, AclTable>> acls,
        Measured<ObservedLoad> load) {
    public ClusterObservation {
        requireNonNull(absent, "absent is null");
        requireNonNull(nameServers, "nameServers is null");
        requireNonNull(metadata, "metadata is null");
        requireNonNull(consumers, "consumers is null");
        requireNonNull(clients, "clients is null");
        requireNonNull(reports, "reports is null");
        requireNonNull(queues, "queues is null");
        requireNonNull(samples, "samples is null");
        requireNonNull(held, "held is null");
        requireNonNull(ordered, "ordered is null");
        requireNonNull(runtime, "runtime is null");
        requireNonNull(acls, "acls is null");
        requireNonNull(load, "load is null");
    }

    /** A cluster of which nothing was to be read. */
    public static ClusterObservation absent(String why) {
        return unread(why, Optional.of(why));
    }

    /** A cluster of which nothing could be read. */
    public static ClusterObservation unread(String why) {
        return unread(why, Optional.empty());
    }

    private static ClusterObservation unread(String why, Optional<String> absent) {
        return new ClusterObservation(
                absent,
                Measured.unread(why),
                Measured.unread(why),
                Measured.unread(why),
                Measured.unread(why),
                Measured.unread(why),
                Measured.unread(why),
                Measured.unread(why),
                Measured.unread(why),
                Measured.unread(why),
                Measured.unread(why),
                Measured.unread(why),
                Measured.unread(why));
    }

    /** The same with what was read of its name servers. */
    public ClusterObservation withNameServers(Measured<List<NameServer>> read) {
        return new ClusterObservation(
                absent, read, metadata, consumers, clients, reports, queues, samples, held, ordered, runtime, acls,
                load);
    }

    /** The same with topics and groups. */
    public ClusterObservation withMetadata(Metadata read) {
        return new ClusterObservation(
                absent,
                nameServers,
                Measured.of(read),
                consumers,
                clients,
                reports,
                queues,
                samples,
                held,
                ordered,
                runtime,
                acls,
                load);
    }

    /** The groups of users: those that brokers store, and those that have offsets or subscribe. */
    SortedSet<String> groups() {
        SortedSet<String> groups = new TreeSet<>(metadata.needed().groups());
        metadata.needed()
                .topics()
                .forEach(topic -> groups.addAll(consumers.needed().of(topic)));
        return groups;
    }
}
