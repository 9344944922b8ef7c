package io.github.rocketmigrate.cluster;

import java.util.Map;

/**
 * Changes one cluster. Goals that only read are never given one.
 *
 * <p>An update replaces a topic or group as it was last read from the same master, and keeps the fields of it that
 * settings do not name.
 */
public interface ClusterWriter extends Notes, AutoCloseable {
    /** Reads the same cluster over the same connection. */
    ClusterReader reader();

    /** Reads all topics of a master. */
    Map<String, TopicSettings> topics(Broker master) throws InterruptedException;

    /** Reads all consumer groups of a master. */
    Map<String, GroupSettings> groups(Broker master) throws InterruptedException;

    /** Whether a master accepts several topics in one request. */
    boolean takesTopicLists(Broker master);

    /** Whether a master accepts several consumer groups in one request. */
    boolean takesGroupLists(Broker master);

    /** Writes topics in one request; more than one only if the master accepts lists. */
    Claim writeTopics(Broker master, Map<String, TopicSettings> topics) throws InterruptedException;

    /** Writes consumer groups in one request; more than one only if the master accepts lists. */
    Claim writeGroups(Broker master, Map<String, GroupSettings> groups) throws InterruptedException;

    /**
     * Removes a topic and its messages from a master. Name servers keep its route until {@link #removeRoute}.
     */
    Claim removeTopic(Broker master, String topic) throws InterruptedException;

    /** Removes a consumer group and its offsets from a master. */
    Claim removeGroup(Broker master, String group) throws InterruptedException;

    /** Removes the route of a topic from a name server, on the brokers of one cluster only. */
    Claim removeRoute(String nameServer, String topic, String cluster) throws InterruptedException;

    /** Reads the settings of a server that matter to a migration. */
    Map<String, String> settings(Server server) throws InterruptedException;

    /** Sets the name servers with which a server registers. Its other settings stay. */
    Claim setNameServers(Server server, String addresses) throws InterruptedException;

    /** Sets the offset of a group in a queue of a master. Of two requests at once for one group and topic, one may be lost. */
    Claim setOffset(Broker master, String group, String topic, int queue, long offset) throws InterruptedException;

    /**
     * Sets the route of a topic on several brokers at a name server, in one request; from 5.0 on. A broker registers
     * its own settings again with the next change of the topic.
     */
    Claim setRoute(String nameServer, String topic, Map<String, TopicSettings> brokers) throws InterruptedException;

    /** The number of changing requests of each kind that were sent so far. */
    Map<String, Long> writes();

    @Override
    void close();
}
