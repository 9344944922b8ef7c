package io.github.rocketmigrate.wire;

import org.apache.rocketmq.remoting.protocol.RequestCode;

/** The requests that change nothing: all that a {@link ReadingConnection} can send. */
public enum ReadRequest implements Request {
    /** The brokers and clusters that a name server lists. */
    BROKERS(RequestCode.GET_BROKER_CLUSTER_INFO, "its brokers"),
    /** The names of all topics for which a name server has a route. */
    TOPIC_NAMES(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, "the names of its topics"),
    /** The state of a broker, including its version. */
    RUNTIME(RequestCode.GET_BROKER_RUNTIME_INFO, "its version"),
    /** The settings of a broker. */
    SETTINGS(RequestCode.GET_BROKER_CONFIG, "its settings"),
    /** All topics of a broker. Sent without header fields, so that every version answers in one piece. */
    TOPICS(RequestCode.GET_ALL_TOPIC_CONFIG, "all its topics"),
    /** All consumer groups of a broker. Sent without header fields too. */
    GROUPS(RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG, "all its consumer groups"),
    /** The offsets of all groups on all topics. */
    OFFSETS(RequestCode.GET_ALL_CONSUMER_OFFSET, "all its consumer offsets"),
    /** All producers that are connected to a broker. Brokers before 4.9.4 never answer. */
    PRODUCERS(RequestCode.GET_ALL_PRODUCER_INFO, "its producers"),
    /** The producers of one group. */
    PRODUCER_GROUP(RequestCode.GET_PRODUCER_CONNECTION_LIST, "the producers of a group"),
    /** The offsets of one group, with the times of the messages that it consumed last. */
    CONSUME_STATISTICS(RequestCode.GET_CONSUME_STATS, "the last messages of a group"),
    /** First and next offset of each queue of a topic. */
    TOPIC_OFFSETS(RequestCode.GET_TOPIC_STATS_INFO, "the offsets of a topic"),
    /** First offset of one queue. */
    FIRST_OFFSET(RequestCode.GET_MIN_OFFSET, "the first offset of a queue"),
    /** Next offset of one queue. */
    NEXT_OFFSET(RequestCode.GET_MAX_OFFSET, "the next offset of a queue"),
    /** The clients of a group. */
    CONSUMERS(RequestCode.GET_CONSUMER_CONNECTION_LIST, "the clients of a group"),
    /** The report of one member of a group. The broker asks the member. */
    RUNNING(RequestCode.GET_CONSUMER_RUNNING_INFO, "the report of a client"),
    /** The groups that subscribe to a topic, or have offsets of it. */
    SUBSCRIBERS(RequestCode.QUERY_TOPIC_CONSUME_BY_WHO, "the groups of a topic"),
    /** The offset up to which each delay level was delivered. */
    DELAYS(RequestCode.GET_ALL_DELAY_OFFSET, "its delayed messages"),
    /** The number of timed messages of each topic. Brokers before 5.x never answer. */
    TIMERS(RequestCode.GET_TIMER_METRICS, "its timed messages"),
    /** Messages of a queue. Commits no offset and does not wait. */
    MESSAGES(RequestCode.PULL_MESSAGE, "messages"),
    /** The positions of the messages of a queue in the commit log. */
    QUEUE_INDEX(RequestCode.QUERY_CONSUME_QUEUE, "the index of a queue"),
    /** One message of the commit log. */
    MESSAGE(RequestCode.VIEW_MESSAGE_BY_ID, "a message"),
    /** The route of a topic at a name server. */
    ROUTE(RequestCode.GET_ROUTEINFO_BY_TOPIC, "the route of a topic"),
    /** One note that a migration has left at a name server. */
    NOTE(RequestCode.GET_KV_CONFIG, "a note of a migration"),
    /** All notes that migrations have left at a name server. */
    NOTES(RequestCode.GET_KVLIST_BY_NAMESPACE, "the notes of migrations"),
    /** The accounts of ACL 1.0, with their secrets; no longer known to the client. A broker without accounts never answers. */
    PLAIN_ACL(54, "its accounts"),
    /** The users of ACL 2.0, with their secrets. */
    USERS(RequestCode.AUTH_LIST_USER, "its users"),
    /** The policies of ACL 2.0. */
    POLICIES(RequestCode.AUTH_LIST_ACL, "its policies"),
    /** The controllers of a cluster. Sent only to find out whether a server is one. */
    CONTROLLERS(RequestCode.CONTROLLER_GET_METADATA_INFO, "its controllers");

    private final int code;
    private final String what;

    ReadRequest(int code, String what) {
        this.code = code;
        this.what = what;
    }

    @Override
    public int code() {
        return code;
    }

    /** The object of the request, in words that follow "asked for". */
    public String what() {
        return what;
    }
}
