package io.github.rocketmigrate.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A way to look at one cluster. It has no way to change one. */
public interface ClusterReader extends AutoCloseable {
    /** What each name server knows: two requests each. */
    List<NameServer> nameServers() throws InterruptedException;

    /**
     * Brokers, topics and groups: in a few requests for each server, however many topics there are.
     *
     * @param foreign addresses of brokers that belong to another cluster, though the name servers know them too
     */
    Metadata metadata(List<NameServer> nameServers, Set<String> foreign) throws InterruptedException;

    /** How far every group has come: one request for each master. */
    ConsumerOffsets consumerOffsets(Metadata of) throws InterruptedException;

    /** What {@code topics} hold: a request for each topic and master that has it. */
    QueueOffsets queueOffsets(Metadata of, Collection<String> topics) throws InterruptedException;

    /** Who uses the cluster now: a request for each group and master that has it, and one for a master's producers. */
    Clients clients(Metadata of, Collection<String> groups) throws InterruptedException;

    /** The members of groups, wherever they are: a request for each group and master, whether it has the group or not. */
    Clients members(Metadata of, Collection<String> groups) throws InterruptedException;

    /**
     * What members say of themselves: a request for each, at one of the masters that list it. Those that do not answer
     * are told with the reason, and hold up nobody for long.
     *
     * @param members the client ids of each group
     */
    ClientReports clientReports(Metadata of, Clients clients, Map<String, ? extends Collection<String>> members)
            throws InterruptedException;

    /** Which groups consume {@code topics}: a request for each topic and master that has it. */
    Subscribers subscribers(Metadata of, Collection<String> topics) throws InterruptedException;

    /** Where each name server sends the clients of topics, by name server, topic and broker: a request for each. */
    Map<String, Map<String, Map<String, RouteEntry>>> routes(Collection<String> topics) throws InterruptedException;

    /**
     * What brokers keep back: four requests for each master, and more only where they keep anything, to look at it.
     *
     * @param queues of the topics in which messages of {@code groups} wait for another try
     */
    HeldMessages heldMessages(Metadata of, ConsumerOffsets offsets, QueueOffsets queues, Collection<String> groups)
            throws InterruptedException;

    /** What migrations have left at each name server, by its address. */
    Map<String, Map<String, String>> notes() throws InterruptedException;

    /** One note of these, by name server; those that do not have it are left out. */
    Map<String, String> note(String key) throws InterruptedException;

    /** How many requests of each kind were sent so far. */
    Map<String, Long> requests();

    @Override
    void close();
}
