package io.github.rocketmigrate.cluster;

import java.util.Map;

/**
 * A way to change one cluster. Goals that only read are never given one.
 *
 * <p>What is written replaces what was read last from the same master, and leaves alone what settings do not name.
 */
public interface ClusterWriter extends Notes, AutoCloseable {
    /** The same cluster for whoever only reads. */
    ClusterReader reader();

    /** How a master keeps all its topics now. */
    Map<String, TopicSettings> topics(Broker master) throws InterruptedException;

    /** How a master keeps all its consumer groups now. */
    Map<String, GroupSettings> groups(Broker master) throws InterruptedException;

    /** Whether a master takes several topics in one request. */
    boolean takesTopicLists(Broker master);

    /** Whether a master takes several consumer groups in one request. */
    boolean takesGroupLists(Broker master);

    /** Writes one topic, or as many as a list may have, in one request. */
    Claim writeTopics(Broker master, Map<String, TopicSettings> topics) throws InterruptedException;

    /** Writes one consumer group, or as many as a list may have, in one request. */
    Claim writeGroups(Broker master, Map<String, GroupSettings> groups) throws InterruptedException;

    /** The settings of a server that matter to a migration, as they are now. */
    Map<String, String> settings(Server server) throws InterruptedException;

    /** Tells a server which name servers to register with; other settings stay. */
    Claim setNameServers(Server server, String addresses) throws InterruptedException;

    /** Says that a group has come so far in a queue of a master; two at once for one group and topic may lose one. */
    Claim setOffset(Broker master, String group, String topic, int queue, long offset) throws InterruptedException;

    /**
     * Tells a name server what to tell clients of a topic on several brokers, all at once; from 5.0 on. Brokers put it
     * right again with the next change of the topic.
     */
    Claim setRoute(String nameServer, String topic, Map<String, TopicSettings> brokers) throws InterruptedException;

    /** How many requests of each kind were sent so far that change something. */
    Map<String, Long> writes();

    @Override
    void close();
}
