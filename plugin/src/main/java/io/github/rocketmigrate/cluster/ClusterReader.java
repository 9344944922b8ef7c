package io.github.rocketmigrate.cluster;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;

/** Reads one running cluster. It offers no way to change the cluster. */
public interface ClusterReader extends MetadataReader {
    /** Reads which groups subscribe to topics: a request for each topic and master that has it. */
    Subscribers subscribers(Metadata metadata, Collection<String> topics) throws InterruptedException;

    /**
     * Reads the traffic of topics, in an order in which a message that moves meanwhile is not missed.
     *
     * <p>This takes four requests for each master, one for each group and master, and one for each topic, retry topic
     * and master that has it; and more only where brokers hold messages back, to examine these messages.
     *
     * @param clock takes the time before and after the queue offsets of the topics are read
     */
    TimedTraffic traffic(Metadata metadata, TrafficQuestion question, InstantSource clock) throws InterruptedException;

    /**
     * Asks members of groups for a report of their own: one request for each, through one of the masters that list it.
     * A member that does not answer in time is in the result with the reason.
     *
     * @param members the client ids of each group
     */
    ClientReports clientReports(Metadata metadata, Clients clients, Map<String, ? extends Collection<String>> members)
            throws InterruptedException;

    /**
     * Reads when the newest messages that groups have consumed came to their brokers: a request for each group and master at
     * which it has consumed one. A group without offsets is missing in the result.
     *
     * @param offsets of these groups
     */
    Map<String, LastConsumed> lastConsumed(Metadata metadata, ConsumerOffsets offsets, Collection<String> groups)
            throws InterruptedException;

    /** Reads the queue offsets of topics: a request for each topic and master that has it. */
    QueueOffsets queueOffsets(Metadata metadata, Collection<String> topics) throws InterruptedException;

    /**
     * Reads from which connections the newest messages of topics came, without consuming them: a request or a few for each
     * queue, also of a topic that clients cannot read.
     *
     * @param newest how many messages of each topic
     */
    Map<String, TopicSenders> senders(Metadata metadata, QueueOffsets queues, Map<String, Long> newest)
            throws InterruptedException;

    /**
     * Samples the newest messages of topics: up to 64 of each queue, and fewer of a queue whose messages are large. It
     * consumes no message, needs no group and changes no offset. These requests come on top of those for the traffic: one
     * for each 32 messages of a queue, or more where a broker reads from its disk. What cannot be read is in the result
     * with the reason.
     *
     * @param queues the offsets of the topics
     */
    Map<String, MessageSample> samples(Metadata metadata, QueueOffsets queues, Collection<String> topics)
            throws InterruptedException;

    /** Reads the members of groups, one request for each group and master that has it, and each master's producers. */
    Clients clients(Metadata metadata, Collection<String> groups) throws InterruptedException;

    /**
     * Reads the consumers behind the proxies of the cluster, as the proxies tell each other in a topic: a request for the
     * topic and each master that has it, and a few for its newest messages. What cannot be read is in the result with the
     * reason.
     */
    ProxiedClients proxied(Metadata metadata, InstantSource clock) throws InterruptedException;

    /** Reads the state of each master as the broker writes it, by the name of the broker: one request for each. */
    Map<String, Map<String, String>> runtime(Metadata metadata) throws InterruptedException;

    /**
     * Reads the accounts of each master that requires accounts, by the name of the broker, without their secrets: one or two
     * requests for each. What cannot be read is in the result with the reason.
     */
    Map<String, AclTable> acls(Metadata metadata) throws InterruptedException;

    /** Reads the routes of topics, by name server, topic and broker: a request for each topic and name server. */
    Map<String, Map<String, Map<String, RouteEntry>>> routes(Collection<String> topics) throws InterruptedException;

    /** Reads the routes of topics from one name server, by topic and broker. */
    Map<String, Map<String, RouteEntry>> routes(String nameServer, Collection<String> topics)
            throws InterruptedException;

    /**
     * Reads for which topics each name server publishes the brokers and queues of ordered messages: producers then use
     * these queues, whatever permission a topic has. One request for each name server.
     */
    Map<String, SortedSet<String>> orderedTopics() throws InterruptedException;

    /** Reads the notes that migrations have left at each name server, by its address. */
    Map<String, Map<String, String>> notes() throws InterruptedException;

    /** Reads one note, by name server. Name servers that do not have it are left out. */
    Map<String, String> note(String key) throws InterruptedException;

    /** The number of requests of each kind that were sent so far. */
    Map<String, Long> requests();
}
